import { z } from "zod";
import { type AnyRefusal, type RefusalCode, sentenceOf } from "./sentences.zh.ts";

/** One field that was filled in wrongly; `path` is dotted: `contacts.0.name`, empty for the whole. */
const ProblemField = z.object({ path: z.string(), code: z.string(), sentence: z.string() });

/**
 * Why a request failed, as application/problem+json (RFC 9457). `code` is stable and `title` the sentence for the user;
 * `figures` are the refusal's own, `request` the number by which an administrator finds the request in the log.
 */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    field: z.string().optional(),
    fields: z.array(ProblemField).optional(),
    figures: z.record(z.string(), z.unknown()).optional(),
    request: z.string(),
  })
  .meta({ description: "未能办理的原因（RFC 9457）。code 固定不变，供程序判断；title 是给用户看的一句话。" });
export type Problem = z.infer<typeof Problem>;

/**
 * Refusals that are no conflict with the state of things. All others: 422 when the refusal names a field of the
 * input, else 409, for state, window and duty may allow the same act later or to someone else.
 */
const statuses: Partial<Record<RefusalCode, number>> = {
  "request.malformed": 400,
  "request.unauthenticated": 401,
  "request.forbidden": 403,
  "role.not-yours": 403,
  "case.own": 403,
  "request.not-found": 404,
  // What another scope holds and what does not exist are the same.
  "case.out-of-scope": 404,
  "request.too-large": 413,
  "request.media-type": 415,
  "input.invalid": 422,
  "idempotency.mismatch": 422,
  "request.rate-limited": 429,
  "server.error": 500,
  "server.busy": 503,
  "server.unavailable": 503,
};

/** The HTTP status of a refusal. */
export function statusOf(refusal: AnyRefusal): number {
  return statuses[refusal.code] ?? ("field" in refusal ? 422 : 409);
}

/** A refusal with its sentence, as it stands in the row of a bulk act or beside a greyed button. */
export function refusalTextOf(refusal: AnyRefusal): {
  code: RefusalCode;
  sentence: string;
  field?: string;
  figures?: Record<string, unknown>;
} {
  const { code, field, ...figures }: { code: RefusalCode; field?: string; [figure: string]: unknown } = { ...refusal };
  return {
    code,
    sentence: sentenceOf(refusal),
    ...(field === undefined ? {} : { field }),
    ...(Object.keys(figures).length === 0 ? {} : { figures }),
  };
}

/** A refusal as the answer to the request with this number. */
export function problemOf(refusal: AnyRefusal, request: string): Problem {
  const { code, sentence, field, figures } = refusalTextOf(refusal);
  const head = { type: `urn:shice:refusal:${code}`, title: sentence, status: statusOf(refusal), code };
  // Wrong fields stand in the problem itself, where a form looks for them.
  if (refusal.code === "input.invalid") return { ...head, fields: [...refusal.fields], request };
  return {
    ...head,
    ...(field === undefined ? {} : { field }),
    ...(figures === undefined ? {} : { figures }),
    request,
  };
}
