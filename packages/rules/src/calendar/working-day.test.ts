import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addWorkingDays,
  findHolidayName,
  hasKnownHolidays,
  isWorkingDay,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from "./working-day.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const anyDay = fc.integer({ min: 0, max: 9000 }).map((days) => day("2004-01-01").add({ days }));

test.each([
  ["2017-09-30", true, "a Saturday made up for National Day"],
  ["2017-10-08", false, "the last day of the National Day holiday"],
  ["2017-11-10", true, "an ordinary Friday"],
  ["2017-11-12", false, "an ordinary Sunday"],
  ["2020-09-27", true, "a Sunday made up for National Day"],
  ["2020-10-08", false, "a Thursday in the holiday"],
])("%s is a working day: %s (%s)", (text, expected) => {
  expect(isWorkingDay(day(text))).toBe(expected);
});

test("holidays and make-up days have a name", () => {
  expect(findHolidayName(day("2017-10-02"))).toBe("国庆节");
  expect(findHolidayName(day("2017-11-12"))).toBeUndefined();
});

test("in a year without a known arrangement only weekends are rest days, and the year is reported as unknown", () => {
  expect(hasKnownHolidays(2017)).toBe(true);
  expect(hasKnownHolidays(2099)).toBe(false);
  expect(isWorkingDay(day("2099-10-01"))).toBe(true); // a Thursday
  expect(isWorkingDay(day("2099-10-03"))).toBe(false); // a Saturday
});

test.each(["America/Los_Angeles", "Pacific/Kiritimati", "UTC"])(
  "the machine's time zone does not matter: %s",
  (zone) => {
    const file = new URL("./working-day.ts", import.meta.url).href;
    const script = `const { isWorkingDay } = await import(${JSON.stringify(file)});
    const days = ["2017-09-30", "2017-10-08", "2017-11-12", "2017-11-13", "2017-11-17", "2017-11-18"];
    console.log(days.map((day) => isWorkingDay(Temporal.PlainDate.from(day))).join());`;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      env: { ...process.env, TZ: zone },
      encoding: "utf8",
    });
    expect(output.trim()).toBe("true,false,false,true,true,false");
  },
);

test("working-day arithmetic is monotone and lands on working days", () => {
  fc.assert(
    fc.property(anyDay, anyDay, fc.integer({ min: 1, max: 30 }), (one, other, count) => {
      const [earlier, later] = Temporal.PlainDate.compare(one, other) <= 0 ? [one, other] : [other, one];
      const landed = addWorkingDays(earlier, count);
      expect(isWorkingDay(landed)).toBe(true);
      expect(Temporal.PlainDate.compare(landed, earlier)).toBe(1);
      expect(Temporal.PlainDate.compare(landed, addWorkingDays(later, count))).toBeLessThanOrEqual(0);
      expect(Temporal.PlainDate.compare(landed, addWorkingDays(earlier, count + 1))).toBe(-1);
    }),
  );
});

test("between the nearest working days before and after a day there are only rest days", () => {
  fc.assert(
    fc.property(anyDay, (any) => {
      const before = workingDayOnOrBefore(any);
      const after = workingDayOnOrAfter(any);
      if (isWorkingDay(any)) {
        expect(before.equals(any) && after.equals(any)).toBe(true);
      } else {
        expect(addWorkingDays(before, 1).equals(after)).toBe(true);
        expect(Temporal.PlainDate.compare(before, any)).toBe(-1);
        expect(Temporal.PlainDate.compare(after, any)).toBe(1);
      }
    }),
  );
});
