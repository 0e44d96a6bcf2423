import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { machineClock } from "../platform/clock.ts";
import { brokenConstraintOf } from "../platform/database/constraint.ts";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { auditRequest } from "../request/audit-request.ts";
import type { RequestContext, Session } from "../request/context.ts";
import { tokenHashOf } from "./invitations.ts";
import { linkOf, queueMail, sendSoon } from "./mail-queue.ts";
import { isApplicantKnown } from "./queries.ts";
import { checkedEmail, checkedMobile } from "./register.ts";
import { tryPassword } from "./sign-in.ts";
import { emailIndexOf, emailPurpose, mobilePurpose, signInNameOf } from "./sign-in-name.ts";

const proofLives = { hours: 24 };

/** How the account can be reached, with most of it hidden: enough to see a slip of the key. */
export async function getContacts({ services }: RequestContext, session: Session) {
  const { secrets, database } = services;
  return await database.inScope({ kind: "accounts" }, async (tx) => {
    const account = await tx
      .selectFrom("shice.account")
      .select(["email_sealed", "mobile_sealed"])
      .where("id", "=", session.accountId)
      .executeTakeFirstOrThrow();
    const pending = await tx
      .selectFrom("shice.email_change")
      .select("email_sealed")
      .where("account_id", "=", session.accountId)
      .where("expires_at", ">", machineClock.now())
      .executeTakeFirst();
    const opened = (sealed: Buffer | null | undefined, purpose: string) =>
      sealed === null || sealed === undefined ? null : secrets.decrypt(sealed, purpose);
    return {
      email: maskEmail(opened(account.email_sealed, emailPurpose)),
      mobile: maskMobile(opened(account.mobile_sealed, mobilePurpose)),
      pendingEmail: opened(pending?.email_sealed, emailPurpose),
    };
  });
}

/** zhangsan@example.cn → z******n@example.cn */
function maskEmail(email: string | null): string | null {
  if (email === null) return null;
  const at = email.lastIndexOf("@");
  const [first = "", ...rest] = [...email.slice(0, at)];
  return `${first}${"*".repeat(Math.max(1, rest.length - 1))}${rest.length > 1 ? rest.at(-1) : ""}${email.slice(at)}`;
}

function maskMobile(mobile: string | null): string | null {
  return mobile === null ? null : `${mobile.slice(0, 3)}****${mobile.slice(-4)}`;
}

/** Sends the proof of the present address once more. @throws RefusalError account.verified-already */
export async function resendVerification(context: RequestContext, session: Session): Promise<void> {
  if (session.emailVerified) throw new RefusalError({ code: "account.verified-already" });
  const { services } = context;
  const name = await services.database.inScope({ kind: "accounts" }, (tx) => findSignInName(tx, session.accountId));
  const cookie = context.requestHeaders.get("cookie") ?? undefined;
  await services.auth.call("/send-verification-email", { email: name }, { address: context.address, cookie });
}

/**
 * Mails a proof to a new address; it takes the old one's place when the proof comes back. Whether somebody else has the
 * address is told to the mailbox's owner alone: by no mail at all.
 * @throws RefusalError account.email, account.password-wrong, account.locked
 */
export async function askEmailChange(
  context: RequestContext,
  session: Session,
  input: { email: string; password: string },
): Promise<void> {
  const { services } = context;
  const { database, secrets } = services;
  const email = checkedEmail(input.email);
  await checkOwnPassword(context, session, input.password);
  const index = emailIndexOf(secrets, email);
  const token = randomBytes(24).toString("base64url");
  const mail = await database.inScope({ kind: "accounts" }, async (tx) => {
    const now = machineClock.now();
    await auditRequest(tx, context, {
      action: "ask-email-change",
      subjectKind: "account",
      subjectId: session.accountId,
    });
    if (session.kind === "applicant" && (await isApplicantKnown(tx, { signInName: "", emailIndex: index }))) return;
    const change = {
      email_sealed: secrets.encrypt(email, emailPurpose),
      email_index: index,
      token_hash: tokenHashOf(token),
      asked_at: now,
      expires_at: now.add(proofLives),
    };
    await tx
      .insertInto("shice.email_change")
      .values({ account_id: session.accountId, ...change })
      .onConflict((conflict) => conflict.column("account_id").doUpdateSet(change))
      .execute();
    return await queueMail(tx, secrets, {
      to: email,
      subject: "师册：验证新的电子邮箱",
      text: `您正在把师册账号的电子邮箱换成这个邮箱。请在24小时内${linkOf(services.config, "/verify-email", token)}\n\n不是您本人操作的，请不要理会，账号不会有变化。`,
    });
  });
  if (mail !== undefined) await sendSoon(services, mail);
}

/** Puts the proved new address in force and tells the old one. Undefined where the token is none of a change. */
export async function takeNewEmail(context: RequestContext, token: string): Promise<boolean> {
  const { services } = context;
  const { database, secrets } = services;
  try {
    const told = await database.inScope({ kind: "accounts" }, async (tx) => {
      const { rows } = await sql<{ account_id: string; email_sealed: Buffer; email_index: Buffer }>`
        delete from shice.email_change where token_hash = ${tokenHashOf(token)} and expires_at > ${machineClock.now()}
        returning account_id, email_sealed, email_index`.execute(tx);
      const [change] = rows;
      if (change === undefined) return undefined;
      const { rows: before } = await sql<{
        kind: "applicant" | "staff";
        email_sealed: Buffer | null;
        sign_in_name: string | null;
      }>`
        select kind, email_sealed, sign_in_name from shice.account where id = ${change.account_id} for update`.execute(
        tx,
      );
      const account = mustReturnRow(before, "account select");
      const signInName =
        account.kind === "staff" ? signInNameOf("staff", change.email_index) : (account.sign_in_name ?? "");
      await sql`
        update shice.account set email_sealed = ${change.email_sealed}, email_index = ${change.email_index},
          sign_in_name = ${signInName} where id = ${change.account_id}`.execute(tx);
      await sql`select shice.rename_sign_in(${change.account_id}::uuid, ${signInName})`.execute(tx);
      await auditRequest(tx, context, {
        action: "change-email",
        subjectKind: "account",
        subjectId: change.account_id,
        by: { accountId: change.account_id, role: account.kind },
      });
      if (account.email_sealed === null) return null;
      return await queueMail(tx, secrets, {
        to: secrets.decrypt(account.email_sealed, emailPurpose),
        subject: "师册：电子邮箱已更换",
        text: "您的师册账号已改用另一个电子邮箱，今后的邮件不再发到这里。\n\n不是您本人操作的，请立即联系学校经办人或系统管理员。",
      });
    });
    if (told === undefined) return false;
    if (told !== null) await sendSoon(services, told);
    return true;
  } catch (error) {
    // Somebody else has proved the same address in the meantime.
    if (brokenConstraintOf(error)?.startsWith("one_account_per_email") === true) {
      throw new RefusalError({ code: "account.email-taken", field: "email" });
    }
    throw error;
  }
}

/** @throws RefusalError account.mobile, account.password-wrong, account.locked */
export async function changeMobile(
  context: RequestContext,
  session: Session,
  input: { mobile: string; password: string },
): Promise<void> {
  const { database, secrets } = context.services;
  const mobile = checkedMobile(input.mobile);
  await checkOwnPassword(context, session, input.password);
  await database.inScope({ kind: "accounts" }, async (tx) => {
    await tx
      .updateTable("shice.account")
      .set({ mobile_sealed: secrets.encrypt(mobile, mobilePurpose) })
      .where("id", "=", session.accountId)
      .execute();
    await auditRequest(tx, context, { action: "change-mobile", subjectKind: "account", subjectId: session.accountId });
  });
}

/** Whoever found an unlocked screen does not know the password. @throws RefusalError account.password-wrong, account.locked */
export async function checkOwnPassword(context: RequestContext, session: Session, password: string): Promise<void> {
  const { database } = context.services;
  const name = await database.inScope({ kind: "accounts" }, (tx) => findSignInName(tx, session.accountId));
  const index = Buffer.from(name.split("@")[0] ?? "", "hex");
  const typed = { kind: session.kind === "staff" ? "email" : "id-number", index } as const;
  try {
    const opened = await tryPassword(context, typed, password);
    await opened.undo();
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === "account.sign-in-failed") {
      throw new RefusalError({ code: "account.password-wrong", field: "password" });
    }
    throw error;
  }
}

async function findSignInName(tx: Tx, accountId: string): Promise<string> {
  const { sign_in_name } = await tx
    .selectFrom("shice.account")
    .select("sign_in_name")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  return sign_in_name ?? "";
}
