import type { Plan } from "../plan/plan.ts";

/** Corrections that must be finished before a teacher can register (Notice §三(一): 教师档案清理或教师资格证书信息更正尚未完成). */
const ofTheNotice = [
  { code: "certificate-correction", text: "证书更正" },
  { code: "file-clearing", text: "档案清理" },
] as const;

export type ParkingRefusal = { code: "parking.since-wrong"; to: string; field: "since" };

/** Reasons for parking a teacher: the notice's, and those of the plan. */
export function parkingKindsOf(plan: Pick<Plan, "reasons">): { code: string; text: string }[] {
  const added = plan.reasons.filter(({ use }) => use.includes("park")).map(({ code, text }) => ({ code, text }));
  return [...ofTheNotice, ...added.filter(({ code }) => !ofTheNotice.some((known) => known.code === code))];
}

/** Refuses a start of waiting in the future. */
export function parkingRefusalOf(since: string, today: Temporal.PlainDate): ParkingRefusal | undefined {
  return Temporal.PlainDate.compare(Temporal.PlainDate.from(since), today) > 0
    ? { code: "parking.since-wrong", to: today.toString(), field: "since" }
    : undefined;
}

/** Number of days that somebody has waited; 0 on the first day. */
export function daysWaitedOf(since: string, today: Temporal.PlainDate): number {
  return Math.max(0, Temporal.PlainDate.from(since).until(today).days);
}
