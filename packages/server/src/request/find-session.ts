import { createHmac, timingSafeEqual } from "node:crypto";
import { type Actor, scopeOfPost } from "@shice/rules/lifecycle/role.ts";
import { type Clock, machineClock } from "../platform/clock.ts";
import type { Database } from "../platform/database/database.ts";
import type { Accounts, SessionPost } from "./context.ts";

export const cookiePrefix = "shice";
const cookieNames = [`${cookiePrefix}.session_token`, `__Secure-${cookiePrefix}.session_token`];

interface SessionRow {
  session_id: string;
  expires_at: Temporal.Instant;
  account_id: string;
  kind: "applicant" | "staff";
  person_id: string | null;
  name: string;
  email_verified: boolean;
  posts: SessionPost[];
}

export function openAccounts(database: Database, clock: Clock, authSecret: string): Accounts {
  return {
    async findSession(cookieHeader, postId) {
      const token = tokenIn(cookieHeader, authSecret);
      if (token === undefined) return null;
      const [row] = await database.readOnce<SessionRow>(
        { kind: "public" },
        "select * from shice.open_session($1, $2, $3)",
        [token, machineClock.now(), clock.now()],
      );
      if (row === undefined) return null;
      return {
        id: row.session_id,
        token,
        accountId: row.account_id,
        kind: row.kind,
        personId: row.person_id,
        name: row.name,
        emailVerified: row.email_verified,
        expiresAt: row.expires_at,
        posts: row.posts,
        actor: actorOf(row, postId),
      };
    },
  };
}

/** An applicant acts for the own person; staff under the post named, or under the only one. */
function actorOf(row: SessionRow, postId: string | null): Actor | null {
  const { account_id: accountId, person_id: personId } = row;
  if (row.kind === "applicant") {
    if (personId === null) return null;
    return {
      role: "applicant",
      accountId,
      personId,
      postId: null,
      organisationId: null,
      scope: { kind: "applicant", id: personId },
    };
  }
  const post = postId === null && row.posts.length === 1 ? row.posts[0] : row.posts.find((held) => held.id === postId);
  if (post === undefined) return null;
  return {
    role: post.role,
    accountId,
    personId,
    postId: post.id,
    organisationId: post.organisation.id,
    scope: scopeOfPost(post.role, post.organisation),
  };
}

/** The session's token, where the cookie bears our signature. */
function tokenIn(cookieHeader: string | null, authSecret: string): string | undefined {
  for (const part of cookieHeader?.split(";") ?? []) {
    const at = part.indexOf("=");
    if (at < 0 || !cookieNames.includes(part.slice(0, at).trim())) continue;
    const value = decode(part.slice(at + 1).trim());
    const dot = value.lastIndexOf(".");
    const token = value.slice(0, dot);
    const signature = Buffer.from(value.slice(dot + 1), "base64");
    const expected = createHmac("sha256", authSecret).update(token).digest();
    if (dot > 0 && signature.length === expected.length && timingSafeEqual(signature, expected)) return token;
  }
  return undefined;
}

/** The cookie by which `findSession` knows a session again; it ends with the browser or the session. */
export function sessionCookieOf(token: string, authSecret: string, secure: boolean): string {
  const signature = createHmac("sha256", authSecret).update(token).digest("base64");
  const name = secure ? `__Secure-${cookiePrefix}.session_token` : `${cookiePrefix}.session_token`;
  const attributes = ["Path=/", "HttpOnly", "SameSite=Lax", ...(secure ? ["Secure"] : [])];
  return [`${name}=${encodeURIComponent(`${token}.${signature}`)}`, ...attributes].join("; ");
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}
