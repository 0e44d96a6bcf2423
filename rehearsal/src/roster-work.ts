import { calendarOf, openDaysOf } from "@shice/rules/calendar/window.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import type { School, World } from "./world.ts";

/** Minimum number of people for a batch. */
const worthABatch = 3;

/**
 * A school's work on its roster some weeks into a campaign: it marks those who applied as seen, announces a batch for
 * those who have not, and parks one who waits for a certificate (Notice §三(一): 可以分批组织注册).
 */
export async function workOnRoster(world: World, school: School, now: Temporal.Instant): Promise<void> {
  const { campaign, plan } = world;
  const { roster } = school.clerk.client;
  const of = { campaign, school: school.id };
  const applied = await roster.listRoster({ ...of, applied: "yes", limit: 500 });
  if (applied.items.length > 1) {
    const entries = applied.items.slice(1).map(({ id }) => id);
    await roster.markSeen({ campaign, selection: { entries } });
  }
  const [waiting, ...others] = (await roster.listRoster({ ...of, owing: "yes", limit: 500 })).items;
  const plannedOn = batchDayOf(plan, now);
  if (waiting === undefined || others.length < worthABatch || plannedOn === undefined) return;
  const { id: batch } = await roster.addBatch({
    ...of,
    name: "第一批",
    plannedOn,
    fromHour: "09:00",
    toHour: "11:30",
    place: "行政楼二楼会议室",
  });
  await roster.assignBatch({ campaign, batch, selection: { entries: others.map(({ id }) => id) } });
  await roster.announceBatch({ campaign, batch });
  const since = Temporal.PlainDate.from(plan.issuedOn).toString();
  const missing = "证书姓名与身份证不一致，已向发证机关申请更正";
  await roster.park({ campaign, entries: [waiting.id], kind: "certificate-correction", missing, since });
}

/** A day of confirmation a week ahead, or the next one; undefined if the confirmation ends before. */
function batchDayOf(plan: Plan, now: Temporal.Instant): string | undefined {
  const wanted = now.toZonedDateTimeISO(plan.timeZone).toPlainDate().add({ days: 7 });
  return openDaysOf(calendarOf(plan), "confirm")
    .find((day) => Temporal.PlainDate.compare(day, wanted) >= 0)
    ?.toString();
}
