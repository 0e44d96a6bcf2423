import { expect, test } from "vitest";
import { paceOf, progressOf, schoolTasksOf, wouldLapseOf } from "./school-tasks.ts";

const figures = {
  counts: { draft: 2, submitted: 5, returned: 1, confirmed: 3, "sent-back": 1, "handed-over": 4, withdrawn: 2 },
  due: 30,
  notApplied: 12,
  unseenNames: 4,
  unseenLapsing: 3,
  parked: 2,
  offRoster: 0,
  overdueBatches: 1,
  withdrawalsAsked: 1,
};
const done = {
  notApplied: 0,
  unseenNames: 0,
  unseenLapsing: 0,
  parked: 0,
  offRoster: 0,
  overdueBatches: 0,
  withdrawalsAsked: 0,
};

test("what the district waits for comes first, then the table, then whom to remind; what is done with is not named", () => {
  expect(schoolTasksOf(figures).map(({ key, number }) => [key, number])).toEqual([
    ["sent-back", 1],
    ["to-confirm", 5],
    ["to-hand-over", 3],
    ["withdrawal-asked", 1],
    ["not-applied", 12],
    ["overdue", 1],
    ["draft", 2],
    ["returned", 1],
    ["unseen-lapsing", 3],
    ["unseen", 4],
    ["parked", 2],
  ]);
  expect(schoolTasksOf({ ...done, counts: { concluded: 9 }, due: 9 })).toEqual([]);
});

test("N24: the unconfirmed would lapse, the confirmed would not", () => {
  expect(wouldLapseOf(figures)).toEqual({ draft: 2, submitted: 5, returned: 1, all: 8 });
});

test("N46: the pace that is needed counts all who are not confirmed, and is none when no day is left", () => {
  expect(paceOf(figures, 6)).toBe(4);
  expect(paceOf(figures, 7)).toBe(3);
  expect(paceOf(figures, 0)).toBeUndefined();
});

test("each step of the bar holds the ones after it", () => {
  expect(progressOf(figures).map(({ number }) => number)).toEqual([30, 18, 8, 5]);
});
