import { windowClosedReasons } from "@shice/rules/calendar/window.ts";
import { Plan } from "@shice/rules/plan/plan.ts";
import { windowedStages } from "@shice/rules/plan/stage.ts";
import { z } from "zod";
import { Day, InCampaign, Instant, Reason, RefusalText, Uuid } from "./common.ts";
import { call } from "./operation.ts";
import { AreaKey, ConclusionKey, OpenedKey, ReasonCode, ReasonUse, RestrictionKind } from "./terms.ts";

const tag = "批次";
const manager = ["campaign-manager"] as const;

const WindowView = z.object({
  stage: z.enum(windowedStages),
  title: z.string(),
  open: z.boolean(),
  /** The end of the present opening, if open. */
  until: Instant.nullable(),
  why: z.enum(windowClosedReasons).nullable(),
  opensAt: Instant.nullable(),
  sentence: z.string(),
  /** Remaining open time: open days and open minutes. Nights and closed days do not count. */
  left: z.object({ days: z.int(), minutes: z.number() }),
});
const CampaignView = z.object({
  key: z.string(),
  title: z.string(),
  year: z.int(),
  issuer: z.string(),
  issuedOn: Day,
  planVersion: z.int(),
  now: Instant,
  closedAt: Instant.nullable(),
  legalBasis: z.array(z.string()),
  areas: z.array(
    z.object({
      key: AreaKey,
      name: z.string(),
      code: z.string().nullable(),
      authority: z.string(),
    }),
  ),
  conclusions: z.array(z.object({ key: ConclusionKey, name: z.string() })),
  windows: z.array(WindowView),
  closures: z.array(z.object({ from: Day, to: Day, stages: z.array(z.enum(windowedStages)) })),
  /** The days of each stage as in the plan. */
  schedule: z.array(z.object({ stage: z.enum(windowedStages), windows: z.array(z.object({ from: Day, to: Day })) })),
  reasons: z.array(
    z.object({
      code: ReasonCode,
      text: z.string(),
      use: z.array(ReasonUse),
      /** The conclusions for which it is valid; empty means all. */
      conclusions: z.array(ConclusionKey),
      /** What a return for this reason opens: fields and materials, with the names that users see. */
      opens: z.array(z.object({ key: OpenedKey, title: z.string() })),
    }),
  ),
  restrictions: z.array(z.object({ kind: RestrictionKind, name: z.string(), years: z.int().nullable() })),
});

/** The parts of the plan needed for filling in and checking a form. Public, like the plan. */
const FormPlanView = z.object({
  year: Plan.shape.year,
  timeZone: z.string(),
  conditions: Plan.shape.conditions,
  certificateByPost: Plan.shape.certificateByPost,
  photo: Plan.shape.photo,
  /** Where seconded teachers register. */
  seconded: Plan.shape.scope.shape.persons.shape.seconded,
  unconfirmed: z.string(),
  /** The whole days of confirmation, in words. */
  confirmDays: z.string(),
});
export const textKinds = ["notice", "attention"] as const;
export const CampaignText = z.object({
  kind: z.enum(textKinds),
  version: z.int(),
  /** Markdown. */
  text: z.string(),
  enteredAt: Instant,
});

/** The notice and its calendar, plan, amendments, extensions and restriction list. */
export const campaignsContract = {
  listCampaigns: call("GET", "/campaigns", {
    callers: "anyone",
    tag,
    summary: "批次列表",
  }).output(
    z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        year: z.int(),
        closedAt: Instant.nullable(),
      }),
    ),
  ),
  getCampaign: call("GET", "/campaigns/{campaign}", {
    callers: "anyone",
    tag,
    summary: "批次与日程",
  })
    .input(InCampaign)
    .output(CampaignView),
  getWindow: call("GET", "/campaigns/{campaign}/windows/{stage}", {
    callers: "anyone",
    tag,
    summary: "现在是否开放、到何时、为何、下次何时开放",
  })
    .input(
      InCampaign.extend({
        stage: z.enum(windowedStages),
        at: Instant.optional(),
      }),
    )
    .output(WindowView),
  getFormPlan: call("GET", "/campaigns/{campaign}/form-plan", {
    callers: "anyone",
    tag,
    summary: "填报所依据的方案内容",
  })
    .input(InCampaign)
    .output(FormPlanView),
  listTexts: call("GET", "/campaigns/{campaign}/texts", {
    callers: "anyone",
    tag,
    summary: "通知原文和注意事项（现行版本）",
  })
    .input(InCampaign)
    .output(z.array(CampaignText)),
  setText: call("PUT", "/campaigns/{campaign}/texts/{kind}", {
    callers: manager,
    tag,
    summary: "录入通知原文或注意事项",
  })
    .input(InCampaign.extend({ kind: z.enum(textKinds), text: z.string().trim().min(1, "请录入内容").max(60_000) }))
    .output(CampaignText),
  askEligibility: call("POST", "/campaigns/{campaign}/eligibility", {
    afterClosing: true,
    callers: "anyone",
    tag,
    summary: "我要不要注册、在哪里注册",
  })
    .input(InCampaign.extend({ answers: z.record(z.string(), z.unknown()) }))
    .output(
      z.object({
        verdict: z.enum(["must", "need-not", "may-not", "later"]),
        where: z.enum(["this-school", "other-school"]).nullable(),
        reasons: z.array(RefusalText),
        sentence: z.string(),
      }),
    ),
  createCampaign: call("POST", "/campaigns", {
    callers: manager,
    tag,
    summary: "发布批次方案",
  })
    .input(z.object({ plan: z.string().max(500_000), reason: Reason }))
    .output(CampaignView),
  amendPlan: call("POST", "/campaigns/{campaign}/plan-versions", {
    callers: manager,
    tag,
    summary: "发布方案修订版",
  })
    .input(InCampaign.extend({ plan: z.string().max(500_000), reason: Reason }))
    .output(CampaignView),
  listPlanVersions: call("GET", "/campaigns/{campaign}/plan-versions", {
    callers: "anyone",
    tag,
    summary: "方案各版本",
  })
    .input(InCampaign)
    .output(
      z.array(
        z.object({
          version: z.int(),
          reason: z.string(),
          publishedAt: Instant,
          sourceHash: z.string(),
          source: z.string(),
        }),
      ),
    ),
  grantExtension: call("POST", "/campaigns/{campaign}/extensions", {
    callers: manager,
    tag,
    summary: "批准延期",
  })
    .input(
      InCampaign.extend({
        stage: z.enum(windowedStages),
        authority: Uuid.optional(),
        school: Uuid.optional(),
        application: Uuid.optional(),
        from: Instant.optional(),
        until: Instant,
        reason: Reason,
      }),
    )
    .output(z.object({ extension: Uuid })),
  listExtensions: call("GET", "/campaigns/{campaign}/extensions", {
    callers: ["campaign-manager", "district-lead", "auditor"],
    tag,
    summary: "延期记录",
  })
    .input(InCampaign)
    .output(
      z.array(
        z.object({
          id: Uuid,
          stage: z.enum(windowedStages),
          authority: Uuid.nullable(),
          school: Uuid.nullable(),
          application: Uuid.nullable(),
          from: Instant,
          until: Instant,
          reason: z.string(),
          grantedAt: Instant,
        }),
      ),
    ),
  closeCampaign: call("POST", "/campaigns/{campaign}/close", {
    callers: manager,
    tag,
    summary: "结束批次",
  })
    .input(InCampaign)
    .output(CampaignView),
  enterRestriction: call("POST", "/campaigns/{campaign}/restrictions", {
    callers: ["district-lead", "campaign-manager"],
    tag: "限制库",
    summary: "登记限制库人员（须另一人复核后生效）",
  })
    .input(
      InCampaign.extend({
        idNumber: z.string().max(30),
        kind: RestrictionKind,
        from: Day,
        /** If absent, the plan's period for the kind applies. */
        until: Day.optional(),
        source: z.string().trim().min(2).max(200),
      }),
    )
    .output(z.object({ restriction: Uuid })),
  reviewRestriction: call("POST", "/campaigns/{campaign}/restrictions/{restriction}/review", {
    callers: ["district-lead", "campaign-manager"],
    tag: "限制库",
    summary: "复核限制库记录",
  })
    .input(InCampaign.extend({ restriction: Uuid }))
    .output(z.object({ restriction: Uuid })),
  listRestrictions: call("GET", "/campaigns/{campaign}/restrictions", {
    callers: ["district-lead", "campaign-manager"],
    tag: "限制库",
    summary: "限制库记录",
  })
    .input(InCampaign)
    .output(
      z.array(
        z.object({
          id: Uuid,
          /** Only if the person has an account: the list itself stores no names. */
          name: z.string().nullable(),
          kind: RestrictionKind,
          kindName: z.string(),
          from: Day,
          until: Day.nullable(),
          source: z.string(),
          enteredBy: Uuid,
          enteredByName: z.string().nullable(),
          reviewedByName: z.string().nullable(),
          reviewedAt: Instant.nullable(),
        }),
      ),
    ),
};
