import type { Database } from "../platform/database/database.ts";
import type { Mailer } from "../platform/mail.ts";
import type { Secrets } from "../platform/secrets.ts";

/** The two mails that an account gets before anything else works: a proof of its address, and a way back in. */
export function accountMailOf({ database, mailer, secrets }: { database: Database; mailer: Mailer; secrets: Secrets }) {
  const send = async (accountId: string, subject: string, text: string) => {
    const account = await database.inScope({ kind: "accounts" }, (tx) =>
      tx.selectFrom("shice.account").select("email_sealed").where("id", "=", accountId).executeTakeFirst(),
    );
    if (account?.email_sealed == null) return;
    await mailer.send({ to: secrets.decrypt(account.email_sealed, "account.email"), subject, text });
  };
  return {
    sendReset: (accountId: string, token: string) =>
      send(
        accountId,
        "师册:重设密码",
        `您正在重设密码。请在1小时内使用下面的验证码:\n\n${token}\n\n不是您本人操作的,请不要理会。`,
      ),
    sendVerification: (accountId: string, token: string) =>
      send(
        accountId,
        "师册:验证电子邮箱",
        `请在24小时内使用下面的验证码,证明这个邮箱属于您:\n\n${token}\n\n邮箱验证后,忘记密码时可以用它找回。`,
      ),
  };
}
