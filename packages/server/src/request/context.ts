import type { Actor, StaffRole } from "@shice/rules/lifecycle/role.ts";
import type pg from "pg";
import type { Campaigns } from "../case/campaign.ts";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import type { Database } from "../platform/database/database.ts";
import type { FileStore } from "../platform/file-store.ts";
import type { JobPause } from "../platform/job-pause.ts";
import type { Log } from "../platform/log.ts";
import type { Mailer } from "../platform/mail.ts";
import type { TextReader } from "../platform/reading/text-reader.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { SmsGateway } from "../platform/sms.ts";
import type { Typesetter } from "../platform/typesetting/typesetter.ts";

/** better-auth behind its own routes: the module of accounts calls it. */
interface AuthCaller {
  call(path: string, body: object | null, caller: { address: string; cookie?: string | undefined }): Promise<Response>;
  /** A session without a password: for the personas of training mode alone. Gives the cookie to set. */
  openSessionOf(accountId: string): Promise<string>;
}

/** The demonstration of this program, while it is in training mode. */
export interface Demonstration {
  /** How far it is filled in; undefined once it is. */
  preparing: { done: number; total: number } | undefined;
  /** Every job runs through it, so that a reset runs while no job does. */
  jobPause: JobPause;
  /** Reads beyond all scopes: personas are chosen from everybody. */
  owner: pg.Pool;
}

/** What the modules work with; made once at the start (app.ts). */
export interface Services {
  config: Config;
  demonstration?: Demonstration | undefined;
  database: Database;
  clock: Clock;
  secrets: Secrets;
  campaigns: Campaigns;
  accounts: Accounts;
  auth: AuthCaller;
  mailer: Mailer;
  sms: SmsGateway;
  files: FileStore;
  typesetter: Typesetter;
  textReader: TextReader;
  log: Log;
}

export interface SessionPost {
  id: string;
  role: StaffRole;
  organisation: { id: string; name: string; kind: "commission" | "centre" | "authority" | "school" };
}

/** Who is signed in, looked up for every request: a revoked session ends at once. */
export interface Session {
  id: string;
  token: string;
  accountId: string;
  kind: "applicant" | "staff";
  personId: string | null;
  name: string;
  emailVerified: boolean;
  expiresAt: Temporal.Instant;
  posts: readonly SessionPost[];
  /** The part in which this request acts: the applicant's own, or the post named by the header `shice-post`. */
  actor: Actor | null;
}

/** Finds out who is signed in. */
export interface Accounts {
  /** Looks the session up, for every request anew: a revoked one is gone at once. `postId` chooses the post. */
  findSession(cookieHeader: string | null, postId: string | null): Promise<Session | null>;
}

/** One request, as the modules see it. */
export interface RequestContext {
  services: Services;
  requestId: string;
  /** The address of the caller, for rate limits alone. */
  address: string;
  session: Session | null;
  /** The operation is admitted in a closed campaign too: it reads, or the contract says so. */
  afterClosing?: boolean;
  /** One of our own pages has counted the caller by address: no challenge is asked for. */
  counted?: boolean;
  /** The header `idempotency-key` with a hash of method, path and body. */
  idempotency: { key: string; requestHash: Buffer } | null;
  requestHeaders: Headers;
  /** Headers to be sent with the answer (cookies). */
  responseHeaders: Headers;
}
