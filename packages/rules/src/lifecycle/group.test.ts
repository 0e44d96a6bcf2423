import { expect, test } from "vitest";
import { groupNames, groups, statesOf } from "./group.ts";
import { officeOf } from "./office-of.ts";
import { states } from "./state.ts";

test("every state is in one group at most; only those are in none whose teacher has taken leave or lost the registration", () => {
  const grouped = statesOf(groupNames);
  expect(new Set(grouped).size).toBe(grouped.length);
  expect(states.filter((state) => !grouped.includes(state))).toEqual(["withdrawn", "revoked"]);
  for (const name of groupNames) expect(groups[name].title).toMatch(/\p{Script=Han}/u);
});

test("a teacher writes to the school until the papers are handed over, and to the district from then on", () => {
  const atSchool = states.filter((state) => officeOf(state) === "school");
  expect(atSchool).toEqual(["draft", "submitted", "returned", "confirmed", "withdrawn", "lapsed", "refused"]);
});
