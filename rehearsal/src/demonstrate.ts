import { endOfStage } from "@shice/rules/calendar/window.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { applicationOf, apply, fillInFor } from "./apply.ts";
import { timetableOf } from "./calendar.ts";
import { moveTo } from "./clock.ts";
import { startMeasure } from "./measure.ts";
import { reasonFor } from "./reasons.ts";
import { workOnRoster } from "./roster-work.ts";
import { check, enterRoster, giveBack, supplySheets } from "./school-desk.ts";
import { inventTeachers, type Teacher } from "./teachers.ts";
import { together } from "./together.ts";
import { buildWorld, clientFor, type World } from "./world.ts";

const atOnce = 8;

/** A teacher's progress when the demonstration begins. */
type Point =
  | "not-yet"
  | "assisted"
  | "draft"
  | "submitted"
  | "returned"
  | "refused"
  | "withdrawn"
  | "confirmed"
  | "handed-over";

/**
 * Fills the demonstration: a running campaign up to the given instant, with everybody's progress by then. The people
 * themselves do all of it through the HTTP API, on the days of the plan.
 */
export async function demonstrate(setting: {
  url: string;
  plan: Plan;
  firstInvitation: string;
  teachers: number;
  seed: number;
  until: Temporal.Instant;
  /** The published notice in Markdown, as its manager would enter it. */
  notice?: string | undefined;
  progress(done: number, total: number): void;
  /** Aborts the filling. */
  signal?: AbortSignal | undefined;
}): Promise<void> {
  const { plan, seed, until, progress } = setting;
  const measure = startMeasure(setting.signal);
  const first = Temporal.PlainDate.from(plan.issuedOn).toZonedDateTime({ timeZone: plan.timeZone, plainTime: "09:00" });
  await clientFor(setting.url, measure).training.setClock({ at: first.toInstant().toString() });
  progress(0, setting.teachers);
  const world = await buildWorld({ ...setting, measure });
  await hireAdministrators(world);
  await enterTexts(world, setting.notice);
  const teachers = inventTeachers(world, seed, setting.teachers);
  const { applyDays } = timetableOf(plan);
  const days = applyDays.filter((at) => Temporal.Instant.compare(at, until) < 0);
  const [opening] = days;
  if (opening === undefined) throw new Error("the demonstration begins before the application opens");
  await moveTo(world, opening);
  const bySchool = Map.groupBy(teachers, ({ school }) => school);
  await together([...bySchool], atOnce, ([school, own]) => enterRoster(world, school, own));

  const points = new Map(teachers.map((teacher) => [teacher, pointOf(teacher)]));
  const at = (...wanted: Point[]) => teachers.filter((teacher) => wanted.includes(points.get(teacher) ?? "not-yet"));
  const applying = teachers.filter((teacher) => points.get(teacher) !== "not-yet");
  let done = teachers.length - applying.length;
  const byDay = Map.groupBy(applying, ({ index }) => (index * 7919) % days.length);
  for (const [day, moment] of days.entries()) {
    const today = byDay.get(day) ?? [];
    if (today.length === 0) continue;
    await moveTo(world, moment);
    await together(today, atOnce, async (teacher) => {
      // The school filled in, and the teacher has not checked it yet.
      if (points.get(teacher) === "assisted") teacher.application = await fillInFor(world, teacher);
      // A teacher who only drafts stops here, as late teachers do in a rehearsal.
      else
        await apply(world, points.get(teacher) === "draft" ? { ...teacher, story: "late" } : teacher, (started) => {
          teacher.application = started;
        });
      done += 1;
      if (done % 10 === 0) progress(done, teachers.length);
    });
  }
  await desk(world, at);
  await together([...bySchool.keys()], atOnce, (school) => workOnRoster(world, school, until));
  await moveTo(world, until);
  progress(teachers.length, teachers.length);
}

/** Enters the campaign's texts, as its manager would. */
async function enterTexts({ campaign, manager }: World, notice: string | undefined): Promise<void> {
  const { campaigns } = manager.client;
  if (notice !== undefined) await campaigns.setText({ campaign, kind: "notice", text: notice });
  const attention =
    "现场确认由本校经办人集中办理，具体日期和地点以学校通知为准。\n\n不能到场的，请提前与学校经办人联系，约定时间。";
  await campaigns.setText({ campaign, kind: "attention", text: attention });
}

/** Offices that a rehearsal does not need: security policy and audit have roles of their own. */
async function hireAdministrators(world: World): Promise<void> {
  const bodies = await world.anyone.organisations.listBodies({ campaign: world.campaign });
  const final = bodies.find(({ part }) => part === "final");
  if (final === undefined) throw new Error("the plan lacks a body");
  await world.hire("security-administrator", final.id);
}

/** The schools' first weeks: some cases returned or refused, the early ones confirmed, a few handed over. */
async function desk(world: World, at: (...points: Point[]) => Teacher[]): Promise<void> {
  const { campaign } = world;
  await together(at("withdrawn"), atOnce, (teacher) =>
    teacher.client.applicant.withdraw({
      campaign,
      application: applicationOf(teacher),
      reason: "个人原因，参加下一批次",
    }),
  );
  await together(at("refused"), atOnce, (teacher) =>
    teacher.school.clerk.client.confirmation.refuse({
      campaign,
      application: applicationOf(teacher),
      reasons: [reasonFor(world.plan, "refuse")],
      reason: "未能提供教师资格证书原件",
    }),
  );
  await together(at("returned"), atOnce, (teacher) => giveBack(world, teacher));
  const confirmed = at("confirmed", "handed-over");
  await together(confirmed, atOnce, (teacher) => check(world, teacher));
  await together([...Map.groupBy(confirmed, ({ school }) => school)], atOnce, async ([school, own]) => {
    await supplySheets(world, school, own);
    const { client } = school.clerk;
    await client.confirmation.confirmMany({ campaign, applications: own.map(applicationOf) });
    const leaving = at("handed-over").filter((teacher) => teacher.school.id === school.id);
    if (leaving.length > 0) await client.confirmation.handOver({ campaign, applications: leaving.map(applicationOf) });
  });
}

/** A story's progress at the beginning, by the teacher's number, so that every area shows a mixture. */
function pointOf({ story, index, school, chosenSchool }: Teacher): Point {
  switch (story) {
    case "never-applied":
      return "not-yet";
    case "assisted":
      return "assisted";
    case "late":
    case "on-probation":
    case "not-on-post":
      return "draft";
    case "refused":
    case "withdrawn":
      return story;
    case "returned-once":
    case "returned-twice":
    case "unanswered-return":
      return "returned";
    default: {
      // A third has not begun, as is usual three weeks before the end.
      const share = (index * 31) % 100;
      if (share < 30) return "not-yet";
      if (share < 40) return "draft";
      if (share < 68 || school.id !== chosenSchool.id) return "submitted";
      if (share < 72) return "returned";
      return share < 90 ? "confirmed" : "handed-over";
    }
  }
}

/**
 * The instant at which the demonstration begins: the morning after the first closure, or the second morning without
 * one.
 */
export function beginningOf(plan: Plan): Temporal.Instant {
  const { calendar, applyDays } = timetableOf(plan);
  const end = endOfStage(calendar, "apply");
  const [closure] = plan.closures
    .filter(({ stages }) => stages.includes("apply"))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const after =
    closure === undefined
      ? undefined
      : Temporal.PlainDate.from(closure.to)
          .add({ days: 1 })
          .toZonedDateTime({ timeZone: plan.timeZone, plainTime: "09:00" })
          .toInstant();
  const second = applyDays[1] ?? applyDays[0];
  if (after !== undefined && end !== undefined && Temporal.Instant.compare(after, end) < 0) return after;
  if (second === undefined) throw new Error("the plan has too few days of application");
  return second;
}
