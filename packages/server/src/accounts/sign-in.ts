import { sql } from "kysely";
import { z } from "zod";
import { machineClock } from "../platform/clock.ts";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { meOf } from "../request/account-view.ts";
import { auditRequest } from "../request/audit-request.ts";
import type { RequestContext, Session } from "../request/context.ts";
import { clearAttempts, giveBackAttempt, takeAttempt } from "./attempts.ts";
import { cookieHeaderOf, servedAnswer } from "./auth-answer.ts";
import { listSignInAccounts } from "./queries.ts";
import { signInNameOf, type TypedName, typedNameOf } from "./sign-in-name.ts";

/** What better-auth answers to a sign-up, as far as we look. */
const SignedUp = z.object({ user: z.object({ id: z.uuid() }) });

/** A session of better-auth that nobody has been told of yet. */
interface OpenedSignIn {
  accountId: string;
  response: Response;
  /** Takes it back, where what was to follow is refused. */
  undo(): Promise<void>;
}

/** A registration that began longer ago was broken off: no request waits that long for a connection. */
const stalledAfter = { seconds: 30 };

/**
 * Makes the sign-in of a new account. It is committed at once, in better-auth's own pool: whoever fails to write the
 * account after it takes it back; what a crash has left is taken away by the next try, or swept (sweep.ts).
 * @throws RefusalError account.taken when the name is known, account.being-made, request.rate-limited
 */
export async function createSignIn(
  context: RequestContext,
  signInName: string,
  password: string,
): Promise<OpenedSignIn> {
  const { auth, database } = context.services;
  const signUp = async () =>
    servedAnswer(await auth.call("/sign-up/email", { email: signInName, password, name: "-" }, context));
  let response = await signUp();
  if (!response.ok && (await isFree(context, signInName))) response = await signUp();
  if (!response.ok) throw new RefusalError({ code: "account.taken" });
  const { user } = SignedUp.parse(await response.clone().json());
  const undo = async () => {
    await database.inScope({ kind: "accounts" }, (tx) =>
      sql`select shice.remove_orphan_sign_in(${user.id}::uuid)`.execute(tx),
    );
  };
  return { accountId: user.id, response, undo };
}

/** Whether a name that better-auth refused is free after all, since what stood there had been broken off. */
async function isFree({ services }: RequestContext, signInName: string): Promise<boolean> {
  const before = machineClock.now().subtract(stalledAfter);
  const { rows } = await services.database.inScope({ kind: "accounts" }, (tx) =>
    sql<{ found: string }>`select shice.clear_stalled_sign_in(${signInName}, ${before}) as found`.execute(tx),
  );
  const found = rows[0]?.found;
  if (found === "under-way") throw new RefusalError({ code: "account.being-made" });
  return found !== "complete";
}

/**
 * Tries a password under what was typed. Whoever is not registered, is disabled, or is wrong gets the same answer, in
 * the same time; the count of attempts runs for everyone alike.
 * @throws RefusalError account.sign-in-failed, account.locked, request.rate-limited
 */
export async function tryPassword(context: RequestContext, typed: TypedName, password: string): Promise<OpenedSignIn> {
  const { auth, database } = context.services;
  const begun = await database.inScope({ kind: "accounts" }, async (tx) => {
    const lockedUntil = await takeAttempt(tx, typed.index, machineClock.now());
    const [account] = await listSignInAccounts(tx, typed);
    if (lockedUntil !== undefined) await auditRefusal(tx, context, account?.id, "account.locked");
    return { lockedUntil, account };
  });
  const { account, lockedUntil } = begun;
  if (lockedUntil !== undefined) throw new RefusalError({ code: "account.locked", until: lockedUntil.toString() });

  // An unknown name is asked of better-auth all the same, which then hashes the password in vain.
  const email = account?.sign_in_name ?? signInNameOf("applicant", typed.index);
  const response = await auth.call("/sign-in/email", { email, password }, context);
  if (response.status === 429 || response.status >= 500) {
    await database.inScope({ kind: "accounts" }, (tx) => giveBackAttempt(tx, typed.index));
    servedAnswer(response);
  }
  const isRight = response.ok && account !== undefined;
  await database.inScope({ kind: "accounts" }, async (tx) => {
    if (!isRight) return await auditRefusal(tx, context, account?.id, "account.sign-in-failed");
    await clearAttempts(tx, [typed.index]);
    const by = { accountId: account.id, role: account.kind };
    await auditRequest(tx, context, { action: "sign-in", subjectKind: "account", subjectId: account.id, by });
  });
  if (!isRight) throw new RefusalError({ code: "account.sign-in-failed" });
  const undo = async () => {
    await auth.call("/sign-out", {}, { address: context.address, cookie: cookieHeaderOf(response) });
  };
  return { accountId: account.id, response, undo };
}

/** Hands the cookies of better-auth on and looks the new session up. */
export async function openedSession(context: RequestContext, { response }: OpenedSignIn): Promise<Session> {
  const session = await context.services.accounts.findSession(cookieHeaderOf(response), null);
  if (session === null) throw new RefusalError({ code: "account.sign-in-failed" });
  for (const cookie of response.headers.getSetCookie()) context.responseHeaders.append("set-cookie", cookie);
  return session;
}

/** Signs in by ID number (applicants) or e-mail. @throws RefusalError as `tryPassword` */
export async function signIn(context: RequestContext, input: { identifier: string; password: string }) {
  const typed = typedNameOf(context.services.secrets, input.identifier);
  return meOf(await openedSession(context, await tryPassword(context, typed, input.password)));
}

export async function signOut(context: RequestContext): Promise<void> {
  const { auth, database } = context.services;
  const cookie = context.requestHeaders.get("cookie") ?? undefined;
  const response = servedAnswer(await auth.call("/sign-out", {}, { address: context.address, cookie }));
  for (const set of response.headers.getSetCookie()) context.responseHeaders.append("set-cookie", set);
  await database.inScope({ kind: "accounts" }, async (tx) =>
    auditRequest(tx, context, {
      action: "sign-out",
      subjectKind: "account",
      subjectId: context.session?.accountId ?? null,
    }),
  );
}

/** Says that an attempt was refused, and on which account where there is one: never what was typed. */
async function auditRefusal(
  tx: Tx,
  context: RequestContext,
  accountId: string | undefined,
  code: string,
): Promise<void> {
  await auditRequest(tx, context, {
    action: "refuse-sign-in",
    subjectKind: "account",
    subjectId: accountId ?? null,
    by: { accountId: null, role: "anyone" },
    detail: { code },
  });
}
