import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isWorkingDay } from "../calendar/working-day.ts";
import { parsePlan } from "../plan/parse.ts";
import type { Plan } from "../plan/plan.ts";
import { dayPeriodOf, latestPublicationDayOf, noticePeriodOf, objectionAnswerPeriodOf, reportDueAt } from "./period.ts";

function readPlan(path: string): Plan {
  const { plan } = parsePlan(readFileSync(new URL(path, import.meta.url), "utf8"));
  if (plan === undefined) {
    throw new Error(`${path} cannot be read`);
  }
  return plan;
}

const reference = readPlan("../../../../campaigns/2017-chongqing-second-batch.yaml");
const county = readPlan("../plan/examples/county.yaml");
const province = readPlan("../plan/examples/province.yaml");
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();
const day = (text: string) => Temporal.PlainDate.from(text);

function periodText(plan: Plan, publishedAt: string): string {
  const { firstDay, lastDay, endsAt } = noticePeriodOf(plan.stages.notice, plan.timeZone, at(publishedAt));
  return `${firstDay} – ${lastDay}, ends ${endsAt.toString({ timeZone: plan.timeZone, smallestUnit: "minute" })}`;
}

test("N33: a notice runs at least seven days, not counting the day of publication, to 24:00 of the last", () => {
  expect(periodText(reference, "2017-11-10T15:30")).toBe("2017-11-11 – 2017-11-17, ends 2017-11-18T00:00+08:00");
  expect(periodText(reference, "2017-11-12T00:00")).toBe("2017-11-13 – 2017-11-19, ends 2017-11-20T00:00+08:00");
  expect(periodText(reference, "2017-11-12T23:59:59.999")).toBe("2017-11-13 – 2017-11-19, ends 2017-11-20T00:00+08:00");
});

test("N33: a notice never closes early", () => {
  const period = noticePeriodOf(reference.stages.notice, reference.timeZone, at("2017-11-10T15:30"));
  expect(period.endsAt).toEqual(at("2017-11-18T00:00"));
});

test("N33: a rest day at the end does not prolong the period", () => {
  // 2017-11-18 is a Saturday.
  expect(periodText(reference, "2017-11-11T09:00")).toBe("2017-11-12 – 2017-11-18, ends 2017-11-19T00:00+08:00");
});

test("the first day counts if the plan says so", () => {
  expect(periodText(province, "2023-05-15T09:00")).toBe("2023-05-15 – 2023-05-21, ends 2023-05-22T00:00+08:00");
});

test("ten working days over the National Day holiday with its two make-up days", () => {
  // 27 September (Sunday) and 10 October (Saturday) 2020 are worked, 1 to 8 October are not.
  expect(periodText(county, "2020-09-18T16:00")).toBe("2020-09-21 – 2020-10-09, ends 2020-10-10T00:00+08:00");
  expect(periodText(county, "2020-09-22T16:00")).toBe("2020-09-23 – 2020-10-12, ends 2020-10-13T00:00+08:00");
  expect(periodText(county, "2020-10-03T16:00")).toBe("2020-10-09 – 2020-10-21, ends 2020-10-22T00:00+08:00");
});

test("working days with the first one counted begin on a working day", () => {
  const count = { unit: "working", countsFirstDay: true } as const;
  const period = dayPeriodOf(count, 1, "Asia/Shanghai", day("2017-10-04"));
  expect([period.firstDay.toString(), period.lastDay.toString()]).toEqual(["2017-10-09", "2017-10-09"]);
});

test("N35: the latest day of publication is Sunday 2017-11-12, the latest working day 2017-11-10", () => {
  const latest = latestPublicationDayOf(reference);
  expect(latest.day.toString()).toBe("2017-11-12");
  expect(latest.workingDay.toString()).toBe("2017-11-10");
  expect(latest.period.lastDay.toString()).toBe("2017-11-19");
  expect(latest.slackHours).toBe(17);
});

test("the latest day of publication follows each plan's own counting", () => {
  expect(latestPublicationDayOf(county).day.toString()).toBe("2020-09-22");
  expect(latestPublicationDayOf(province).day.toString()).toBe("2023-05-15");
});

test("an objection is answered within the plan's days, counted like the notice", () => {
  const period = objectionAnswerPeriodOf(reference.stages.notice, reference.timeZone, at("2017-11-15T10:00"));
  expect([period.firstDay.toString(), period.lastDay.toString()]).toEqual(["2017-11-16", "2017-11-20"]);
  const working = objectionAnswerPeriodOf(county.stages.notice, county.timeZone, at("2020-09-29T10:00"));
  // 30 September, then 9, 10 (made up), 12 and 13 October.
  expect(working.lastDay.toString()).toBe("2020-10-13");
});

const anyNotice = fc.record({
  days: fc.integer({ min: 1, max: 30 }),
  unit: fc.constantFrom("calendar" as const, "working" as const),
  countsFirstDay: fc.boolean(),
});
const anyDay = fc.integer({ min: 0, max: 3000 }).map((days) => day("2015-01-01").add({ days }));
const anyInstant = fc
  .tuple(anyDay, fc.integer({ min: 0, max: 24 * 60 * 60 * 1000 - 1 }))
  .map(([date, milliseconds]) => date.toZonedDateTime("Asia/Shanghai").add({ milliseconds }).toInstant());

test("for any counting, a notice runs its full days and never ends early", () => {
  fc.assert(
    fc.property(anyNotice, anyInstant, fc.double({ min: 0, max: 1, noNaN: true }), (count, publishedAt, part) => {
      const notice = { ...reference.stages.notice, ...count };
      const period = noticePeriodOf(notice, "Asia/Shanghai", publishedAt);
      const length = period.endsAt.epochMilliseconds - publishedAt.epochMilliseconds;
      const meanwhile = publishedAt.add({ milliseconds: Math.floor(part * (length - 1)) });
      expect(Temporal.Instant.compare(meanwhile, period.endsAt)).toBe(-1);
      let counted = 0;
      for (
        let date = period.firstDay;
        Temporal.PlainDate.compare(date, period.lastDay) <= 0;
        date = date.add({ days: 1 })
      ) {
        counted += count.unit === "calendar" || isWorkingDay(date) ? 1 : 0;
      }
      expect(counted).toBe(count.days);
    }),
  );
});

test("for any counting, a later publication never gives an earlier end", () => {
  fc.assert(
    fc.property(anyNotice, anyInstant, anyInstant, (count, one, other) => {
      const notice = { ...reference.stages.notice, ...count };
      const [earlier, later] = Temporal.Instant.compare(one, other) <= 0 ? [one, other] : [other, one];
      const ends = (at: Temporal.Instant) => noticePeriodOf(notice, "Asia/Shanghai", at).endsAt;
      expect(Temporal.Instant.compare(ends(earlier), ends(later))).toBeLessThanOrEqual(0);
    }),
  );
});

test("for any counting, a notice fits on the latest day of publication and not on the day after", () => {
  fc.assert(
    fc.property(anyNotice, anyDay, fc.integer({ min: 0, max: 23 }), (count, date, hour) => {
      const electronicBy = `${date}T${String(hour).padStart(2, "0")}:00`;
      const notice = { ...reference.stages.notice, ...count };
      const report = { ...reference.stages.report, electronicBy };
      const plan: Plan = { ...reference, stages: { ...reference.stages, notice, report } };
      const due = reportDueAt("Asia/Shanghai", electronicBy);
      const latest = latestPublicationDayOf(plan);
      const next = dayPeriodOf(notice, notice.days, "Asia/Shanghai", latest.day.add({ days: 1 }));
      expect(Temporal.Instant.compare(latest.period.endsAt, due)).toBeLessThanOrEqual(0);
      expect(Temporal.Instant.compare(next.endsAt, due)).toBe(1);
      expect(isWorkingDay(latest.workingDay)).toBe(true);
      expect(latest.slackHours).toBeGreaterThanOrEqual(0);
    }),
  );
});
