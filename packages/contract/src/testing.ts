import { findProblem } from "./client.ts";
import type { Problem } from "./problem.ts";
import { type AnyRefusal, isRefusalCode } from "./sentences.zh.ts";

/** The refusal behind a failed call, to be told apart by `code`, with its figures typed. */
export function findRefusal(error: unknown): AnyRefusal | undefined {
  const problem = findProblem(error);
  return problem === undefined ? undefined : findRefusalOf(problem);
}

/** The refusal that a problem carries, typed again by its code; undefined when the answer is not one of ours. */
export function findRefusalOf({ code, field, fields, figures }: Problem): AnyRefusal | undefined {
  if (!isRefusalCode(code)) return undefined;
  // What `problemOf` took apart; as far as any answer of the API, it is believed to be what the contract says.
  return {
    code,
    ...(field === undefined ? {} : { field }),
    ...(fields === undefined ? {} : { fields }),
    ...figures,
  } as AnyRefusal;
}
