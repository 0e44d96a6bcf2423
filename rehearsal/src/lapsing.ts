import { moveTo } from "./clock.ts";
import type { Stagehand } from "./stagehand.ts";
import { together } from "./together.ts";
import type { Office, World } from "./world.ts";

/** A confirming office: a school's clerk, or an office that confirms for its schools. */
function clerksOf({ teachers }: Stagehand): Office[] {
  return [...new Map(teachers.map(({ school }) => [school.clerk.client, school.clerk])).values()];
}

/**
 * The schools go through their rosters and through the cases about to lapse, because only seen cases lapse. One school
 * does nothing, so its district must record that (Notice §三(二)).
 */
export async function seeWhoWouldLapse(hand: Stagehand): Promise<void> {
  const { world, teachers, atOnce } = hand;
  const clerks = clerksOf(hand);
  const waiting = teachers.find(({ story }) => story === "unconfirmed");
  const silent = clerks.length > 1 ? waiting?.school.clerk : undefined;
  let seen = 0;
  await together(
    clerks.filter((clerk) => clerk !== silent),
    atOnce,
    async ({ client }, at) => {
      const { roster } = client;
      const { campaign } = world;
      // Every second school first marks its whole roster as seen. People who applied here without being on it remain.
      if (at % 2 === 0) {
        const { count } = await roster.countMatching({ campaign, seen: "no" });
        if (count > 0) await roster.markSeen({ campaign, selection: { filter: { seen: "no" }, count } });
      }
      const applications = await listUnseen(world, client);
      if (applications.length === 0) return;
      seen += (await roster.acknowledgeLapse({ campaign, applications })).seen;
    },
  );
  hand.say(`到期将视为自动放弃的，学校逐人看过${seen}人${silent === undefined ? "" : "，一所学校没有核对"}`);
}

async function listUnseen({ campaign }: World, client: Office["client"]): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await client.roster.listWouldLapse({
      campaign,
      seen: "no",
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.items.map(({ application }) => application));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

/** After the end, the districts record the schools that did not look. Only then do their cases lapse. */
export async function noteSilence(hand: Stagehand): Promise<void> {
  const { world, timetable, atOnce } = hand;
  const { campaign } = world;
  let noted = 0;
  await together(world.districts, atOnce, async ({ lead }) => {
    const { schools } = await lead.client.roster.listSilentSchools({ campaign });
    for (const { school, held } of schools) {
      if (held === 0) continue;
      const reason = "学校逾期没有核对，已电话核实，确无教师补办";
      noted += (await lead.client.roster.noteSilence({ campaign, school, count: held, reason })).noted;
    }
  });
  if (noted === 0) return;
  const { lapsed } = await moveTo(world, timetable.endsAt("confirm"));
  hand.say(`区县记录学校未核对${noted}人，随后视为自动放弃或未提交${lapsed}人`);
}
