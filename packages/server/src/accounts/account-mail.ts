import { deliverQueuedMails, linkOf, type MailGround, queueMail, sendSoon } from "./mail-queue.ts";

/** The two mails that an account gets before anything else works: a proof of its address, and a way back in. */
export function accountMailOf(dependencies: MailGround) {
  return {
    /** Not waited for: how long the answer takes must not tell who is registered. */
    sendReset: async (accountId: string, token: string): Promise<void> => {
      queue(dependencies, accountId, (kind) => ({
        subject: "师册：重设密码",
        text: `您正在重设${kind}账号的密码。请在1小时内${linkOf(dependencies.config, "/reset-password", token)}\n\n不是您本人操作的，请不要理会。`,
      }))
        .then((id) => (id === undefined ? 0 : deliverQueuedMails(dependencies, id)))
        .catch((error: unknown) => dependencies.log.warn({ err: error }, "account mail not sent yet"));
    },
    sendVerification: async (accountId: string, token: string): Promise<void> => {
      const id = await queue(dependencies, accountId, () => ({
        subject: "师册：验证电子邮箱",
        text: `请在24小时内证明这个邮箱属于您：${linkOf(dependencies.config, "/verify-email", token)}\n\n邮箱验证后，忘记密码时可以用它找回。`,
      }));
      if (id !== undefined) await sendSoon(dependencies, id);
    },
  };
}

async function queue(
  { database, secrets }: MailGround,
  accountId: string,
  wordsFor: (kind: string) => { subject: string; text: string },
): Promise<string | undefined> {
  return await database.inScope({ kind: "accounts" }, async (tx) => {
    const account = await tx
      .selectFrom("shice.account")
      .select(["kind", "email_sealed"])
      .where("id", "=", accountId)
      .executeTakeFirst();
    if (account?.email_sealed == null) return undefined;
    const to = secrets.decrypt(account.email_sealed, "account.email");
    return await queueMail(tx, secrets, { to, ...wordsFor(account.kind === "staff" ? "工作人员" : "申请人") });
  });
}
