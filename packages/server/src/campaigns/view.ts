import { windowDaysText } from "@shice/contract/sentences/days.zh.ts";
import { titleOf } from "@shice/rules/keys.ts";
import { formFieldTitles } from "@shice/rules/plan/form-field.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { windowedStages } from "@shice/rules/plan/stage.ts";
import type { Campaign } from "../case/campaign.ts";
import { windowViewOf } from "../case/window-view.ts";

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
    reasons: plan.reasons.map(({ code, text, use, conclusions, opens }) => ({
      code,
      text,
      use: [...use],
      conclusions: [...conclusions],
      opens: opens.map((key) => ({ key, title: openedTitleOf(plan, key) })),
    })),
  };
}

/** `field:photo` and `material:contract` in words. */
function openedTitleOf({ materials }: Plan, opened: string): string {
  const [kind, key = ""] = opened.split(":");
  if (kind === "field") return titleOf(formFieldTitles, key);
  return materials.find((material) => material.key === key)?.variants[0]?.name ?? key;
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
