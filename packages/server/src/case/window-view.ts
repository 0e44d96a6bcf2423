import { endText, momentText } from "@shice/contract/sentences/moment.ts";
import { endOfStage, openTimeLeftOf, windowStateOf } from "@shice/rules/calendar/window.ts";
import { stageTitles, type WindowedStage } from "@shice/rules/plan/stage.ts";
import type { Campaign } from "./campaign.ts";

const nothing = { days: 0, minutes: 0 };

/** One answer for page, API and reminder: open now? until when? why not? when next? */
export function windowViewOf(campaign: Campaign, stage: WindowedStage, at: Temporal.Instant) {
  const title = stageTitles[stage];
  if (campaign.closedAt !== null && Temporal.Instant.compare(at, campaign.closedAt) >= 0) {
    const sentence = `本批次已结束，${title}不再办理。`;
    return { stage, title, open: false, until: null, why: "over" as const, opensAt: null, sentence, left: nothing };
  }
  const state = windowStateOf(campaign.calendar, stage, at);
  const left = openTimeLeftOf(campaign.calendar, stage, at);
  if (state.open) {
    const until = state.until.toString();
    return {
      stage,
      title,
      open: true,
      until,
      why: null,
      opensAt: null,
      sentence: `${title}正在开放，${openUntil(campaign, stage, state.until)}。`,
      left,
    };
  }
  const opensAt = state.opensAt?.toString() ?? null;
  const why = {
    "not-yet": "尚未开始",
    nightly: "不在每日开放时间内",
    closure: "今日全天不开放",
    between: "本时段已结束",
    over: "已经结束",
    "no-such-stage": "本批次没有此环节",
  }[state.why];
  const next = opensAt === null ? "" : `，下次开放时间：${momentText(opensAt)}`;
  return { stage, title, open: false, until: null, why: state.why, opensAt, sentence: `${title}${why}${next}。`, left };
}

/** A stage that shuts for the night or for a closure says so, and when it ends for good. */
function openUntil({ calendar }: Campaign, stage: WindowedStage, until: Temporal.Instant): string {
  const end = endOfStage(calendar, stage);
  if (end === undefined || Temporal.Instant.compare(until, end) >= 0) return `截止时间${endText(until.toString())}`;
  return `本次开放到${endText(until.toString())}，最后截止时间${endText(end.toString())}`;
}
