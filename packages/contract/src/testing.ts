import { findProblem } from "./client.ts";
import type { Problem } from "./problem.ts";
import { type AnyRefusal, isRefusalCode } from "./sentences.zh.ts";

/** The refusal in a failed call, typed by its `code`. */
export function findRefusal(error: unknown): AnyRefusal | undefined {
  const problem = findProblem(error);
  return problem === undefined ? undefined : findRefusalOf(problem);
}

/** Restores the typed refusal from a problem; undefined if the answer is not ours. */
export function findRefusalOf({ code, field, fields, figures }: Problem): AnyRefusal | undefined {
  const refusal = {
    code,
    ...(field === undefined ? {} : { field }),
    ...(fields === undefined ? {} : { fields }),
    ...figures,
  };
  return isRefusal(refusal) ? refusal : undefined;
}

/** Reverses `problemOf`. Like any answer of the API, the figures of a known code are trusted to match the contract. */
function isRefusal(refusal: { code: string }): refusal is AnyRefusal {
  return isRefusalCode(refusal.code);
}
