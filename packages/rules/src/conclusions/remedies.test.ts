import fc from "fast-check";
import { expect, test } from "vitest";
import { remediesAfter } from "./remedies.ts";

const after = (day: string) => {
  const { review, action } = remediesAfter(Temporal.PlainDate.from(day));
  return [review.toString(), action.toString()];
};

test("the periods are sixty days and six months, not counting the day of receipt", () => {
  expect(after("2017-12-05")).toEqual(["2018-02-03", "2018-06-05"]);
});

test("in a month without that day the period ends on the last day of the month", () => {
  expect(after("2017-08-31")).toEqual(["2017-10-30", "2018-02-28"]);
});

test("a later receipt never gives an earlier end, and the period for an action never ends before that for a review", () => {
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
