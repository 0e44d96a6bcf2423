// Uses only the tables of chinese-days: its functions read the machine's time zone (west of Greenwich they take a
// Monday for a Sunday).
import officialDays from "chinese-days/dist/chinese-days.json" with { type: "json" };

const holidays: ReadonlyMap<string, string> = new Map(Object.entries(officialDays.holidays));
const makeUpDays: ReadonlyMap<string, string> = new Map(Object.entries(officialDays.workdays));
const arrangedYears: ReadonlySet<number> = new Set([...holidays.keys()].map((day) => Number(day.slice(0, 4))));

const saturday = 6;

/**
 * Whether offices work on this day: Monday to Friday and official make-up days, except official holidays (国务院办公厅's
 * yearly arrangement). In a year without a known arrangement only weekends are rest days: see `hasKnownHolidays`.
 */
export function isWorkingDay(day: Temporal.PlainDate): boolean {
  const key = day.toString();
  return makeUpDays.has(key) || (day.dayOfWeek < saturday && !holidays.has(key));
}

/** Whether the official arrangement of this year is known (2004 to 2026 at present). */
export function hasKnownHolidays(year: number): boolean {
  return arrangedYears.has(year);
}

/**
 * Chinese name of the holiday on this day, or of the holiday for which this day makes up; undefined on ordinary days.
 */
export function findHolidayName(day: Temporal.PlainDate): string | undefined {
  const key = day.toString();
  // An entry reads "National Day,国庆节,3".
  return (makeUpDays.get(key) ?? holidays.get(key))?.split(",")[1];
}

/** The latest working day up to and including this day. */
export function workingDayOnOrBefore(day: Temporal.PlainDate): Temporal.PlainDate {
  let found = day;
  while (!isWorkingDay(found)) {
    found = found.subtract({ days: 1 });
  }
  return found;
}

/** The first working day from this day on, including it. */
export function workingDayOnOrAfter(day: Temporal.PlainDate): Temporal.PlainDate {
  let found = day;
  while (!isWorkingDay(found)) {
    found = found.add({ days: 1 });
  }
  return found;
}

/** The nth working day after this day, not counting this day; n is at least 1. */
export function addWorkingDays(day: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let found = day;
  for (let counted = 0; counted < count; counted += 1) {
    found = workingDayOnOrAfter(found.add({ days: 1 }));
  }
  return found;
}
