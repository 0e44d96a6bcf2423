import { applicationOf, apply, mustBeRefused, submit } from "./apply.ts";
import { insideWindow } from "./calendar.ts";
import { later, moveTo } from "./clock.ts";
import { noteSilence, seeWhoWouldLapse } from "./lapsing.ts";
import { reasonFor } from "./reasons.ts";
import { answer, check, enterRoster, giveBack, supplySheets } from "./school-desk.ts";
import type { Stagehand } from "./stagehand.ts";
import type { Teacher } from "./teachers.ts";
import { together } from "./together.ts";
import type { District, School, World } from "./world.ts";

/** Online applications day by day, with the confirmation desk at the same time (Notice §三(一), §三(二)). */
export async function applicationsAndConfirmation(hand: Stagehand): Promise<void> {
  const { world, timetable, teachers, atOnce } = hand;
  const bySchool = Map.groupBy(teachers, (teacher) => teacher.school);
  await moveTo(world, timetable.applyDays[0] ?? timetable.opensAt("apply"));
  await together([...bySchool], atOnce, ([school, own]) => enterRoster(world, school, own));

  await probeNightly(hand);
  const applying = teachers.filter((teacher) => teacher.story !== "never-applied");
  // Half of the people come in the last quarter of the days, as in reality.
  const days = timetable.applyDays;
  const byDay = Map.groupBy(applying, (teacher) => applyingDayOf(teacher.index, days.length));
  for (const [day, at] of days.entries()) {
    const today = byDay.get(day) ?? [];
    if (today.length === 0) continue;
    await moveTo(world, at);
    await together(today, atOnce, (teacher) => apply(world, teacher));
    hand.say(`网上报名 ${at.toZonedDateTimeISO(world.plan.timeZone).toPlainDate()}：${today.length}人`);
  }
  await probeLastSecond(hand);
  await desk(hand);
  await together(
    teachers.filter(({ story }) => story === "late"),
    atOnce,
    async (teacher) => {
      await mustBeRefused(() => submit(world, teacher), "window.closed");
    },
  );
  await seeWhoWouldLapse(hand);
  const { lapsed } = await moveTo(world, timetable.endsAt("confirm"));
  hand.say(`现场确认结束：视为自动放弃或未提交${lapsed}人`);
  await noteSilence(hand);
}

function applyingDayOf(index: number, days: number): number {
  const share = ((index * 7919) % 1000) / 1000;
  return Math.min(days - 1, Math.floor(days * (1 - share * share * 0.9)));
}

/** At 06:59:59.999 the window is closed: checks the window and a submission. */
async function probeNightly({ world, timetable, teachers }: Stagehand): Promise<void> {
  const late = teachers.find(({ story }) => story === "late");
  const [first] = timetable.applyDays;
  if (late === undefined || first === undefined) return;
  const before = timetable.opensAt("apply").subtract({ milliseconds: 1 });
  const window = await world.anyone.campaigns.getWindow({
    campaign: world.campaign,
    stage: "apply",
    at: before.toString(),
  });
  if (window.open) throw new Error("the stage is open before its opening time");
}

/** One teacher submits in the last millisecond, another one millisecond later. */
async function probeLastSecond({ world, timetable, teachers }: Stagehand): Promise<void> {
  const end = timetable.endsAt("apply");
  const inTime = teachers.find(({ story, application }) => story === "ordinary" && application !== undefined);
  if (inTime !== undefined) {
    const { campaign } = world;
    const application = applicationOf(inTime);
    await moveTo(world, end.subtract({ milliseconds: 1 }));
    await inTime.client.applicant.recall({ campaign, application });
    await inTime.client.applicant.submit({
      campaign,
      application,
      undertaking: "honesty-1",
      privacyNotice: "privacy-1",
    });
    await moveTo(world, end);
    await mustBeRefused(() => inTime.client.applicant.recall({ campaign, application }), "window.closed");
  }
  await moveTo(world, end);
}

/** The schools' last days: checks, returns and answers, confirmations, hand-over. */
async function desk(hand: Stagehand): Promise<void> {
  const { world, timetable, teachers, atOnce } = hand;
  const { campaign } = world;
  const confirmEnd = timetable.endsAt("confirm");
  // Applications may end before the confirmation or with it.
  const at = [timetable.endsAt("apply"), confirmEnd.subtract({ hours: 10 })].toSorted(Temporal.Instant.compare)[0];
  const inside = insideWindow(timetable, "confirm", at ?? confirmEnd);
  await moveTo(world, inside);
  const ofStory = (...names: Teacher["story"][]) => teachers.filter(({ story }) => names.includes(story));

  await together(ofStory("wrong-school"), atOnce, async (teacher) => {
    if (teacher.school.id === teacher.chosenSchool.id) return;
    await teacher.district.lead.client.cases.transfer({
      campaign,
      application: applicationOf(teacher),
      school: teacher.school.id,
      reason: "所选学校有误，转到编制所在学校",
    });
  });
  await together(ofStory("withdrawn"), atOnce, (teacher) =>
    teacher.client.applicant.withdraw({
      campaign,
      application: applicationOf(teacher),
      reason: "个人原因，参加下一批次",
    }),
  );
  await together(ofStory("refused"), atOnce, (teacher) =>
    teacher.school.clerk.client.confirmation.refuse({
      campaign,
      application: applicationOf(teacher),
      reasons: [reasonFor(world.plan, "refuse")],
      reason: "未能提供教师资格证书原件",
    }),
  );
  await together(ofStory("left"), atOnce, (teacher) =>
    teacher.school.clerk.client.confirmation.withdrawForTeacher({
      campaign,
      application: applicationOf(teacher),
      reasons: [reasonFor(world.plan, "withdraw")],
      reason: "已调离本校",
    }),
  );
  await together(ofStory("returned-once", "returned-twice", "unanswered-return"), atOnce, (teacher) =>
    giveBack(world, teacher),
  );
  await together(ofStory("returned-once", "returned-twice"), atOnce, (teacher) => answer(world, teacher));
  await together(ofStory("returned-twice"), atOnce, async (teacher) => {
    await giveBack(world, teacher);
    await answer(world, teacher);
  });

  const gone: Teacher["story"][] = [
    "unconfirmed",
    "late",
    "withdrawn",
    "refused",
    "left",
    "on-probation",
    "not-on-post",
    "never-applied",
    "unanswered-return",
  ];
  const due = teachers.filter(({ story }) => !gone.includes(story));
  await together(due, atOnce, (teacher) => check(world, teacher));
  const bySchool = Map.groupBy(due, (teacher) => teacher.school);
  await together([...bySchool], atOnce, async ([school, own]) => {
    await supplySheets(world, school, own);
    const { done, rows } = await school.clerk.client.confirmation.confirmMany({
      campaign,
      applications: own.map(applicationOf),
    });
    if (done < own.length) throw new Error(`not confirmed: ${JSON.stringify(rows.find(({ ok }) => !ok))}`);
  });
  await together(ofStory("withdrawn-after-confirmation"), atOnce, (teacher) => withdrawConfirmed(world, teacher));
  hand.say(`现场确认：${due.length}人`);
}

/** Needs the school's consent, because the school holds the papers. */
async function withdrawConfirmed(world: World, teacher: Teacher): Promise<void> {
  const { campaign } = world;
  const application = applicationOf(teacher);
  const withdraw = () => teacher.client.applicant.withdraw({ campaign, application, reason: "本人调动，不再参加" });
  await mustBeRefused(withdraw, "withdrawal.not-released");
  await teacher.client.applicant.askWithdrawal({ campaign, application, reason: "本人调动，不再参加" });
  await teacher.school.clerk.client.confirmation.releaseWithdrawal({ campaign, application });
  await withdraw();
}

/** Confirmed cases go to the district with a manifest (Notice §三(二)). */
export async function handOver(hand: Stagehand): Promise<void> {
  const { world, teachers, atOnce, timetable } = hand;
  await moveTo(world, insideWindow(timetable, "preliminary", later(timetable.opensAt("preliminary"), { hours: 9 })));
  const schools = [...new Map(teachers.map(({ school }) => [school.clerk.client, school])).values()];
  await together(schools, atOnce, async (school: School) => {
    const { client } = school.clerk;
    let after: string | undefined;
    const confirmed: string[] = [];
    do {
      const page = await client.cases.listQueue({
        campaign: world.campaign,
        state: "confirmed",
        limit: 500,
        ...(after === undefined ? {} : { after }),
      });
      confirmed.push(...page.items.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    if (confirmed.length === 0) return;
    const { outcome } = await client.confirmation.handOver({ campaign: world.campaign, applications: confirmed });
    if (outcome.refused > 0) throw new Error(`not handed over: ${JSON.stringify(outcome.rows.find(({ ok }) => !ok))}`);
  });
  await together(world.districts, atOnce, async ({ lead, reviewer }) => {
    const { items } = await lead.client.preliminary.listManifests({ campaign: world.campaign, limit: 500 });
    for (const [at, { id: manifest }] of items.entries()) {
      if (at === 0) await receiveBagByBag(world, { lead, reviewer }, manifest);
      else await lead.client.preliminary.receiveManifest({ campaign: world.campaign, manifest });
    }
  });
  hand.say(`报送区县：${schools.length}个确认点`);
}

/** Checks every bag; one is incomplete and its rest comes later; then the receipt is closed. */
async function receiveBagByBag(
  { campaign }: World,
  { lead, reviewer }: Pick<District, "lead" | "reviewer">,
  manifest: string,
): Promise<void> {
  const { preliminary } = reviewer.client;
  const { items } = await preliminary.getManifest({ campaign, manifest });
  for (const [at, { application }] of items.entries()) {
    const found =
      at === 0 ? { outcome: "differs" as const, difference: "缺申请表一份" } : { outcome: "received" as const };
    await preliminary.settleItems({ campaign, manifest, rows: [{ application, ...found }] });
  }
  const closed = await lead.client.preliminary.closeReceipt({ campaign, manifest });
  const [short] = closed.items;
  if (short === undefined || closed.outstanding !== 1)
    throw new Error("the receipt does not show exactly one incomplete bag");
  const { outstanding } = await preliminary.supplementItem({ campaign, manifest, application: short.application });
  if (outstanding !== 0) throw new Error("the bag delivered later is still outstanding");
}
