import fc from "fast-check";
import { expect, test } from "vitest";
import { remediesAfter } from "./remedies.ts";

const after = (day: string) => {
  const { review, action } = remediesAfter(Temporal.PlainDate.from(day));
  return [review.toString(), action.toString()];
};

test("sixty days and six months, the day of receipt not counted", () => {
  expect(after("2017-12-05")).toEqual(["2018-02-03", "2018-06-05"]);
});

test("a month without the day ends with its last", () => {
  expect(after("2017-08-31")).toEqual(["2017-10-30", "2018-02-28"]);
});

test("whoever receives it later has never less time, and the action never ends before the review", () => {
  const days = fc
    .integer({ min: 0, max: 20_000 })
    .map((count) => Temporal.PlainDate.from("2015-01-01").add({ days: count }));
  fc.assert(
    fc.property(days, (day) => {
      const [now, later] = [remediesAfter(day), remediesAfter(day.add({ days: 1 }))];
      expect(Temporal.PlainDate.compare(now.review, later.review)).toBe(-1);
      expect(Temporal.PlainDate.compare(now.action, later.action)).toBeLessThanOrEqual(0);
      expect(Temporal.PlainDate.compare(now.review, now.action)).toBe(-1);
    }),
  );
});
