import { type Role, roleTitles } from "@shice/rules/lifecycle/role.ts";
import { isFinal, type State, stateTitles } from "@shice/rules/lifecycle/state.ts";
import { endOfStage } from "@shice/rules/calendar/window.ts";
import type { WindowedStage } from "@shice/rules/plan/stage.ts";
import type { Case } from "./facts.ts";

/** Who acts next in each state; where nobody does, the case rests. */
const turns: Partial<Record<State, { role: Role; until: WindowedStage | "reply" | "notice"; ifNothing: string }>> = {
  draft: { role: "applicant", until: "confirm", ifNothing: "未提交的,视为没有申请" },
  submitted: { role: "school-clerk", until: "confirm", ifNothing: "逾期未确认的,视为自动放弃此次注册" },
  returned: { role: "applicant", until: "reply", ifNothing: "逾期未修改提交的,视为自动放弃此次注册" },
  confirmed: { role: "school-clerk", until: "preliminary", ifNothing: "逾期未报送的,须申请延期" },
  "handed-over": { role: "district-reviewer", until: "preliminary", ifNothing: "逾期未初审的,须申请延期" },
  "sent-back": { role: "school-clerk", until: "reply", ifNothing: "逾期未答复的,由区县按现有材料初审" },
  preliminary: { role: "district-lead", until: "notice", ifNothing: "公示后才能上报" },
  "on-notice": { role: "district-lead", until: "notice", ifNothing: "公示期满后上报" },
  inquiry: { role: "district-lead", until: "notice", ifNothing: "异议办结后继续办理" },
  noticed: { role: "district-lead", until: "review", ifNothing: "上报后才能复审" },
  reported: { role: "centre-reviewer", until: "review", ifNothing: "逾期未复审的,须申请延期" },
  "review-returned": { role: "district-reviewer", until: "reply", ifNothing: "答复后才能继续复审" },
  reviewed: { role: "commission-approver", until: "final", ifNothing: "逾期未终审的,须申请延期" },
  concluded: { role: "sticker-handler", until: "final", ifNothing: "登记结论后归档" },
  marked: { role: "district-reviewer", until: "final", ifNothing: "归档后办结" },
};

/** One strip, the same words on every screen: where the case is, whose turn, by when, what if nothing happens. */
export function standingOf(found: Case) {
  const { state, replyBy, notice } = found.facts;
  const turn = isFinal(state) ? undefined : turns[state];
  if (turn === undefined) return { where: stateTitles[state], whoseTurn: null, by: null, ifNothing: null };
  const by =
    turn.until === "reply"
      ? replyBy
      : turn.until === "notice"
        ? (notice?.endsAt ?? null)
        : (endOfStage(found.calendar, turn.until) ?? null);
  return {
    where: stateTitles[state],
    whoseTurn: roleTitles[turn.role],
    by: by?.toString() ?? null,
    ifNothing: turn.ifNothing,
  };
}
