import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePlan } from "../plan/parse.ts";
import type { Plan } from "../plan/plan.ts";
import type { WindowedStage } from "../plan/stage.ts";
import { runsOf } from "../testing/size.ts";
import {
  calendarOf,
  type Extension,
  endOfStage,
  openDaysOf,
  openIntervalsOf,
  openMinutesOf,
  openTimeLeftOf,
  startOfStage,
  type WindowState,
  windowStateOf,
} from "./window.ts";

function readReferencePlan(): Plan {
  const file = new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);
  const { plan } = parsePlan(readFileSync(file, "utf8"));
  if (plan === undefined) {
    throw new Error("the reference plan cannot be read");
  }
  return plan;
}

const reference = readReferencePlan();
const calendar = calendarOf(reference);
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();

/** The window's state with local times, easy to compare with the notice. */
function stateText(state: WindowState) {
  const local = (instant: Temporal.Instant) => instant.toZonedDateTimeISO("Asia/Shanghai").toPlainDateTime().toString();
  if (state.open) {
    return `open until ${local(state.until)}`;
  }
  return state.opensAt === undefined ? state.why : `${state.why}, opens ${local(state.opensAt)}`;
}

test.each<[string, WindowedStage, string, string]>([
  ["N9", "apply", "2017-09-11T12:00", "not-yet, opens 2017-09-12T07:00:00"],
  ["N9", "apply", "2017-09-12T06:59:59.999", "not-yet, opens 2017-09-12T07:00:00"],
  ["N9", "apply", "2017-09-12T07:00", "open until 2017-09-13T00:00:00"],
  ["N10", "apply", "2017-09-12T23:59:59.999", "open until 2017-09-13T00:00:00"],
  ["N10", "apply", "2017-09-12T23:59:59.999999999", "open until 2017-09-13T00:00:00"],
  ["N10", "apply", "2017-09-13T00:00", "nightly, opens 2017-09-13T07:00:00"],
  ["N10", "apply", "2017-09-13T03:00", "nightly, opens 2017-09-13T07:00:00"],
  ["N11", "apply", "2017-09-30T23:59:59.999", "open until 2017-10-01T00:00:00"],
  ["N11", "apply", "2017-10-01T00:00", "closure, opens 2017-10-09T07:00:00"],
  ["N11", "apply", "2017-10-08T23:59:59.999", "closure, opens 2017-10-09T07:00:00"],
  ["N11", "apply", "2017-10-09T00:00", "nightly, opens 2017-10-09T07:00:00"],
  ["N11", "apply", "2017-10-18T12:00", "closure, opens 2017-10-25T07:00:00"],
  ["N11", "apply", "2017-10-24T12:00", "closure, opens 2017-10-25T07:00:00"],
  ["N9", "apply", "2017-11-02T23:59:59.999", "open until 2017-11-03T00:00:00"],
  ["N9", "apply", "2017-11-03T00:00", "over"],
  ["N20", "confirm", "2017-09-12T23:59:59.999", "not-yet, opens 2017-09-13T00:00:00"],
  ["N20", "confirm", "2017-09-13T00:00", "open until 2017-11-04T00:00:00"],
  ["N20: closures are of the online application only", "confirm", "2017-10-03T10:00", "open until 2017-11-04T00:00:00"],
  ["N20", "confirm", "2017-11-03T23:59:59.999", "open until 2017-11-04T00:00:00"],
  ["N20", "confirm", "2017-11-04T00:00", "over"],
  ["N31", "preliminary", "2017-11-05T23:59", "not-yet, opens 2017-11-06T00:00:00"],
  ["N31", "preliminary", "2017-11-10T23:59:59.999", "open until 2017-11-11T00:00:00"],
  ["N31", "preliminary", "2017-11-11T00:00", "over"],
  ["N37", "review", "2017-11-20T00:00", "open until 2017-11-23T00:00:00"],
  ["N37", "review", "2017-11-23T00:00", "over"],
  ["N38", "final", "2017-11-22T23:59:59.999", "not-yet, opens 2017-11-23T00:00:00"],
  ["N38", "final", "2017-11-24T12:00", "open until 2017-11-25T00:00:00"],
])("%s: %s at %s is %s", (_row, stage, moment, expected) => {
  expect(stateText(windowStateOf(calendar, stage, at(moment)))).toBe(expected);
});

test("N11: 37 open days and 629 open hours of online application remain", () => {
  expect(openDaysOf(calendar, "apply")).toHaveLength(37);
  expect(openMinutesOf(calendar, "apply") / 60).toBe(629);
});

test.each([
  ["before the first day", "2017-09-01T09:00", 37, 629],
  ["in the middle of a day, that day counts for its rest", "2017-10-09T09:30", 18, 303.5],
  ["in the night the next day is whole", "2017-10-10T03:00", 17, 289],
  ["in a closure", "2017-10-20T12:00", 9, 153],
  ["in the last minute", "2017-11-02T23:59", 1, 1 / 60],
  ["when it is over", "2017-11-03T00:00", 0, 0],
])("N11: open time left %s", (_, moment, days, hours) => {
  const left = openTimeLeftOf(calendar, "apply", at(moment));
  expect(left.days).toBe(days);
  expect(left.minutes / 60).toBeCloseTo(hours, 6);
});

test("N20: confirmation is open while applications are open", () => {
  const applying = openDaysOf(calendar, "apply").map(String);
  const confirming = new Set(openDaysOf(calendar, "confirm").map(String));
  expect(applying.filter((day) => !confirming.has(day))).toEqual(["2017-09-12"]);
});

test("N9: the application stage ends at 24:00 of 2 November", () => {
  expect(startOfStage(calendar, "apply")).toEqual(at("2017-09-12T07:00"));
  expect(endOfStage(calendar, "apply")).toEqual(at("2017-11-03T00:00"));
});

test("a plan is compiled once", () => {
  expect(calendarOf(reference)).toBe(calendar);
});

const extend = (from: string, until: string, stage: WindowedStage = "apply"): Extension => ({
  stage,
  from: at(from),
  until: at(until),
});

test("an extension that adjoins the window continues it, round the clock", () => {
  const extended = calendarOf(reference, [extend("2017-11-03T00:00", "2017-11-05T12:00")]);
  expect(stateText(windowStateOf(extended, "apply", at("2017-11-02T20:00")))).toBe("open until 2017-11-05T12:00:00");
  expect(stateText(windowStateOf(extended, "apply", at("2017-11-04T03:00")))).toBe("open until 2017-11-05T12:00:00");
  expect(endOfStage(extended, "apply")).toEqual(at("2017-11-05T12:00"));
  expect(stateText(windowStateOf(calendarOf(reference), "apply", at("2017-11-04T03:00")))).toBe("over");
});

test("before an extension after a gap the stage is between windows; other stages do not change", () => {
  const extended = calendarOf(reference, [extend("2017-11-06T09:00", "2017-11-06T18:00")]);
  expect(stateText(windowStateOf(extended, "apply", at("2017-11-04T12:00")))).toBe(
    "between, opens 2017-11-06T09:00:00",
  );
  expect(stateText(windowStateOf(extended, "apply", at("2017-11-06T18:00")))).toBe("over");
  expect(openIntervalsOf(extended, "confirm")).toBe(openIntervalsOf(calendar, "confirm"));
});

test("an extension opens a closure; overlapping and empty extensions change nothing else", () => {
  const extended = calendarOf(reference, [
    extend("2017-10-02T08:00", "2017-10-02T12:00"),
    extend("2017-10-02T10:00", "2017-10-02T18:00"),
    extend("2017-10-05T10:00", "2017-10-05T10:00"),
    extend("2017-10-06T10:00", "2017-10-05T10:00"),
  ]);
  expect(stateText(windowStateOf(extended, "apply", at("2017-10-02T09:00")))).toBe("open until 2017-10-02T18:00:00");
  expect(stateText(windowStateOf(extended, "apply", at("2017-10-05T10:00")))).toBe(
    "closure, opens 2017-10-09T07:00:00",
  );
  expect(openDaysOf(extended, "apply")).toHaveLength(38);
});

test("a day with two extensions counts once", () => {
  const extended = calendarOf(reference, [
    extend("2017-11-06T09:00", "2017-11-06T10:00"),
    extend("2017-11-06T11:00", "2017-11-07T10:00"),
  ]);
  expect(openDaysOf(extended, "apply").slice(-2).map(String)).toEqual(["2017-11-06", "2017-11-07"]);
});

test("a stage that the plan lacks is reported as such, even with an extension", () => {
  const { review: _review, ...stages } = reference.stages;
  const without: Plan = { ...reference, stages };
  const state = windowStateOf(
    calendarOf(without, [extend("2017-11-20T00:00", "2017-11-21T00:00", "review")]),
    "review",
    at("2017-11-20T12:00"),
  );
  expect(state).toEqual({ open: false, why: "no-such-stage" });
  expect(endOfStage(calendarOf(without), "review")).toBeUndefined();
});

test("a stage with several windows reports the gap between them", () => {
  const apply = {
    ...reference.stages.apply,
    windows: [
      { from: "2017-09-12", to: "2017-09-13" },
      { from: "2017-09-20", to: "2017-09-20" },
    ],
  };
  const several = calendarOf({ ...reference, stages: { ...reference.stages, apply } });
  expect(stateText(windowStateOf(several, "apply", at("2017-09-15T12:00")))).toBe("between, opens 2017-09-20T07:00:00");
});

const epoch = at("2024-02-01T00:00");
const dayRange = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 15 })).map(([start, length]) => {
  const from = Temporal.PlainDate.from("2024-02-10").add({ days: start });
  return { from: from.toString(), to: from.add({ days: length }).toString() };
});
const hours = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 2, maxLength: 2 })
  .map((halves) =>
    halves.toSorted((a, b) => a - b).map((half) => `${String(half >>> 1).padStart(2, "0")}:${half % 2 ? "30" : "00"}`),
  )
  .map(([from = "", to = ""]) => ({ from, to }));
const instant = fc
  .integer({ min: 0, max: 100 * 24 * 60 * 60 * 1000 })
  .map((milliseconds) => epoch.add({ milliseconds }));
const extension = fc
  .tuple(instant, fc.integer({ min: 0, max: 3 * 24 * 60 }))
  .map(([from, minutes]): Extension => ({ stage: "apply", from, until: from.add({ minutes }) }));
const zone = fc.constantFrom("Asia/Shanghai", "UTC", "America/New_York");
const anyCase = fc.record({
  windows: fc.array(dayRange, { minLength: 1, maxLength: 3 }),
  hours: fc.oneof(hours, fc.constant({ from: "00:00", to: "24:00" })),
  closures: fc.array(dayRange, { maxLength: 3 }),
  extensions: fc.array(extension, { maxLength: 3 }),
  timeZone: zone,
});
type AnyCase = typeof anyCase extends fc.Arbitrary<infer Value> ? Value : never;

function caseCalendar({ windows, hours: daily, closures, extensions, timeZone }: AnyCase) {
  const plan: Plan = {
    ...reference,
    timeZone,
    stages: { ...reference.stages, apply: { windows, hours: daily, source: "三（一）" } },
    closures: closures.map((closure) => ({ ...closure, stages: ["apply"], source: "三（一）" })),
  };
  return calendarOf(plan, extensions);
}

test("for any windows: an open stage closes exactly at `until`, a closed one opens exactly at `opensAt`", () => {
  fc.assert(
    fc.property(anyCase, instant, fc.double({ min: 0, max: 1, noNaN: true }), (anyone, now, part) => {
      const calendar = caseCalendar(anyone);
      const state = windowStateOf(calendar, "apply", now);
      const edge = state.open ? state.until : state.opensAt;
      if (edge === undefined) {
        expect(state).toEqual({ open: false, why: "over" });
        const later = now.add({ hours: Math.floor(part * 5000) });
        expect(windowStateOf(calendar, "apply", later)).toEqual(state);
        return;
      }
      expect(Temporal.Instant.compare(now, edge)).toBe(-1);
      const between = now.add({ milliseconds: Math.floor(part * (edge.epochMilliseconds - now.epochMilliseconds)) });
      for (const before of [edge.subtract({ nanoseconds: 1 }), between]) {
        if (Temporal.Instant.compare(before, edge) < 0) {
          const meanwhile = windowStateOf(calendar, "apply", before);
          expect(meanwhile.open).toBe(state.open);
          expect((meanwhile.open ? meanwhile.until : meanwhile.opensAt)?.equals(edge)).toBe(true);
        }
      }
      expect(windowStateOf(calendar, "apply", edge).open).toBe(!state.open);
    }),
    { numRuns: runsOf(500) },
  );
});

test("for any windows a stage is open if in a window, not closed and within the hours, or extended", () => {
  fc.assert(
    fc.property(anyCase, instant, (anyone, now) => {
      const local = now.toZonedDateTimeISO(anyone.timeZone);
      const day = local.toPlainDate().toString();
      const time = local.toPlainTime().toString();
      const covers = ({ from, to }: { from: string; to: string }) => from <= day && day <= to;
      const inHours = anyone.hours.from <= time.slice(0, 5) && time.slice(0, 5) < anyone.hours.to;
      const planned = anyone.windows.some(covers) && !anyone.closures.some(covers) && inHours;
      const extended = anyone.extensions.some(
        ({ from, until }) => Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, until) < 0,
      );
      expect(windowStateOf(caseCalendar(anyone), "apply", now).open).toBe(planned || extended);
    }),
    { numRuns: runsOf(500) },
  );
});

test("for any windows, intervals are disjoint and in order, and days and minutes agree with them", () => {
  fc.assert(
    fc.property(anyCase, (anyone) => {
      const calendar = caseCalendar(anyone);
      const intervals = openIntervalsOf(calendar, "apply");
      for (const [index, interval] of intervals.entries()) {
        expect(Temporal.Instant.compare(interval.from, interval.until)).toBe(-1);
        const next = intervals[index + 1];
        expect(next === undefined || Temporal.Instant.compare(interval.until, next.from) < 0).toBe(true);
      }
      const days = openDaysOf(calendar, "apply").map(String);
      expect(days).toEqual([...new Set(days)].toSorted());
      expect(openMinutesOf(calendar, "apply")).toBeLessThanOrEqual(days.length * 25 * 60);
      expect(days.length > 0).toBe(openMinutesOf(calendar, "apply") > 0);
    }),
  );
});

test("for any windows, elapsed and remaining time add up to the whole, and nothing remains after the end", () => {
  fc.assert(
    fc.property(anyCase, instant, (anyone, moment) => {
      const some = caseCalendar(anyone);
      const whole = openMinutesOf(some, "apply");
      const left = openTimeLeftOf(some, "apply", moment);
      const gone = openIntervalsOf(some, "apply").reduce((sum, { from, until }) => {
        const end = Temporal.Instant.compare(until, moment) < 0 ? until : moment;
        return sum + Math.max(0, end.since(from).total("minutes"));
      }, 0);
      expect(left.minutes + gone).toBeCloseTo(whole, 3);
      expect(left.days === 0).toBe(left.minutes === 0);
      expect(left.days).toBeLessThanOrEqual(openDaysOf(some, "apply").length);
    }),
  );
});

test("the state of a window is found in microseconds", () => {
  const moments = Array.from({ length: 20_000 }, (_, index) => at("2017-09-10T00:00").add({ minutes: index * 4 }));
  const started = process.threadCpuUsage();
  for (const moment of moments) {
    windowStateOf(calendar, "apply", moment);
  }
  // Generous: it takes some 2 µs here. A search that recompiles the plan or walks the days takes a hundred times as
  // long. Processor time does not count what other programs do.
  const { user, system } = process.threadCpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(1000);
});
