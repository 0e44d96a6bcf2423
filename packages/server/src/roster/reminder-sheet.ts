import { fullDayText } from "@shice/contract/sentences/days.zh.ts";
import { endText } from "@shice/contract/sentences/moment.ts";
import type { Owed } from "@shice/rules/roster/owed.ts";
import { todayOf } from "../case/today.ts";
import type { Sheet } from "../platform/typesetting/typesetter.ts";
import type { ActContext } from "../request/run-act.ts";

/** What is missing, as it hangs on the wall: nothing that shames, and no number. */
const missingTexts: Record<Owed["what"], string> = {
  apply: "尚未网上报名",
  submit: "已填报，尚未提交",
  answer: "退回修改，尚未再次提交",
};

/** A list to post in the staff module: name, what is missing, until when; no numbers. */
export function reminderSheetOf(
  ctx: ActContext,
  lines: readonly { name: string; school: string; owed: Owed }[],
): Sheet {
  const schools = [...Map.groupBy(lines, ({ school }) => school)].map(([school, people]) => ({
    school,
    people: people.map(({ name, owed }, at) => [
      String(at + 1),
      name,
      missingTexts[owed.what],
      `${endText(owed.until.toString())}前`,
    ]),
  }));
  return {
    template: "reminder.typ",
    at: ctx.now,
    document: { campaign: ctx.campaign.title, day: fullDayText(todayOf(ctx).toString()), schools },
  };
}
