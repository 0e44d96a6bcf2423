/**
 * Refusals by the program itself, before or beside the rules: an unreadable request, an unknown caller, a repetition
 * with another body, an internal error. Each has a sentence in sentences/platform.zh.ts.
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

/** A field with a fault; `path` is dotted: `contacts.0.name`, empty for the whole input. */
interface InvalidField {
  path: string;
  code: string;
  sentence: string;
}
