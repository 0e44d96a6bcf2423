import { z } from "zod";
import { Proof } from "./accounts.ts";
import { actionOf } from "./action.ts";
import {
  ActOutcome,
  Applications,
  BulkOutcome,
  Day,
  InCampaign,
  Instant,
  OfApplication,
  PageQuery,
  pageOf,
  Reason,
  Uuid,
  Version,
} from "./common.ts";
import { call } from "./operation.ts";
import { CertificateKind, ConclusionKey, RegistrationKind } from "./terms.ts";

const tag = "公示";
const lead = ["district-lead"] as const;

/** The acts of the district's lead on a notice of the lead's own authority; empty for everybody else. */
const NoticeAction = actionOf(["close-notice"]);
export const objectionActs = ["open-inquiry", "dismiss", "uphold"] as const;
/** The acts on an objection, by the rules of its case; empty for readers. */
const ObjectionAction = actionOf(objectionActs);

const PublicNotice = z.object({
  id: Uuid,
  number: z.string(),
  authority: z.string(),
  publishedAt: Instant,
  firstDay: Day,
  lastDay: Day,
  endsAt: Instant,
  closedAt: Instant.nullable(),
  entries: z.int(),
  listHash: z.string(),
  actions: z.array(NoticeAction),
});
const NoticeEntry = z.object({
  position: z.int(),
  /** Masked: 张*明. */
  name: z.string(),
  school: z.string(),
  certificateKind: CertificateKind,
  subject: z.string().nullable(),
  registrationKind: RegistrationKind,
  conclusion: ConclusionKey,
});
const Objection = z.object({
  id: Uuid,
  application: Uuid,
  notice: Uuid,
  kind: z.enum(["objection", "appeal"]),
  objector: z.string(),
  contact: z.string(),
  statement: z.string(),
  raisedAt: Instant,
  answerBy: Instant,
  outcome: z.enum(["dismissed", "upheld"]).nullable(),
  answer: z.string().nullable(),
  pictures: z.array(z.object({ id: Uuid, fileName: z.string() })),
  actions: z.array(ObjectionAction),
});

/** A few pictures that support an objection. The server re-encodes each. */
export const ObjectionPictures = z
  .array(
    z.object({
      fileName: z.string().trim().max(200),
      /** The picture (JPEG, PNG, WebP) in Base64. */
      content: z.base64("图片内容不完整，请重新选择").max(11_200_000, "图片过大，请选择小一些的图片"),
    }),
  )
  .max(3, "最多附3张图片")
  .optional();

/** Public notice (Notice §三(三): 不少于7天的公示): frozen lists, objections, no early end. */
export const noticeContract = {
  listNotices: call("GET", "/campaigns/{campaign}/notices", {
    callers: "anyone",
    tag,
    summary: "公示列表",
  })
    .input(InCampaign.extend({ ...PageQuery.shape, authority: Uuid.optional() }))
    .output(pageOf(PublicNotice)),
  getNotice: call("GET", "/campaigns/{campaign}/notices/{notice}", {
    callers: "anyone",
    tag,
    summary: "公示名单",
  })
    .input(
      InCampaign.extend({
        ...PageQuery.shape,
        notice: Uuid,
        /** The complete name, and part of the school's name. */
        name: z.string().trim().max(50).optional(),
        school: z.string().trim().max(60).optional(),
      }),
    )
    .output(PublicNotice.extend({ page: pageOf(NoticeEntry) })),
  raiseObjection: call("POST", "/campaigns/{campaign}/notices/{notice}/objections", {
    callers: "anyone",
    tag,
    summary: "对公示名单提出异议（实名）",
  })
    .input(
      InCampaign.extend({
        notice: Uuid,
        position: z.int().min(1),
        name: z.string().trim().min(2, "请填写真实姓名").max(50),
        contact: z.string().trim().min(5, "请填写可以联系到您的电话或电子邮箱").max(100),
        statement: z.string().trim().min(10, "请写明异议的事实和理由（不少于10字）").max(2000),
        pictures: ObjectionPictures,
        proof: Proof,
      }),
    )
    .output(z.object({ objection: Uuid, answerBy: Instant })),
  publish: call("POST", "/campaigns/{campaign}/notices", {
    callers: lead,
    tag,
    summary: "公布公示名单",
  })
    .input(InCampaign.extend({ applications: Applications }))
    .output(z.object({ notice: PublicNotice.nullable(), outcome: BulkOutcome })),
  closeNotice: call("POST", "/campaigns/{campaign}/notices/{notice}/close", {
    callers: lead,
    tag,
    summary: "公示期满",
  })
    .input(InCampaign.extend({ notice: Uuid }))
    .output(BulkOutcome),
  listObjections: call("GET", "/campaigns/{campaign}/objections", {
    callers: ["district-lead", "district-reviewer"],
    tag,
    summary: "异议列表",
  })
    .input(
      InCampaign.extend({
        ...PageQuery.shape,
        open: z.enum(["yes", "no"]).optional(),
      }),
    )
    .output(pageOf(Objection)),
  getObjectionPicture: call("GET", "/campaigns/{campaign}/objections/{objection}/pictures/{picture}", {
    callers: ["district-lead", "district-reviewer"],
    tag,
    summary: "异议所附的图片",
  })
    .input(InCampaign.extend({ objection: Uuid, picture: Uuid }))
    .output(z.instanceof(File)),
  openInquiry: call("POST", "/campaigns/{campaign}/applications/{application}/open-inquiry", {
    callers: lead,
    tag,
    summary: "受理异议",
  })
    .input(
      OfApplication.extend({
        version: Version,
        objection: Uuid,
        reason: Reason,
      }),
    )
    .output(ActOutcome),
  dismiss: call("POST", "/campaigns/{campaign}/applications/{application}/dismiss", {
    callers: lead,
    tag,
    summary: "异议不成立",
  })
    .input(
      OfApplication.extend({
        version: Version,
        objection: Uuid,
        answer: Reason,
      }),
    )
    .output(ActOutcome),
  uphold: call("POST", "/campaigns/{campaign}/applications/{application}/uphold", {
    callers: lead,
    tag,
    summary: "异议成立，重新初审",
  })
    .input(
      OfApplication.extend({
        version: Version,
        objection: Uuid,
        answer: Reason,
      }),
    )
    .output(ActOutcome),
};
