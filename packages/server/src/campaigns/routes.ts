import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { answerOf } from "@shice/rules/eligibility/questions.ts";
import { holdCampaignAlone } from "../case/campaign-hold.ts";
import { listTexts } from "../case/campaign-texts.ts";
import { windowViewOf } from "../case/window-view.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import type { RequestContext } from "../request/context.ts";
import { getActor, getCampaign, runAct, runRead } from "../request/run-act.ts";
import { runPublicRead } from "../request/run-public.ts";
import { findShortenedStage } from "./amendment.ts";
import { publishCampaign, readPlan, writeBodies, writeVersion } from "./load.ts";
import {
  countImportsUnderWay,
  countUnended,
  findExtensionPlace,
  insertExtension,
  listCampaigns,
  listExtensions,
  listPlanVersions,
} from "./queries.ts";
import { enterRestriction, listRestrictions, reviewRestriction } from "./restrictions.ts";
import { insertText, textViewOf } from "./texts.ts";
import { campaignViewOf, formPlanViewOf } from "./view.ts";

export const campaignsRoutes = {
  listCampaigns: api.campaigns.listCampaigns.handler(({ context }) =>
    context.services.database.inScope({ kind: "public" }, listCampaigns),
  ),

  getCampaign: api.campaigns.getCampaign.handler(async ({ input, context }) =>
    campaignViewOf(await getCampaign(context.services, input.campaign), context.services.clock.now()),
  ),

  getWindow: api.campaigns.getWindow.handler(async ({ input, context }) => {
    const campaign = await getCampaign(context.services, input.campaign);
    const at = input.at === undefined ? context.services.clock.now() : Temporal.Instant.from(input.at);
    return windowViewOf(campaign, input.stage, at);
  }),

  getFormPlan: api.campaigns.getFormPlan.handler(async ({ input, context }) =>
    formPlanViewOf(await getCampaign(context.services, input.campaign)),
  ),

  listTexts: api.campaigns.listTexts.handler(({ input, context }) =>
    runPublicRead(context, input.campaign, async ({ tx, campaign }) =>
      (await listTexts(tx, campaign.id)).map(textViewOf),
    ),
  ),

  setText: api.campaigns.setText.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const text = await insertText(ctx, input.kind, input.text);
      const detail = { kind: input.kind, version: text.version };
      await audit(ctx, { action: "set-text", subjectKind: "campaign", subjectId: ctx.campaign.id, detail });
      return textViewOf(text);
    }),
  ),

  askEligibility: api.campaigns.askEligibility.handler(async ({ input, context }) => {
    const { plan } = await getCampaign(context.services, input.campaign);
    const { verdict, where, reasons } = answerOf(plan, input.answers, context.services.clock.now());
    const views = reasons.map(({ code, field, level: _, ...figures }) => ({ code, field, figures }));
    const sentences = reasons.map((reason) => checksSentenceOf(reason));
    return {
      verdict,
      where: verdict === "must" ? where : null,
      reasons: views.map((view, at) => ({ ...view, sentence: sentences[at] ?? "" })),
      sentence: sentences.join(""),
    };
  }),

  enterRestriction: api.campaigns.enterRestriction.handler(({ input, context }) =>
    runAct(context, input.campaign, (ctx) => enterRestriction(ctx, input)),
  ),
  reviewRestriction: api.campaigns.reviewRestriction.handler(({ input, context }) =>
    runAct(context, input.campaign, (ctx) => reviewRestriction(ctx, input.restriction)),
  ),
  listRestrictions: api.campaigns.listRestrictions.handler(({ input, context }) =>
    runRead(context, input.campaign, listRestrictions),
  ),

  createCampaign: api.campaigns.createCampaign.handler(async ({ input, context }) => {
    const plan = readPlan(input.plan);
    const { services } = context;
    if ((await services.campaigns.find(plan.key)) !== undefined)
      throw new RefusalError({ code: "campaign.known", field: "plan" });
    const by = getActor(context).accountId;
    const now = services.clock.now();
    await services.database.inScope({ kind: "all" }, (tx) =>
      publishCampaign(tx, { plan, source: input.plan, reason: input.reason, by, now }),
    );
    return campaignViewOf(await getCampaign(services, plan.key), now);
  }),

  amendPlan: api.campaigns.amendPlan.handler(async ({ input, context }) => {
    const plan = readPlan(input.plan);
    const { services } = context;
    await runAct(context, input.campaign, async (ctx) => {
      await holdCampaignAlone(ctx.tx, ctx.campaign);
      if (plan.key !== ctx.campaign.key) throw new RefusalError({ code: "campaign.other-key", field: "plan" });
      // A deadline already told to someone is never shortened.
      const shortened = findShortenedStage(ctx.campaign.plan, plan, ctx.now);
      if (shortened !== undefined)
        throw new RefusalError({ code: "plan.deadline-shortened", stage: shortened, field: "plan" });
      const version = ctx.campaign.planVersion + 1;
      const campaignId = ctx.campaign.id;
      const { accountId: by } = ctx.actor;
      await writeVersion(ctx.tx, {
        campaignId,
        version,
        plan,
        source: input.plan,
        reason: input.reason,
        by,
        now: ctx.now,
      });
      await ctx.tx.updateTable("shice.campaign").set({ plan_version: version }).where("id", "=", campaignId).execute();
      await writeBodies(ctx.tx, campaignId, plan, ctx.now);
      await audit(ctx, { action: "amend-plan", subjectKind: "campaign", subjectId: campaignId, detail: { version } });
      return { version };
    });
    services.campaigns.forget(input.campaign);
    return campaignViewOf(await getCampaign(services, input.campaign), services.clock.now());
  }),

  listPlanVersions: api.campaigns.listPlanVersions.handler(({ input, context }) =>
    runPublicRead(context, input.campaign, ({ tx, campaign }) => listPlanVersions(tx, campaign.id)),
  ),

  grantExtension: api.campaigns.grantExtension.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { stage, reason } = input;
      const until = Temporal.Instant.from(input.until);
      const from = input.from === undefined ? ctx.now : Temporal.Instant.from(input.from);
      if (Temporal.Instant.compare(until, from) <= 0)
        throw new RefusalError({ code: "extension.empty", field: "until" });
      const named = [input.authority, input.school, input.application].filter((id) => id !== undefined);
      if (named.length !== 1) throw new RefusalError({ code: "extension.for-exactly-one", field: "application" });
      const place = {
        authority_id: input.authority ?? null,
        school_id: input.school ?? null,
        application_id: input.application ?? null,
      };
      if (!(await findExtensionPlace(ctx, place))) throw new RefusalError({ code: "request.not-found" });
      const extension = await insertExtension(ctx, { stage, from, until, reason, ...place });
      await audit(ctx, {
        action: "grant-extension",
        subjectKind: "extension",
        subjectId: extension,
        detail: { stage },
      });
      return { extension };
    }),
  ),

  listExtensions: api.campaigns.listExtensions.handler(({ input, context }) =>
    runRead(context, input.campaign, (ctx) => listExtensions(ctx.tx, ctx.campaign.id)),
  ),

  closeCampaign: api.campaigns.closeCampaign.handler(async ({ input, context }) => {
    await runAct(context, input.campaign, async (ctx) => {
      await holdCampaignAlone(ctx.tx, ctx.campaign);
      const pending = await countUnended(ctx.tx, ctx.campaign.id);
      if (pending > 0) throw new RefusalError({ code: "campaign.cases-pending", pending });
      const files = await countImportsUnderWay(ctx.tx, ctx.campaign.id);
      if (files > 0) throw new RefusalError({ code: "campaign.imports-pending", files });
      await ctx.tx
        .updateTable("shice.campaign")
        .set({ closed_at: ctx.now })
        .where("id", "=", ctx.campaign.id)
        .execute();
      await audit(ctx, { action: "close-campaign", subjectKind: "campaign", subjectId: ctx.campaign.id });
      return { done: true };
    });
    return viewAgain(context, input.campaign);
  }),
};

async function viewAgain(context: RequestContext, key: string) {
  context.services.campaigns.forget(key);
  return campaignViewOf(await getCampaign(context.services, key), context.services.clock.now());
}
