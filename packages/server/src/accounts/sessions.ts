import { sql } from "kysely";
import { z } from "zod";
import type { RequestContext, Session } from "../application/context.ts";
import { machineClock } from "../platform/clock.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { meOf } from "./me.ts";
import { isWeak } from "./password.ts";
import { clearFailures, countFailure, findSignInAccount } from "./queries.ts";
import { emailIndexOf, idNumberIndexOf, signInNameOf } from "./sign-in-name.ts";

/** What better-auth answers to a sign-up, as far as we look. */
const SignedUp = z.object({ user: z.object({ id: z.uuid() }) });

/** Makes the sign-in of a new account. @throws RefusalError account.taken when the name is known */
export async function createSignIn(
  context: RequestContext,
  signInName: string,
  password: string,
): Promise<{ accountId: string; response: Response }> {
  const response = await context.services.auth.call(
    "/sign-up/email",
    { email: signInName, password, name: "-" },
    context,
  );
  mustNotBeLimited(response);
  if (!response.ok) throw new RefusalError({ code: "account.taken" });
  const { user } = SignedUp.parse(await response.clone().json());
  return { accountId: user.id, response };
}

/** Hands the cookies of better-auth on and looks the new session up. */
export async function openedSession(context: RequestContext, response: Response): Promise<Session> {
  const cookies = response.headers.getSetCookie();
  for (const cookie of cookies) context.responseHeaders.append("set-cookie", cookie);
  const header = cookies.map((cookie) => cookie.split(";")[0]).join("; ");
  const session = await context.services.accounts.findSession(header, null);
  if (session === null) throw new RefusalError({ code: "account.sign-in-failed" });
  return session;
}

/**
 * Signs in by ID number or e-mail. Whoever is not registered, disabled, or types a wrong password gets the same answer.
 * @throws RefusalError account.sign-in-failed, account.locked, request.rate-limited
 */
export async function signIn(context: RequestContext, input: { identifier: string; password: string }) {
  const { services } = context;
  const { secrets, database } = services;
  const now = machineClock.now();
  const emailIndex = emailIndexOf(secrets, input.identifier);
  const signInNames = [
    signInNameOf("applicant", idNumberIndexOf(secrets, input.identifier)),
    signInNameOf("staff", emailIndex),
  ];
  const account = await database.inScope({ kind: "accounts" }, (tx) =>
    findSignInAccount(tx, { signInNames, emailIndex }),
  );
  if (account?.locked_until != null && Temporal.Instant.compare(now, account.locked_until) < 0) {
    throw new RefusalError({ code: "account.locked", until: account.locked_until.toString() });
  }
  // An unknown name is asked of better-auth all the same, so that the answer takes as long.
  const email = account?.sign_in_name ?? signInNames[0];
  const response = await services.auth.call("/sign-in/email", { email, password: input.password }, context);
  mustNotBeLimited(response);
  if (!response.ok || account === undefined || account.disabled_at !== null) {
    if (account !== undefined) await database.inScope({ kind: "accounts" }, (tx) => countFailure(tx, account.id, now));
    throw new RefusalError({ code: "account.sign-in-failed" });
  }
  await database.inScope({ kind: "accounts" }, (tx) => clearFailures(tx, account.id));
  return meOf(await openedSession(context, response));
}

export async function signOut(context: RequestContext): Promise<void> {
  const cookie = context.requestHeaders.get("cookie") ?? undefined;
  const response = await context.services.auth.call("/sign-out", {}, { address: context.address, cookie });
  for (const set of response.headers.getSetCookie()) context.responseHeaders.append("set-cookie", set);
}

/** @throws RefusalError token.spent */
export async function verifyEmail(context: RequestContext, token: string): Promise<void> {
  const response = await context.services.auth.call(`/verify-email?token=${encodeURIComponent(token)}`, null, context);
  if (!response.ok) throw new RefusalError({ code: "token.spent" });
}

/** Mails a link where the address is known; the answer is the same where it is not. */
export async function askPasswordReset(context: RequestContext, email: string): Promise<void> {
  const { services } = context;
  const emailIndex = emailIndexOf(services.secrets, email);
  const account = await services.database.inScope({ kind: "accounts" }, (tx) =>
    findSignInAccount(tx, { signInNames: [signInNameOf("staff", emailIndex)], emailIndex }),
  );
  const known = account?.sign_in_name ?? signInNameOf("applicant", emailIndex);
  mustNotBeLimited(await services.auth.call("/request-password-reset", { email: known }, context));
}

/** Sets a new password by the mailed token, once; ends all sessions. @throws RefusalError token.spent */
export async function resetPassword(
  context: RequestContext,
  input: { token: string; password: string },
): Promise<void> {
  if (isWeak(input.password, [])) throw new RefusalError({ code: "account.password-weak", field: "password" });
  const response = await context.services.auth.call(
    "/reset-password",
    { token: input.token, newPassword: input.password },
    context,
  );
  mustNotBeLimited(response);
  if (!response.ok) throw new RefusalError({ code: "token.spent" });
}

export async function listSessions(context: RequestContext, session: Session) {
  const rows = await context.services.database.inScope({ kind: "accounts" }, async (tx) => {
    const listed = await sql<{ id: string; created_at: Temporal.Instant; expires_at: Temporal.Instant }>`
      select * from shice.list_sessions(${session.accountId}::uuid)`.execute(tx);
    return listed.rows;
  });
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at.toString(),
    expiresAt: row.expires_at.toString(),
    current: row.id === session.id,
  }));
}

export async function endSession(context: RequestContext, session: Session, id: string): Promise<void> {
  await context.services.database.inScope({ kind: "accounts" }, (tx) =>
    sql`select shice.end_session(${session.accountId}::uuid, ${id}::uuid)`.execute(tx),
  );
}

function mustNotBeLimited(response: Response): void {
  if (response.status !== 429) return;
  const seconds = Number(response.headers.get("x-retry-after") ?? response.headers.get("retry-after") ?? "60");
  throw new RefusalError({ code: "request.rate-limited", retryAfterSeconds: Number.isFinite(seconds) ? seconds : 60 });
}
