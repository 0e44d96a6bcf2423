import { listPasswordLacks } from "@shice/rules/account/password.ts";
import { sql } from "kysely";
import { z } from "zod";
import { sendMessages } from "../message/send-messages.ts";
import { machineClock } from "../platform/clock.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { auditRequest } from "../request/audit-request.ts";
import { spendProof } from "../request/challenge.ts";
import type { RequestContext } from "../request/context.ts";
import { clearAttempts, takeAttempt } from "./attempts.ts";
import { servedAnswer } from "./auth-answer.ts";
import { takeNewEmail } from "./contacts.ts";
import { findTokenHolder, listSignInAccounts, proveEmail, type TokenHolder } from "./queries.ts";
import { emailIndexOf, idNumberPurpose, mobilePurpose, normaliseEmail, signInNameOf } from "./sign-in-name.ts";

/** Proves an address, or a new one, by the token mailed to it. @throws RefusalError token.spent, account.email-taken */
export async function verifyEmail(context: RequestContext, token: string): Promise<void> {
  if (await takeNewEmail(context, token)) return;
  const path = `/verify-email?token=${encodeURIComponent(token)}`;
  const response = servedAnswer(await context.services.auth.call(path, null, context));
  if (!response.ok) throw new RefusalError({ code: "token.spent" });
  await tellVerified(context, token);
}

/** The token names the account by its sign-in name; better-auth has just found it to be its own. */
async function tellVerified({ services }: RequestContext, token: string): Promise<void> {
  const { email } = VerifiedToken.parse(
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")),
  );
  const verified = sql`
    select id as account, id || ':account-verified:' || encode(email_index, 'hex') as key
    from shice.account where sign_in_name = ${email}`;
  await services.database.inScope({ kind: "system" }, (tx) =>
    sendMessages(tx, verified, { template: "account-verified", now: services.clock.now() }),
  );
}

const VerifiedToken = z.object({ email: z.string() });

/**
 * Mails a token where the address is known, for each account that has it; the answer is the same where it is not, and
 * where the address has been asked for too often.
 * @throws RefusalError request.rate-limited for too many calls from one address of the network, account.proof-missing,
 * account.proof-wrong
 */
export async function askPasswordReset(
  context: RequestContext,
  { email, proof }: { email: string; proof?: string | undefined },
): Promise<void> {
  const { services } = context;
  await spendProof(services, proof);
  const index = emailIndexOf(services.secrets, email);
  const countIndex = services.secrets.blindIndex(normaliseEmail(email), "account.password-reset");
  const accounts = await services.database.inScope({ kind: "accounts" }, async (tx) => {
    const lockedUntil = await takeAttempt(tx, countIndex, machineClock.now());
    const known = await listSignInAccounts(tx, { kind: "email", index });
    await auditRequest(tx, context, {
      action: "ask-password-reset",
      subjectKind: "account",
      subjectId: known[0]?.id ?? null,
      by: { accountId: null, role: "anyone" },
    });
    return lockedUntil === undefined ? known : [];
  });
  const names = accounts.map((account) => account.sign_in_name).filter((name) => name !== null);
  for (const name of names.length > 0 ? names : [signInNameOf("applicant", index)]) {
    servedAnswer(await services.auth.call("/request-password-reset", { email: name }, context));
  }
}

/**
 * Sets a new password by the mailed token, once; ends all sessions of the account, proves its address and lifts its
 * lock.
 * @throws RefusalError token.spent, account.password-weak
 */
export async function resetPassword(
  context: RequestContext,
  input: { token: string; password: string },
): Promise<void> {
  const { services } = context;
  const holder = await services.database.inScope({ kind: "accounts" }, (tx) =>
    findTokenHolder(tx, input.token, machineClock.now()),
  );
  if (holder === undefined) throw new RefusalError({ code: "token.spent" });
  if (listPasswordLacks(input.password, knownOf(context, holder)).length > 0) {
    throw new RefusalError({ code: "account.password-weak", field: "password" });
  }
  const body = { token: input.token, newPassword: input.password };
  const response = servedAnswer(await services.auth.call("/reset-password", body, context));
  if (!response.ok) throw new RefusalError({ code: "token.spent" });
  await services.database.inScope({ kind: "accounts" }, async (tx) => {
    await proveEmail(tx, holder.id);
    await clearAttempts(tx, countedIndexesOf(holder));
    const by = { accountId: holder.id, role: holder.kind };
    await auditRequest(tx, context, { action: "reset-password", subjectKind: "account", subjectId: holder.id, by });
  });
}

/** What others know of the holder: no part of a password. */
function knownOf({ services: { secrets } }: RequestContext, holder: TokenHolder): string[] {
  return [
    holder.name,
    ...(holder.id_number_sealed === null ? [] : [secrets.decrypt(holder.id_number_sealed, idNumberPurpose)]),
    ...(holder.mobile_sealed === null ? [] : [secrets.decrypt(holder.mobile_sealed, mobilePurpose)]),
  ];
}

/** Under which indexes the holder's attempts are counted: the e-mail's, and the one in the sign-in name. */
function countedIndexesOf(holder: TokenHolder): Buffer[] {
  const own = Buffer.from(holder.sign_in_name?.split("@")[0] ?? "", "hex");
  return holder.email_index === null ? [own] : [own, holder.email_index];
}
