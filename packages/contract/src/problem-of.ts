import type { Problem } from "./problem.ts";
import { type AnyRefusal, type RefusalCode, sentenceOf } from "./sentences.zh.ts";

/**
 * HTTP status of refusals that are not conflicts with the present state. All others: 422 if the refusal names an input
 * field, else 409, because state, window or duty may allow the same act later or to someone else.
 */
const statuses: Partial<Record<RefusalCode, number>> = {
  "request.malformed": 400,
  "request.unauthenticated": 401,
  "request.forbidden": 403,
  "role.not-yours": 403,
  "case.own": 403,
  "request.not-found": 404,
  // An object outside the scope looks the same as one that does not exist.
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

/** A refusal with its sentence, for a row of a bulk act or a greyed button. */
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

/** Makes the answer to a refused request with this request number. */
export function problemOf(refusal: AnyRefusal, request: string): Problem {
  const { code, sentence, field, figures } = refusalTextOf(refusal);
  const head = { type: `urn:shice:refusal:${code}`, title: sentence, status: statusOf(refusal), code };
  // Faulty fields are listed in the problem itself, where a form looks for them.
  if (refusal.code === "input.invalid") return { ...head, fields: [...refusal.fields], request };
  return {
    ...head,
    ...(field === undefined ? {} : { field }),
    ...(figures === undefined ? {} : { figures }),
    request,
  };
}
