import type { Plan } from "@shice/rules/plan/plan.ts";
import type pg from "pg";
import { timetableOf } from "./calendar.ts";
import { applicationsAndConfirmation, handOver } from "./campaign-acts.ts";
import { moveTo, nowOf } from "./clock.ts";
import { preliminary } from "./decisions.ts";
import { archive, mark } from "./ending.ts";
import { countDays, countSteps, type DayOfActs, type Step } from "./figures.ts";
import { checkInvariants, type Invariant } from "./invariants.ts";
import { type Measure, startMeasure } from "./measure.ts";
import { close, firstNotice, publish } from "./notices.ts";
import { countOutcomes, type OutcomeTable } from "./outcomes.ts";
import type { Stagehand } from "./stagehand.ts";
import { inventTeachers } from "./teachers.ts";
import { approveAll, conclude, extendLate, probeReviewBefore, report, review, sealSamples } from "./upward.ts";
import { buildWorld, clientFor } from "./world.ts";

export interface RehearsalResult {
  plan: string;
  seed: number;
  teachers: number;
  outcomes: Record<string, number>;
  byArea: OutcomeTable;
  invariants: Invariant[];
  refusals: Record<string, number>;
  calls: Record<string, { calls: number; p50Ms: number; p99Ms: number; maxMs: number }>;
  requests: number;
  seconds: number;
  /** Peak memory of this process (server and rehearsal together) in megabytes. */
  peakMemoryMb: number;
  /** One example of a refusal's sentence, by code. */
  sentences: Record<string, string>;
  steps: Step[];
  byDay: DayOfActs[];
}

/**
 * Takes invented teachers through a whole campaign, from online application to archived file, by the plan's calendar
 * and only through the HTTP API. Then checks the invariants, from the database and from outside.
 */
export async function rehearse(setting: {
  url: string;
  /** Reads the database as its owner, only for the invariants. */
  database: pg.Pool;
  plan: Plan;
  firstInvitation: string;
  teachers: number;
  seed: number;
  say(line: string): void;
  /** Sends requests; if absent, each is sent once. */
  measure?: Measure;
  /** Set if the program may be killed and lose its stored mails: then addresses are not proved. */
  mailsMayBeLost?: boolean;
  /** Called when the offices are staffed and people begin to act. Awaited before the checks. */
  onActs?(): void;
  onChecks?(): Promise<void>;
}): Promise<RehearsalResult> {
  const { plan, seed, say } = setting;
  const begun = performance.now();
  const { measure = startMeasure(), mailsMayBeLost = false } = setting;
  const timetable = timetableOf(plan);
  const first = Temporal.PlainDate.from(plan.issuedOn).toZonedDateTime({ timeZone: plan.timeZone, plainTime: "09:00" });
  // The offices are staffed on the day of the notice, because a post counts from its grant.
  await clientFor(setting.url, measure).training.setClock({ at: first.toInstant().toString() });
  const world = await buildWorld({ ...setting, measure, mailsMayBeLost });
  setting.onActs?.();
  say(
    `机构：${world.districts.length}个区县，${world.districts.reduce((sum, { schools }) => sum + schools.length + 1, 0)}所学校`,
  );
  const teachers = inventTeachers(world, seed, setting.teachers);
  const hand: Stagehand = { world, timetable, teachers, atOnce: 8, say };

  await applicationsAndConfirmation(hand);
  await handOver(hand);
  await preliminary(hand);
  const notices = await firstNotice(hand);
  // Cases with an upheld objection are published again while the first list is still on notice.
  const again = await publish(hand);
  await probeReviewBefore(hand);
  await close(hand, notices);
  const samples = await sealSamples(hand);
  await report(hand);
  await review(hand, samples);
  // Changed conclusions are also published again; both notices close after the first final decision.
  const changed = [...again, ...(await publish(hand))];
  await moveTo(world, inFinal(hand));
  await conclude(hand, `${plan.year}年第1号`);
  const stock = await mark(hand, undefined);
  await archive(hand, 1);

  await laterList(hand, changed);
  await mark(hand, stock);
  await archive(hand, 2);
  await world.manager.client.campaigns.closeCampaign({ campaign: world.campaign });

  await setting.onChecks?.();
  const { outcomes, byArea } = await countOutcomes(setting.database, world, teachers);
  const invariants = await checkInvariants(setting.database, world, teachers);
  return {
    plan: plan.key,
    seed,
    teachers: teachers.length,
    outcomes,
    byArea,
    invariants,
    refusals: measure.refusals(),
    calls: measure.calls(),
    requests: measure.requests(),
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    sentences: measure.sentences(),
    steps: await countSteps(setting.database, teachers.length),
    byDay: await countDays(setting.database, plan),
  };
}

function inFinal({ timetable }: Stagehand): Temporal.Instant {
  return timetable.opensAt("final").add({ hours: 10 });
}

/** A later list: its notices close, and reports, re-review and decision follow under the granted extensions. */
async function laterList(hand: Stagehand, notices: Awaited<ReturnType<typeof publish>>): Promise<void> {
  if (notices.length === 0) return;
  const { world } = hand;
  const ends = notices
    .map(({ endsAt }) => endsAt)
    .toSorted(Temporal.Instant.compare)
    .at(-1);
  if (ends === undefined) return;
  await extendLate(hand, (await nowOf(world)).add({ hours: 30 * 24 }));
  await close(hand, notices);
  await moveTo(world, (await nowOf(world)).add({ hours: 10 }));
  await report(hand);
  await approveAll(hand);
  await conclude(hand, `${world.plan.year}年第2号`);
}
