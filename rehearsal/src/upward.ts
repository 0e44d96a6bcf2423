import { applicationOf } from "./apply.ts";
import { insideWindow } from "./calendar.ts";
import { later, moveTo } from "./clock.ts";
import { extend } from "./decisions.ts";
import { listAll } from "./notices.ts";
import { reasonForOpinion } from "./reasons.ts";
import type { Stagehand } from "./stagehand.ts";
import type { Teacher } from "./teachers.ts";
import { chunksOf, together } from "./together.ts";

/** The centre commits the seed of its sample before any report arrives. */
export async function sealSamples({ world }: Stagehand): Promise<Map<string, string>> {
  const samples = new Map<string, string>();
  for (const { id, reviewer } of world.centres) {
    const sample = await reviewer.client.review.commitSample({ campaign: world.campaign });
    samples.set(id, sample.id);
  }
  return samples;
}

/** The statistics table is filled in by one person, checked by another, and reported (Notice §三(三)). */
export async function report(hand: Stagehand): Promise<void> {
  const { world, atOnce } = hand;
  const { campaign } = world;
  const reported = await together(world.districts, atOnce, async ({ reviewer, lead }) => {
    if ((await listAll(lead, world, "noticed")).length === 0) return 0;
    const prepared = await reviewer.client.report.prepareReport({ campaign });
    const { outcome } = await lead.client.report.report({ campaign, report: prepared.id });
    if (outcome.refused > 0) throw new Error(`not reported: ${JSON.stringify(outcome.rows.find(({ ok }) => !ok))}`);
    return outcome.done;
  });
  hand.say(`上报：${reported.reduce((sum, count) => sum + count, 0)}人`);
}

/** Samples are drawn and checked, two cases returned, the rest approved (Notice §三(四)). */
export async function review(hand: Stagehand, samples: ReadonlyMap<string, string>): Promise<void> {
  const { world, teachers, timetable, atOnce } = hand;
  const { campaign } = world;
  if (world.centres.length === 0) return;
  await moveTo(world, insideWindow(timetable, "review", later(timetable.opensAt("review"), { hours: 10 })));
  for (const { id, reviewer } of world.centres) {
    const { client } = reviewer;
    const { items } = await client.report.listReports({ campaign, limit: 500 });
    for (const { id: one } of items) {
      await client.report.receivePaper({ campaign, report: one });
      await client.report.acceptReport({ campaign, report: one });
    }
    const sample = samples.get(id);
    if (sample === undefined || items.length === 0) continue;
    await client.review.drawSample({ campaign, sample });
    const drawn: string[] = [];
    let after: string | undefined;
    do {
      const page = await client.review.listSample({
        campaign,
        sample,
        limit: 500,
        ...(after === undefined ? {} : { after }),
      });
      drawn.push(...page.items.map(({ application }) => application));
      after = page.next ?? undefined;
    } while (after !== undefined);
    for (const some of chunksOf(drawn, 1000)) {
      await client.review.recordSample({ campaign, sample, applications: some, outcome: "agrees" });
    }
    hand.say(`复审抽查：${drawn.length}件`);
  }
  const returned = teachers.filter(({ story }) => story === "centre-returned" || story === "centre-changed");
  await together(returned, atOnce, (teacher) => backAndForth(hand, teacher));
  await approveAll(hand);
}

async function backAndForth({ world }: Stagehand, teacher: Teacher): Promise<void> {
  const { campaign, plan } = world;
  const application = applicationOf(teacher);
  const centre = world.centres.find(({ id }) => id === teacher.district.reviewBody) ?? world.centres[0];
  await centre?.reviewer.client.review.returnToDistrict({ campaign, application, reason: "请核实培训学时" });
  const { client } = teacher.district.reviewer;
  if (teacher.story === "centre-returned") {
    await client.review.answerUnchanged({ campaign, application, reason: "经核实，培训学时符合要求" });
    return;
  }
  await client.review.decideAnew({
    campaign,
    application,
    conclusion: "defer",
    reasons: [reasonForOpinion(plan, "defer")],
    text: "经核实，培训学时不足",
  });
}

export async function approveAll({ world, atOnce }: Stagehand): Promise<void> {
  await together(world.centres, atOnce, async ({ reviewer }) => {
    for (const some of chunksOf(await listAll(reviewer, world, "reported"), 1000)) {
      const { refused, rows } = await reviewer.client.review.approveMany({
        campaign: world.campaign,
        applications: some,
      });
      if (refused > 0) throw new Error(`not approved: ${JSON.stringify(rows.find(({ ok }) => !ok))}`);
    }
  });
}

/** The commission concludes by list, under a number used only once (Notice §三(五)). */
export async function conclude(hand: Stagehand, number: string): Promise<void> {
  const { world } = hand;
  const { client } = world.commission;
  const applications = await listAll(world.commission, world, "reviewed");
  if (applications.length === 0) return;
  const { decision, outcome } = await client.decision.conclude({
    campaign: world.campaign,
    number,
    applications: applications.slice(0, 5000),
  });
  if (decision === null || outcome.refused > 0)
    throw new Error(`not concluded: ${JSON.stringify(outcome.rows.find(({ ok }) => !ok))}`);
  for (const [at, some] of chunksOf(applications.slice(5000), 5000).entries()) {
    await client.decision.conclude({ campaign: world.campaign, number: `${number}-${at + 2}`, applications: some });
  }
  hand.say(`终审：${applications.length}人，文号${number}`);
}

/** Extends the windows of late cases one by one, so that a later list can follow. */
export async function extendLate({ world, teachers, atOnce }: Stagehand, until: Temporal.Instant): Promise<void> {
  const late = teachers.filter(
    ({ story }) => story === "upheld" || (story === "centre-changed" && world.centres.length > 0),
  );
  await together(late, atOnce, async (teacher) => {
    if (world.centres.length > 0) await extend(world, teacher, "review", until);
    await extend(world, teacher, "final", until);
  });
}

/** Outside its window the review refuses everyone. */
export async function probeReviewBefore({ world, teachers }: Stagehand): Promise<void> {
  const teacher = teachers.find(({ story }) => story === "ordinary");
  const [centre] = world.centres;
  if (teacher === undefined || centre === undefined) return;
  const { rows } = await centre.reviewer.client.review.approveMany({
    campaign: world.campaign,
    applications: [applicationOf(teacher)],
  });
  if (rows[0]?.ok !== false) throw new Error("approved outside the window");
}
