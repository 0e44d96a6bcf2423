import { applicationOf } from "./apply.ts";
import { insideWindow } from "./calendar.ts";
import { later, moveTo } from "./clock.ts";
import { reasonFor, reasonForOpinion } from "./reasons.ts";
import { answer } from "./school-desk.ts";
import type { Stagehand } from "./stagehand.ts";
import type { Teacher } from "./teachers.ts";
import { chunksOf, together } from "./together.ts";
import type { District, World } from "./world.ts";

/** Stories that end before the district. */
const before: readonly Teacher["story"][] = [
  "unconfirmed",
  "late",
  "withdrawn",
  "withdrawn-after-confirmation",
  "refused",
  "left",
  "on-probation",
  "not-on-post",
  "never-applied",
  "unanswered-return",
];

function reachedDistrict(teacher: Teacher): boolean {
  return !before.includes(teacher.story);
}

/** The district's first opinion in each story. */
function firstConclusionOf({ story }: Teacher): "pass" | "defer" | "fail" {
  if (story === "hours-short" || story === "one-failed") return "defer";
  return story === "two-failed" || story === "ethics" ? "fail" : "pass";
}

/** The districts check their cases, send some back and give opinions (Notice §三(三)). */
export async function preliminary(hand: Stagehand): Promise<void> {
  const { world, teachers, atOnce, timetable } = hand;
  const { campaign } = world;
  await moveTo(world, insideWindow(timetable, "preliminary", later(timetable.opensAt("preliminary"), { hours: 12 })));
  const here = teachers.filter(reachedDistrict);
  await together(
    here.filter(({ story }) => story === "sent-back" || story === "passed-on"),
    atOnce,
    (teacher) => sendBack(world, teacher),
  );
  await together(here, atOnce, (teacher) =>
    teacher.district.reviewer.client.preliminary.recordFacts({
      campaign,
      application: applicationOf(teacher),
      ethics: teacher.story === "ethics" ? ("breached" as const) : ("met" as const),
      fit: true,
    }),
  );
  await together([...Map.groupBy(here, ({ district }) => district)], atOnce, async ([district, own]) => {
    for (const [conclusion, those] of Map.groupBy(own, firstConclusionOf))
      await decideMany(world, district, those, conclusion);
  });
  hand.say(`初审：${here.length}人`);
}

async function decideMany(
  world: World,
  district: District,
  those: readonly Teacher[],
  conclusion: string,
): Promise<void> {
  for (const some of chunksOf(those, 1000)) {
    const { refused, rows } = await district.reviewer.client.preliminary.decideMany({
      campaign: world.campaign,
      applications: some.map(applicationOf),
      conclusion,
      reasons: [reasonForOpinion(world.plan, conclusion)],
      text: "经审核作出上述初审意见",
    });
    if (refused > 0) throw new Error(`not decided: ${JSON.stringify(rows.find(({ ok }) => !ok))}`);
  }
}

/** The district asks through the school. The school hands over again or passes the question to the teacher. */
async function sendBack(world: World, teacher: Teacher): Promise<void> {
  const { campaign, plan } = world;
  const application = applicationOf(teacher);
  const { clerk } = teacher.school;
  const reasons = [reasonFor(plan, "send-back", "field:address")];
  await teacher.district.reviewer.client.preliminary.sendBack({
    campaign,
    application,
    reasons,
    text: "请补正后再次报送。",
  });
  if (teacher.story === "passed-on") {
    await clerk.client.confirmation.passOnReturn({ campaign, application, reasons, text: "请核对通信地址。" });
    await answer(world, teacher);
  }
  const { outcome } = await clerk.client.confirmation.handOverAgain({ campaign, applications: [application] });
  if (outcome.done !== 1) throw new Error(`not handed over again: ${JSON.stringify(outcome.rows[0])}`);
}

/** Later decisions on single cases, each under an extension by the campaign manager. */
export async function decideLate(world: World, teacher: Teacher, until: Temporal.Instant): Promise<void> {
  const { campaign } = world;
  const application = applicationOf(teacher);
  await extend(world, teacher, "preliminary", until);
  await teacher.district.reviewer.client.preliminary.decide({
    campaign,
    application,
    conclusion: "defer",
    reasons: [reasonForOpinion(world.plan, "defer")],
    text: "异议经核查成立，培训学时不足",
  });
}

export async function extend(
  world: World,
  teacher: Teacher,
  stage: "preliminary" | "review" | "final",
  until: Temporal.Instant,
): Promise<void> {
  await world.manager.client.campaigns.grantExtension({
    campaign: world.campaign,
    stage,
    application: applicationOf(teacher),
    until: until.toString(),
    reason: "重新作出初审意见后须重新公示",
  });
}
