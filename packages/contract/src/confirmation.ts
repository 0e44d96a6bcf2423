import { z } from "zod";
import {
  ActOutcome,
  Applications,
  BulkOutcome,
  InCampaign,
  Instant,
  OfApplication,
  Reason,
  ReasonCodes,
  Uuid,
  Version,
} from "./common.ts";
import { call } from "./operation.ts";

const tag = "现场确认";
const callers = ["school-clerk"] as const;

export const MaterialCheck = z.object({
  material: z.string().max(60),
  originalSeen: z.boolean(),
  copyStamped: z.boolean(),
  copies: z.int().min(0).max(99),
  /** Who signed the sheet that the school supplies (items 5 to 7). */
  signer: z.string().trim().min(2).max(50).optional(),
  remark: z.string().max(300).optional(),
});
export const CertificateCheck = z.object({
  field: z.string().max(40),
  agrees: z.boolean(),
  remark: z.string().max(300).optional(),
});

/** What is asked when an application is returned: reasons of the plan, free words, and until when. */
export const Asking = z.object({
  reasons: ReasonCodes,
  text: z.string().trim().max(1000).optional(),
  /** Absent: the end of the window of the stage that returns it. */
  replyBy: Instant.optional(),
});

/** Notice §三(二): the school's named person checks originals and confirms. */
export const confirmationContract = {
  saveChecks: call("PUT", "/campaigns/{campaign}/applications/{application}/checks", {
    callers,
    tag,
    summary: "记录材料核验与证书比对",
  })
    .input(
      OfApplication.extend({
        materials: z.array(MaterialCheck).max(30).default([]),
        certificate: z.array(CertificateCheck).max(30).default([]),
        /** The certificate's date of issue as the original shows it, where it corrects the version (old or new). */
        certificateIssuedOn: z.iso.date().optional(),
      }),
    )
    .output(z.object({ missing: z.array(z.string()) })),
  supplySheets: call("POST", "/campaigns/{campaign}/school-sheets", {
    callers,
    tag,
    summary: "学校统一提供第5、6、7项证明",
  })
    .input(
      InCampaign.extend({
        school: Uuid,
        material: z.string().max(60),
        signer: z.string().trim().min(2).max(50),
        applications: Applications,
      }),
    )
    .output(z.object({ recorded: z.int() })),
  confirm: call("POST", "/campaigns/{campaign}/applications/{application}/confirm", { callers, tag, summary: "确认" })
    .input(OfApplication.extend({ version: Version }))
    .output(ActOutcome),
  confirmMany: call("POST", "/campaigns/{campaign}/confirmations", {
    callers,
    tag,
    summary: "批量确认",
  })
    .input(InCampaign.extend({ applications: Applications }))
    .output(BulkOutcome),
  returnToApplicant: call("POST", "/campaigns/{campaign}/applications/{application}/return-to-applicant", {
    callers,
    tag,
    summary: "退回申请人修改",
  })
    .input(OfApplication.extend({ version: Version, ...Asking.shape }))
    .output(ActOutcome),
  refuse: call("POST", "/campaigns/{campaign}/applications/{application}/refuse", { callers, tag, summary: "不予受理" })
    .input(
      OfApplication.extend({
        version: Version,
        reasons: ReasonCodes,
        reason: Reason,
      }),
    )
    .output(ActOutcome),
  unconfirm: call("POST", "/campaigns/{campaign}/applications/{application}/unconfirm", {
    callers,
    tag,
    summary: "撤销确认",
  })
    .input(OfApplication.extend({ version: Version, reason: Reason }))
    .output(ActOutcome),
  releaseWithdrawal: call("POST", "/campaigns/{campaign}/applications/{application}/release-withdrawal", {
    callers,
    tag,
    summary: "同意申请人撤回",
  })
    .input(OfApplication)
    .output(ActOutcome),
  withdrawForTeacher: call("POST", "/campaigns/{campaign}/applications/{application}/withdraw-for-teacher", {
    callers,
    tag,
    summary: "代已离职、退休或去世的教师撤回",
  })
    .input(
      OfApplication.extend({
        version: Version,
        reasons: ReasonCodes,
        reason: Reason,
      }),
    )
    .output(ActOutcome),
  handOver: call("POST", "/campaigns/{campaign}/manifests", {
    callers,
    tag,
    summary: "报送区县并生成交接清单",
  })
    .input(InCampaign.extend({ applications: Applications }))
    .output(
      z.object({
        manifest: Uuid.nullable(),
        number: z.string().nullable(),
        outcome: BulkOutcome,
      }),
    ),
  handOverAgain: call("POST", "/campaigns/{campaign}/manifests/again", {
    callers,
    tag,
    summary: "补正后再次报送",
  })
    .input(InCampaign.extend({ applications: Applications }))
    .output(
      z.object({
        manifest: Uuid.nullable(),
        number: z.string().nullable(),
        outcome: BulkOutcome,
      }),
    ),
  passOnReturn: call("POST", "/campaigns/{campaign}/applications/{application}/pass-on-return", {
    callers,
    tag,
    summary: "将区县退回转给申请人修改",
  })
    .input(OfApplication.extend({ version: Version, ...Asking.shape }))
    .output(ActOutcome),
};
