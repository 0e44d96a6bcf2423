import { randomInt, randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { listPasswordLacks } from "@shice/rules/account/password.ts";
import { sql } from "kysely";
import { sendMessages } from "../message/send-messages.ts";
import { machineClock } from "../platform/clock.ts";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { audit } from "../request/audit.ts";
import { auditRequest } from "../request/audit-request.ts";
import type { RequestContext } from "../request/context.ts";
import { runAct } from "../request/run-act.ts";
import { clearAttempts } from "./attempts.ts";
import { argon2Cost } from "./auth.ts";
import { tokenHashOf } from "./invitations.ts";
import { queueMail, sendSoon } from "./mail-queue.ts";
import { isApplicantKnown } from "./queries.ts";
import { checkedEmail } from "./register.ts";
import { emailIndexOf, emailPurpose, idNumberIndexOf } from "./sign-in-name.ts";

const lives = { minutes: 30 };
const allowedAttempts = 5;

interface TeacherAccount {
  id: string;
  name: string;
  email_sealed: Buffer | null;
}

/**
 * The clerk has the teacher and the document before them, and hands out a code; it sets nothing by itself. The teacher
 * is told on the old address and in the inbox, at once. An earlier code of the same teacher ends with it.
 * @throws RefusalError account.not-of-your-school, case.own
 */
export async function startAssistedReset(
  context: RequestContext,
  input: { campaign: string; idNumber: string; reason: string },
): Promise<{ name: string; code: string; expiresAt: string }> {
  const { services } = context;
  const { database, secrets } = services;
  const index = idNumberIndexOf(secrets, input.idNumber);
  const clerk = await runAct(context, input.campaign, async (ctx) => {
    const { rows } = await sql<{ known: boolean }>`
      select exists (select from shice.roster_entry r where r.campaign_id = ${ctx.campaign.id} and r.id_number_index = ${index})
        or exists (select from shice.application a join shice.person p on p.id = a.person_id
          where a.campaign_id = ${ctx.campaign.id} and p.id_number_index = ${index}) as known`.execute(ctx.tx);
    if (rows[0]?.known !== true) throw new RefusalError({ code: "account.not-of-your-school", field: "idNumber" });
    await audit(ctx, {
      action: "start-assisted-reset",
      subjectKind: "campaign",
      subjectId: ctx.campaign.id,
      detail: { reason: input.reason },
    });
    return ctx.actor;
  });
  const code = String(randomInt(100_000_000)).padStart(8, "0");
  const now = machineClock.now();
  const { account, mail } = await database.inScope({ kind: "accounts" }, async (tx) => {
    const account = await findTeacherAccount(tx, index);
    if (account === undefined || clerk.accountId === null || clerk.organisationId === null) {
      throw new RefusalError({ code: "account.not-of-your-school", field: "idNumber" });
    }
    const { rows } = await sql<{ own: boolean }>`
      select exists (select from shice.account t join shice.account c on c.person_id = t.person_id
        where t.id = ${account.id} and c.id = ${clerk.accountId}) as own`.execute(tx);
    if (rows[0]?.own === true) throw new RefusalError({ code: "case.own" });
    await sql`update shice.assisted_reset set expires_at = ${now} where account_id = ${account.id} and expires_at > ${now}
      and finished_at is null`.execute(tx);
    await tx
      .insertInto("shice.assisted_reset")
      .values({
        account_id: account.id,
        code_hash: codeHashOf(account.id, code),
        asked_by: clerk.accountId,
        organisation_id: clerk.organisationId,
        reason: input.reason,
        asked_at: now,
        expires_at: now.add(lives),
      })
      .execute();
    return { account, mail: await warn(tx, context, account) };
  });
  if (mail !== undefined) await sendSoon(services, mail);
  return { name: account.name, code, expiresAt: now.add(lives).toString() };
}

/**
 * The teacher sets a new password by the number of the document and the code, and may put a mistyped address right.
 * All sessions end; the count of tries is the same whether the number is known or not.
 * @throws RefusalError account.reset-code, account.reset-over, account.password-weak, account.email, account.email-taken
 */
export async function finishAssistedReset(
  context: RequestContext,
  input: { idNumber: string; code: string; password: string; email?: string | undefined },
): Promise<void> {
  const { database, secrets } = context.services;
  if (listPasswordLacks(input.password, [input.idNumber]).length > 0) {
    throw new RefusalError({ code: "account.password-weak", field: "password" });
  }
  const email = input.email === undefined ? undefined : checkedEmail(input.email);
  const index = idNumberIndexOf(secrets, input.idNumber);
  const passwordHash = await hash(input.password, argon2Cost);
  const refusal = await database.inScope({ kind: "accounts" }, async (tx) => {
    const now = machineClock.now();
    const account = await findTeacherAccount(tx, index);
    const { rows } = await sql<{ id: string; code_hash: Buffer; attempts: number }>`
      update shice.assisted_reset set attempts = attempts + 1
      where account_id = ${account?.id ?? null}::uuid and finished_at is null and expires_at > ${now}
        and attempts < ${allowedAttempts}
      returning id, code_hash, attempts`.execute(tx);
    const [reset] = rows;
    if (account === undefined || reset === undefined) return { code: "account.reset-over", field: "code" } as const;
    if (!reset.code_hash.equals(codeHashOf(account.id, input.code.normalize("NFKC").replace(/\D/g, "")))) {
      return { code: "account.reset-code", left: allowedAttempts - reset.attempts, field: "code" } as const;
    }
    if (email !== undefined) {
      const emailIndex = emailIndexOf(secrets, email);
      if (await isApplicantKnown(tx, { signInName: "", emailIndex })) {
        return { code: "account.email-taken", field: "email" } as const;
      }
      await sql`update shice.account set email_sealed = ${secrets.encrypt(email, emailPurpose)}, email_index = ${emailIndex}
        where id = ${account.id}`.execute(tx);
      await sql`select shice.unprove_email(${account.id}::uuid)`.execute(tx);
    }
    await sql`update shice.assisted_reset set finished_at = ${now} where id = ${reset.id}`.execute(tx);
    await sql`select shice.set_password(${account.id}::uuid, ${passwordHash}),
      shice.end_other_sessions(${account.id}::uuid, null)`.execute(tx);
    await clearAttempts(tx, [index]);
    await auditRequest(tx, context, {
      action: "finish-assisted-reset",
      subjectKind: "account",
      subjectId: account.id,
      by: { accountId: account.id, role: "applicant" },
      detail: { newAddress: email !== undefined },
    });
    return undefined;
  });
  // After the count has been kept.
  if (refusal !== undefined) throw new RefusalError(refusal);
}

async function warn(tx: Tx, { services }: RequestContext, account: TeacherAccount): Promise<string | undefined> {
  const { clock, secrets } = services;
  const now = clock.now();
  await sendMessages(tx, [{ account: account.id, key: `assisted-reset:${randomUUID()}` }], {
    template: "assisted-reset",
    now,
  });
  if (account.email_sealed === null) return undefined;
  return await queueMail(tx, secrets, {
    to: secrets.decrypt(account.email_sealed, emailPurpose),
    subject: "师册：学校正在协助您重设密码",
    text: "学校经办人刚刚为您领取了重设密码的验证码，30分钟内有效。您本人到学校办理的，请按经办人给的验证码重设密码。\n\n不是您本人办理的，请不要把验证码告诉任何人，并立即联系区县教育行政部门。每次协助都有记录。",
  });
}

async function findTeacherAccount(tx: Tx, idNumberIndex: Buffer): Promise<TeacherAccount | undefined> {
  const { rows } = await sql<TeacherAccount>`
    select a.id, a.display_name as name, a.email_sealed from shice.account a join shice.person p on p.id = a.person_id
    where a.kind = 'applicant' and a.disabled_at is null and p.id_number_index = ${idNumberIndex} limit 1`.execute(tx);
  return rows[0];
}

/** Bound to the account: the same digits of another teacher hash to something else. */
function codeHashOf(accountId: string, code: string): Buffer {
  return tokenHashOf(`${accountId}:${code}`);
}
