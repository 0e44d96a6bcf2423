import { windowDaysText } from "@shice/contract/sentences/days.zh.ts";
import { endText, momentText } from "@shice/contract/sentences/moment.ts";
import { endOfStage, windowStateOf } from "@shice/rules/calendar/window.ts";
import { stageTitles, type WindowedStage, windowedStages } from "@shice/rules/plan/stage.ts";
import type { Campaign } from "../application/campaign.ts";

/** One answer for page, API and reminder: open now? until when? why not? when next? */
export function windowViewOf(campaign: Campaign, stage: WindowedStage, at: Temporal.Instant) {
  const state = windowStateOf(campaign.calendar, stage, at);
  const title = stageTitles[stage];
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
  return { stage, title, open: false, until: null, why: state.why, opensAt, sentence: `${title}${why}${next}。` };
}

/** A stage that shuts for the night or for a closure says so, and when it ends for good. */
function openUntil({ calendar }: Campaign, stage: WindowedStage, until: Temporal.Instant): string {
  const end = endOfStage(calendar, stage);
  if (end === undefined || Temporal.Instant.compare(until, end) >= 0) return `截止时间${endText(until.toString())}`;
  return `本次开放到${endText(until.toString())}，最后截止时间${endText(end.toString())}`;
}

/** The campaign as everyone may see it. */
export function campaignViewOf(campaign: Campaign, now: Temporal.Instant) {
  const { plan } = campaign;
  return {
    key: campaign.key,
    title: campaign.title,
    year: plan.year,
    issuer: plan.issuer,
    issuedOn: plan.issuedOn,
    planVersion: campaign.planVersion,
    now: now.toString(),
    closedAt: campaign.closedAt?.toString() ?? null,
    legalBasis: plan.legalBasis.map((basis) => basis.number),
    areas: plan.areas.map((area) => ({
      key: area.key,
      name: area.name,
      code: area.code ?? null,
      authority: area.authority.name,
    })),
    conclusions: plan.conclusions.map(({ key, name }) => ({ key, name })),
    windows: windowedStages
      .filter((stage) => stage !== "review" || plan.stages.review !== undefined)
      .map((stage) => windowViewOf(campaign, stage, now)),
    closures: plan.closures.map(({ from, to, stages }) => ({ from, to, stages: [...stages] })),
    schedule: windowedStages.flatMap((stage) => {
      const windows = plan.stages[stage]?.windows;
      return windows === undefined ? [] : [{ stage, windows: windows.map(({ from, to }) => ({ from, to })) }];
    }),
    restrictions: plan.restrictions.map(({ kind, name, years }) => ({ kind, name, years: years ?? null })),
    reasons: plan.reasons.map(({ code, text, use }) => ({ code, text, use: [...use] })),
  };
}

/** What of the plan a form is checked and filled in by. */
export function formPlanViewOf({ plan }: Campaign) {
  return {
    year: plan.year,
    timeZone: plan.timeZone,
    conditions: plan.conditions,
    certificateByPost: plan.certificateByPost,
    photo: plan.photo,
    seconded: plan.scope.persons.seconded,
    unconfirmed: plan.unconfirmed.text,
    confirmDays: windowDaysText(plan.stages.confirm),
  };
}
