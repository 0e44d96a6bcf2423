import { expect, test } from "vitest";
import { groupNames, groups, statesOf } from "./group.ts";
import { officeOf } from "./office-of.ts";
import { states } from "./state.ts";

test("each state is in at most one group; only withdrawn and revoked cases are in none", () => {
  const grouped = statesOf(groupNames);
  expect(new Set(grouped).size).toBe(grouped.length);
  expect(states.filter((state) => !grouped.includes(state))).toEqual(["withdrawn", "revoked"]);
  for (const name of groupNames) expect(groups[name].title).toMatch(/\p{Script=Han}/u);
});

test("a teacher writes to the school until the hand-over, and to the district afterwards", () => {
  const atSchool = states.filter((state) => officeOf(state) === "school");
  expect(atSchool).toEqual(["draft", "submitted", "returned", "confirmed", "withdrawn", "lapsed", "refused"]);
});
