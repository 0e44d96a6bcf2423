import { expect, test } from "vitest";
import { isLasting } from "./is-lasting.ts";

const problemWith = (status: number) => ({ type: "about:blank", title: "", status, code: "x", request: "r" });

test("a lost line, an ended session and a busy or faulty server pass; what the server has judged lasts", () => {
  expect(isLasting(undefined)).toBe(false);
  expect([401, 429, 500, 502, 503].filter((status) => isLasting(problemWith(status)))).toEqual([]);
  const judged = [400, 403, 404, 409, 413, 422];
  expect(judged.filter((status) => isLasting(problemWith(status)))).toEqual(judged);
});
