import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { z } from "zod";
import { ActOutcome, InCampaign, Instant, OfApplication, Reason, RefusalText, Uuid, Version } from "./common.ts";
import { call } from "./operation.ts";
import { Standing } from "./standing.ts";

const tag = "申请人";
const callers = ["applicant"] as const;

export const Finding = RefusalText.extend({
  level: z.enum(["blocks", "blocks-unless-attested", "warns", "informs"]),
});

/** What an applicant sees of the own application. */
export const OwnApplication = z.object({
  id: Uuid,
  number: z.string(),
  state: z.string(),
  stateTitle: z.string(),
  version: z.int(),
  /** The name of the school that the form holds by number. */
  school: z.string().nullable(),
  form: z.record(z.string(), z.unknown()),
  findings: z.array(Finding),
  submittedAt: Instant.nullable(),
  replyBy: Instant.nullable(),
  asked: z.array(
    z.object({
      code: z.string(),
      text: z.string(),
      opens: z.array(z.string()),
    }),
  ),
  askedText: z.string().nullable(),
  conclusion: z.string().nullable(),
  standing: Standing,
  actions: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      allowed: z.boolean(),
      refusal: RefusalText.optional(),
    }),
  ),
});

/** Starting, filling in, submitting: the online application (Notice §三(一)). */
export const applicantContract = {
  start: call("POST", "/campaigns/{campaign}/my-application", {
    callers,
    tag,
    summary: "开始填报",
  })
    .input(InCampaign)
    .output(OwnApplication),
  own: call("GET", "/campaigns/{campaign}/my-application", {
    callers,
    tag,
    summary: "查看本人的申请",
  })
    .input(InCampaign)
    .output(OwnApplication.nullable()),
  saveDraft: call("PUT", "/campaigns/{campaign}/applications/{application}/form", {
    callers,
    tag,
    summary: "保存填报内容",
  })
    .input(OfApplication.extend({ version: Version, form: ApplicationDraft }))
    .output(OwnApplication),
  submit: call("POST", "/campaigns/{campaign}/applications/{application}/submit", { callers, tag, summary: "提交申请" })
    .input(
      OfApplication.extend({
        version: Version,
        /** Version of the honesty undertaking's text that was given, and of the privacy notice that was read. */
        undertaking: z.string().max(40),
        privacyNotice: z.string().max(40),
      }),
    )
    .output(ActOutcome),
  recall: call("POST", "/campaigns/{campaign}/applications/{application}/recall", { callers, tag, summary: "撤回修改" })
    .input(OfApplication.extend({ version: Version }))
    .output(ActOutcome),
  discard: call("POST", "/campaigns/{campaign}/applications/{application}/discard", {
    callers,
    tag,
    summary: "删除草稿",
  })
    .input(OfApplication.extend({ version: Version }))
    .output(ActOutcome),
  withdraw: call("POST", "/campaigns/{campaign}/applications/{application}/withdraw", {
    callers,
    tag,
    summary: "撤回申请",
  })
    .input(OfApplication.extend({ version: Version, reason: Reason }))
    .output(ActOutcome),
  askWithdrawal: call("POST", "/campaigns/{campaign}/applications/{application}/ask-withdrawal", {
    callers,
    tag,
    summary: "请学校同意撤回已确认的申请",
  })
    .input(OfApplication.extend({ reason: Reason }))
    .output(ActOutcome),
  resubmit: call("POST", "/campaigns/{campaign}/applications/{application}/resubmit", {
    callers,
    tag,
    summary: "修改后再次提交",
  })
    .input(OfApplication.extend({ version: Version }))
    .output(ActOutcome),
  appeal: call("POST", "/campaigns/{campaign}/applications/{application}/appeal", {
    callers,
    tag,
    summary: "对公示中的本人结论提出异议",
  })
    .input(
      OfApplication.extend({
        statement: z.string().trim().min(10, "请写明异议的事实和理由（不少于10字）").max(2000),
      }),
    )
    .output(z.object({ objection: Uuid, answerBy: Instant })),
};
