/**
 * What the program itself refuses, before or beside the rules: a request that cannot be read, a caller who is not
 * known, a repetition that differs, a fault. One sentence each in sentences/platform.zh.ts.
 */
export type PlatformRefusal =
  | { code: "request.malformed" }
  | { code: "request.too-large"; limitBytes: number }
  | { code: "request.media-type" }
  | { code: "request.unauthenticated" }
  | { code: "request.forbidden" }
  | { code: "request.not-found" }
  | { code: "request.rate-limited"; retryAfterSeconds: number }
  | { code: "request.conflict" }
  | { code: "idempotency.mismatch" }
  | { code: "idempotency.running" }
  | { code: "input.invalid"; fields: readonly InvalidField[] }
  | { code: "input.cursor"; field: "after" }
  | { code: "server.error" }
  | { code: "server.busy" }
  | { code: "server.unavailable" };

/** A field filled in wrongly; `path` is dotted: `contacts.0.name`, empty for the whole. */
interface InvalidField {
  path: string;
  code: string;
  sentence: string;
}
