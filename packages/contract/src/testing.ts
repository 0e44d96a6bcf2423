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
  if (!isRefusalCode(code)) return undefined;
  // Reverses `problemOf`. Like any answer of the API, it is trusted to match the contract.
  return {
    code,
    ...(field === undefined ? {} : { field }),
    ...(fields === undefined ? {} : { fields }),
    ...figures,
  } as AnyRefusal;
}
