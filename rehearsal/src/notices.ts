import type { State } from "@shice/rules/lifecycle/state.ts";
import { latestPublicationDayOf } from "@shice/rules/notice/period.ts";
import { applicationOf, mustBeRefused } from "./apply.ts";
import { later, moveTo, nowOf } from "./clock.ts";
import { decideLate } from "./decisions.ts";
import type { Stagehand } from "./stagehand.ts";
import type { Teacher } from "./teachers.ts";
import { together } from "./together.ts";
import type { District, World } from "./world.ts";

/** Lists all cases in a state, page by page, as an office's queue shows them. */
export async function listAll(office: { client: World["anyone"] }, world: World, state: State): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await office.client.cases.listQueue({
      campaign: world.campaign,
      state,
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    ids.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return ids;
}

interface Published {
  district: District;
  notice: string;
  endsAt: Temporal.Instant;
}

/** Publishes all cases with an opinion of the district. */
export async function publish(hand: Stagehand): Promise<Published[]> {
  const { world, atOnce } = hand;
  const published = await together(world.districts, atOnce, async (district): Promise<Published | undefined> => {
    const applications = await listAll(district.lead, world, "preliminary");
    if (applications.length === 0) return undefined;
    const { notice, outcome } = await district.lead.client.notice.publish({ campaign: world.campaign, applications });
    if (notice === null || outcome.refused > 0) throw new Error("not published");
    return { district, notice: notice.id, endsAt: Temporal.Instant.from(notice.endsAt) };
  });
  const notices = published.filter((notice) => notice !== undefined);
  hand.say(`公示：${notices.length}份名单`);
  return notices;
}

/** Closes notices that have run; a minute earlier the call must be refused. */
export async function close(hand: Stagehand, notices: readonly Published[]): Promise<void> {
  const { world, atOnce } = hand;
  const ends = notices
    .map(({ endsAt }) => endsAt)
    .toSorted(Temporal.Instant.compare)
    .at(-1);
  if (ends === undefined) return;
  // A later notice may have ended meanwhile; the clock never goes back.
  if (Temporal.Instant.compare(await nowOf(world), ends) < 0) {
    await moveTo(world, ends.subtract({ minutes: 1 }));
    const newest = notices.find(({ endsAt }) => endsAt.equals(ends));
    if (newest !== undefined) {
      const { client } = newest.district.lead;
      const closing = () => client.notice.closeNotice({ campaign: world.campaign, notice: newest.notice });
      await mustBeRefused(closing, "notice.running");
    }
    await moveTo(world, ends);
  }
  await together(notices, atOnce, ({ district, notice }) =>
    district.lead.client.notice.closeNotice({ campaign: world.campaign, notice }),
  );
  hand.say(`公示期满：${notices.length}份名单`);
}

/** The first public notice, its objections and their outcomes (Notice §三(三)). */
export async function firstNotice(hand: Stagehand): Promise<Published[]> {
  const { world, timetable, teachers, atOnce } = hand;
  const { plan, campaign } = world;
  const latest = latestPublicationDayOf(plan).workingDay.toZonedDateTime({
    timeZone: plan.timeZone,
    plainTime: "10:00",
  });
  const last = timetable.endsAt("preliminary").subtract({ hours: 7 });
  const at = Temporal.Instant.compare(latest.toInstant(), last) < 0 ? latest.toInstant() : last;
  await moveTo(world, at);
  const notices = await publish(hand);

  await moveTo(world, later(at, { days: 1 }));
  const objected = teachers.filter(({ story }) => story === "objected" || story === "upheld");
  const raised = await together(objected, atOnce, (teacher) => raise(world, teacher, notices));
  await moveTo(world, later(at, { days: 2 }));
  await together(objected, atOnce, async (teacher, number) => {
    const objection = raised[number] ?? "";
    const { client } = teacher.district.lead;
    const application = applicationOf(teacher);
    await client.notice.openInquiry({ campaign, application, objection, reason: "已受理，开展核查" });
    if (teacher.story === "objected") {
      await client.notice.dismiss({ campaign, application, objection, answer: "经核查，所反映的问题不存在" });
    } else {
      await client.notice.uphold({ campaign, application, objection, answer: "经核查，培训学时确有不足" });
      await decideLate(world, teacher, later(at, { days: 30 }));
    }
  });
  return notices;
}

/** Raises an objection by the public or by the teacher. */
async function raise(world: World, teacher: Teacher, notices: readonly Published[]): Promise<string> {
  const { campaign } = world;
  if (teacher.index % 2 === 0 && teacher.story === "objected") {
    const { objection } = await teacher.client.applicant.appeal({
      campaign,
      application: applicationOf(teacher),
      statement: "公示的任教学科与本人实际任教学科不一致，请予核实。",
    });
    return objection;
  }
  const notice = notices.find(({ district }) => district.authority === teacher.district.authority)?.notice ?? "";
  const { page } = await world.anyone.notice.getNotice({ campaign, notice, name: teacher.human.name });
  // People share names, so the entry is searched by school too.
  const entry = page.items.find(({ school }) => school === teacher.school.name) ?? page.items[0];
  const { objection } = await world.anyone.notice.raiseObjection({
    campaign,
    notice,
    position: entry?.position ?? 0,
    name: "王实名",
    contact: "13800000000",
    statement: "据了解该教师的培训学时没有达到要求，请予核实。",
  });
  return objection;
}
