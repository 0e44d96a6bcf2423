import type { Problem } from "@shice/contract/problem.ts";

/**
 * Whether the same call would be refused again: the server has judged it. No answer, a fault or overload of the server
 * and a session that has ended pass: what was sent waits for its next try.
 */
export function isLasting(problem: Problem | undefined): boolean {
  return problem !== undefined && problem.status < 500 && problem.status !== 401 && problem.status !== 429;
}
