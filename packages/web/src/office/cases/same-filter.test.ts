import { expect, test } from "vitest";
import { isSameFilter } from "./same-filter.ts";

test("the same parts in another order are the same filter; one more, one less or another value is another", () => {
  const one = { queue: "to-confirm", flagged: "yes" };
  expect(isSameFilter(one, { flagged: "yes", queue: "to-confirm" })).toBe(true);
  expect(isSameFilter(one, { queue: "to-confirm" })).toBe(false);
  expect(isSameFilter({ queue: "to-confirm" }, one)).toBe(false);
  expect(isSameFilter(one, { ...one, flagged: "no" })).toBe(false);
});
