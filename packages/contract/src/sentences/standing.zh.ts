import { roleTitles } from "@shice/rules/lifecycle/role.ts";
import type { CaseStanding, DeadlineOutcome } from "@shice/rules/lifecycle/whose-turn.ts";
import { endText } from "./moment.ts";

/** What happens when nobody acts in time, for every screen and the printed slip. */
export const deadlineOutcomeSentences: Readonly<Record<DeadlineOutcome, string>> = {
  "counts-as-not-applied": "逾期没有提交的，按未申请处理。",
  lapses: "逾期没有完成现场确认的，视为自动放弃此次教师资格注册。",
  "held-until-seen":
    "办理时间已过，学校还没有核对过这份申请，暂不按自动放弃处理；由学校核对，或由区县记录学校未核对的情况后办理。",
  "decided-as-it-is": "逾期没有答复的，由区县按现有材料作出初审意见。",
  "waits-for-extension": "逾期没有办理的，须经批准延期后才能继续办理。",
  "not-reported-in-time": "逾期的，不能按规定时间上报，上报时记为逾期。",
  "goes-on-after-notice": "公示期满没有异议的，由区县上报。",
  "held-up-by-objection": "异议办结之前，这份申请不能继续办理。",
  "held-up-in-review": "区县答复之前，这份申请不能继续复审。",
  "conclusion-not-registered": "登记注册结论之前，这份申请不能归档。",
  "not-archived": "归档之后办结。",
  ended: "办理已经结束，无需其他手续。",
};

/** The standing in words: whose turn, the deadline, and what happens after it. */
export function standingSentenceOf({ where, whoseTurn, by, deadlineOutcome }: CaseStanding): string {
  const until =
    by === null
      ? ""
      : whoseTurn === "nobody"
        ? `，到${endText(by.toString())}为止`
        : `，截止时间${endText(by.toString())}`;
  const turn = whoseTurn === "nobody" ? "目前不需要任何人办理" : `由${roleTitles[whoseTurn]}办理`;
  return `${where}：${turn}${until}。${deadlineOutcomeSentences[deadlineOutcome]}`;
}
