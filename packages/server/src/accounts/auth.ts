import { hash, verify } from "@node-rs/argon2";
import { betterAuth } from "better-auth";
import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import type { ConnectionParameters } from "../platform/database/connection.ts";
import { openPool } from "../platform/database/pool.ts";
import { cookiePrefix, sessionCookieOf } from "../request/find-session.ts";

/**
 * What a password costs: OWASP's minimum for Argon2id (19 MiB, two passes, one lane), 30 to 45 ms of one core a sign-in.
 * More would make the last evening's sign-ins queue: it is what signing in takes. A stored hash names its own cost, so
 * that raising this leaves older passwords readable.
 */
export const argon2Cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/**
 * How often one address may call, in seconds and calls. better-auth counts on as long as calls follow each other within
 * the window: a computer module in which a whole school registers is one address, so the windows are short. Guessing at
 * one account is stopped by the count of what was typed (sign-in.ts).
 */
export const addressLimits = {
  "/sign-in/email": { window: 60, max: 60 },
  "/sign-up/email": { window: 60, max: 30 },
  "/request-password-reset": { window: 300, max: 20 },
  // Asked by ourselves alone, once for each registration.
  "/send-verification-email": false,
} as const;

const authAddressHeader = "x-shice-address";
const twelveHours = 12 * 60 * 60;

/**
 * better-auth on a pool of its own, under a role that sees its own schema alone. It keeps passwords, sessions and
 * single-use tokens; it never learns a name, a number or an address. It reads the machine's clock: a password or a
 * session has nothing to do with the training clock.
 */
export function openAuth({
  connection,
  secret,
  secureCookies,
  limited,
  sendReset,
  sendVerification,
}: {
  /** Of shice_login. */
  connection: ConnectionParameters;
  secret: string;
  secureCookies: boolean;
  /** Whether sign-in is limited by address; a rehearsal signs in thousands from one. */
  limited: boolean;
  sendReset: (accountId: string, token: string) => Promise<void>;
  sendVerification: (accountId: string, token: string) => Promise<void>;
}) {
  const pool = openPool({
    ...connection,
    max: 6,
    options: "-c role=shice_auth",
    application_name: "shice accounts",
  });
  const auth = betterAuth({
    secret,
    baseURL: "http://shice.invalid",
    basePath: "/auth",
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: {
      db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] }).withSchema(
        "auth",
      ),
      type: "postgres",
      transaction: true,
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      autoSignIn: true,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 60 * 60,
      password: {
        hash: (password: string) => hash(password, argon2Cost),
        verify: ({ hash: stored, password }: { hash: string; password: string }) => verify(stored, password),
      },
      sendResetPassword: ({ user, token }) => sendReset(user.id, token),
    },
    emailVerification: {
      sendVerificationEmail: ({ user, token }) => sendVerification(user.id, token),
      expiresIn: 24 * 60 * 60,
    },
    // A working day, never prolonged: the session is looked up by ourselves. No cookie cache: it outlives a revocation.
    session: { expiresIn: twelveHours, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: limited,
      storage: "database",
      window: 60,
      max: 100,
      customRules: addressLimits,
    },
    advanced: {
      cookiePrefix,
      useSecureCookies: secureCookies,
      database: { generateId: false },
      ipAddress: { ipAddressHeaders: [authAddressHeader] },
    },
  });
  return {
    /** Calls one of better-auth's own routes, with the caller's address for its limits. */
    call: (path: string, body: object | null, { address, cookie }: { address: string; cookie?: string | undefined }) =>
      auth.handler(
        new Request(`http://shice.invalid/auth${path}`, {
          method: body === null ? "GET" : "POST",
          headers: {
            origin: "http://shice.invalid",
            [authAddressHeader]: address,
            ...(body === null ? {} : { "content-type": "application/json" }),
            ...(cookie === undefined ? {} : { cookie }),
          },
          ...(body === null ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    openSessionOf: async (accountId: string) => {
      const { internalAdapter } = await auth.$context;
      const { token } = await internalAdapter.createSession(accountId);
      return sessionCookieOf(token, secret, secureCookies);
    },
    close: () => pool.end(),
  };
}
