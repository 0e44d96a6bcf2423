import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { transitionNames } from "@shice/rules/lifecycle/lifecycle.ts";
import { photoFindingCodes } from "@shice/rules/photo/check.ts";
import { z } from "zod";
import { actionOf } from "./action.ts";
import { AuditAction, AuditRole } from "./audit-words.ts";
import { ActOutcome, InCampaign, Instant, OfApplication, Reason, RefusalText, Uuid, Version } from "./common.ts";
import { ObjectionPictures } from "./notice.ts";
import { call } from "./operation.ts";
import { Standing } from "./standing.ts";
import {
  ConclusionKey,
  EntryKey,
  FormFieldName,
  MaterialKey,
  OpenedKey,
  ReasonCode,
  RegistrationKind,
  Slot,
  State,
  SuppliedBy,
} from "./terms.ts";

const tag = "申请人";
const callers = ["applicant"] as const;

export const Finding = RefusalText.extend({
  level: z.enum(["blocks", "blocks-unless-attested", "warns", "informs"]),
});

/** A photo or a page of a scan, as it lies in the file store. */
export const Attachment = z.object({
  id: Uuid,
  /** `photo`, or the key of one of the plan's materials. */
  slot: Slot,
  position: z.int(),
  fileName: z.string(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  bytes: z.int(),
  uploadedAt: Instant,
  /** Missing or altered on the disk: to be sent again. */
  lost: z.boolean(),
  /** Certificate numbers that the machine read on it; null while it waits to be read. */
  numbers: z.array(z.string()).nullable(),
  /** What the check of a photo found, a sentence each. */
  findings: z.array(z.object({ code: z.enum(photoFindingCodes), sentence: z.string() })),
});
/** One page more. */
export const NewAttachment = OfApplication.extend({
  slot: z.string().max(60),
  fileName: z.string().trim().max(200),
  /** The picture (JPEG, PNG, WebP) in Base64. */
  content: z.base64("图片内容不完整，请重新上传").max(1_900_000, "图片过大，请选择小一些的图片"),
});
export const ArrangedPages = OfApplication.extend({
  slot: z.string().max(60),
  /** The pages that stay, in their order. */
  pages: z.array(Uuid).max(20),
});
/** All that are there now, and the version of the form to which they belong. */
export const Attachments = z.object({ version: z.int(), attachments: z.array(Attachment) });

/** What the roster or an earlier registration says of a field, beside what was entered. */
const KnownValue = z.object({
  field: FormFieldName,
  value: z.unknown(),
  source: z.enum(["roster", "last-registration"]),
});

/** That the school has filled in the form; the entries that stand as it made them, and whether the teacher attests them. */
const Assistance = z.object({
  /** Who wrote last, and from which office. */
  clerk: z.string().nullable(),
  organisation: z.string().nullable(),
  begunAt: Instant,
  lastAt: Instant,
  attestedAt: Instant.nullable(),
  /** Fields of the form, and scans as `material:certificate`. */
  fields: z.array(EntryKey),
});

const OwnAction = actionOf(transitionNames);

/** What whoever fills in an application sees of it: its teacher, or the clerk for the teacher. */
export const OwnApplication = z.object({
  id: Uuid,
  number: z.string(),
  state: State,
  stateTitle: z.string(),
  version: z.int(),
  /** The name of the school that the form holds by number. */
  school: z.string().nullable(),
  form: ApplicationDraft,
  findings: z.array(Finding),
  submittedAt: Instant.nullable(),
  replyBy: Instant.nullable(),
  asked: z.array(
    z.object({
      code: ReasonCode,
      text: z.string(),
      opens: z.array(OpenedKey),
    }),
  ),
  askedText: z.string().nullable(),
  conclusion: ConclusionKey.nullable(),
  /** Null where the teacher alone has filled in. */
  assistance: Assistance.nullable(),
  standing: Standing,
  actions: z.array(OwnAction),
});

/** What stands around a form that is filled in and changes seldom: asked beside it, not with every save. */
export const AboutForm = z.object({
  lendingSchool: z.string().nullable(),
  /** Who confirms, and who registers: both follow from the school. */
  confirmationPoint: z.string().nullable(),
  authority: z.string().nullable(),
  person: z.object({
    name: z.string(),
    documentKind: z.string(),
    /** In full: it is the person's own, and whoever fills in for them has it on the roster. */
    idNumber: z.string(),
    sex: z.string().nullable(),
    bornOn: z.string().nullable(),
  }),
  known: z.array(KnownValue),
  attachments: z.array(Attachment),
  /** The materials that this teacher brings or the school supplies (Notice §三(二)). */
  materials: z.array(
    z.object({
      key: MaterialKey,
      item: z.int(),
      name: z.string(),
      suppliedBy: SuppliedBy,
      originalSeen: z.boolean(),
      copies: z.int(),
      copyStamped: z.boolean(),
    }),
  ),
  registrationKind: RegistrationKind,
});

/** What the teacher needs to know around the own application besides. */
const AboutApplication = AboutForm.extend({
  /** While the list with this application is published, and after. */
  notice: z
    .object({
      id: Uuid,
      number: z.string(),
      position: z.int(),
      conclusion: ConclusionKey,
      endsAt: Instant,
      closed: z.boolean(),
    })
    .nullable(),
  /** What became of the own objection. */
  appeals: z.array(
    z.object({
      raisedAt: Instant,
      answerBy: Instant,
      statement: z.string(),
      outcome: z.enum(["dismissed", "upheld"]).nullable(),
      answer: z.string().nullable(),
    }),
  ),
  decision: z
    .object({
      number: z.string(),
      decidedAt: Instant,
      revoked: z.boolean(),
      /** When the teacher signed for it. */
      receivedAt: Instant.nullable(),
    })
    .nullable(),
  /** The day from which the next registration opens, once this one has been concluded. */
  nextOpensOn: z.string().nullable(),
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
  about: call("GET", "/campaigns/{campaign}/applications/{application}/about", {
    callers,
    tag,
    summary: "本人申请的相关情况：名册对照、材料、公示、结论",
  })
    .input(OfApplication)
    .output(AboutApplication),
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
        /**
         * Where the school has filled in: version of the text by which the teacher attests it. It holds for the version
         * of the form that is named with it.
         */
        attestation: z.string().max(40).optional(),
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
  erase: call("POST", "/campaigns/{campaign}/applications/{application}/erase", {
    afterClosing: true,
    callers,
    tag,
    summary: "清除已撤回的申请中填写的内容",
  })
    .input(OfApplication)
    .output(z.object({ done: z.literal(true) })),
  addAttachment: call("POST", "/campaigns/{campaign}/applications/{application}/attachments", {
    callers,
    tag,
    summary: "上传照片或扫描件的一页",
  })
    .input(NewAttachment)
    .output(Attachments),
  arrangeAttachments: call("PUT", "/campaigns/{campaign}/applications/{application}/attachments", {
    callers,
    tag,
    summary: "调整扫描件各页的顺序，或移除",
  })
    .input(ArrangedPages)
    .output(Attachments),
  listViews: call("GET", "/campaigns/{campaign}/applications/{application}/views", {
    callers,
    tag,
    summary: "谁查看过我的材料",
  })
    .input(OfApplication)
    .output(
      z.array(z.object({ at: Instant, role: AuditRole, organisation: z.string().nullable(), action: AuditAction })),
    ),
  getProof: call("GET", "/campaigns/{campaign}/applications/{application}/proof", {
    callers,
    tag,
    summary: "注册结论的电子证明",
  })
    .input(OfApplication)
    .output(
      z.object({
        /** What the QR code holds: the address at which it is looked up, with the signed text in it. */
        address: z.string(),
        /** The signed text with its signature, to be checked offline with the published key. */
        code: z.string(),
        algorithm: z.string(),
        publicKey: z.string(),
        keyId: z.string(),
      }),
    ),
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
  receiveConclusion: call("POST", "/campaigns/{campaign}/applications/{application}/receive-conclusion", {
    afterClosing: true,
    callers,
    tag,
    summary: "签收注册结论",
  })
    .input(OfApplication)
    .output(z.object({ receivedAt: Instant })),
  appeal: call("POST", "/campaigns/{campaign}/applications/{application}/appeal", {
    callers,
    tag,
    summary: "对公示中的本人结论提出异议",
  })
    .input(
      OfApplication.extend({
        statement: z.string().trim().min(10, "请写明异议的事实和理由（不少于10字）").max(2000),
        pictures: ObjectionPictures,
      }),
    )
    .output(z.object({ objection: Uuid, answerBy: Instant })),
};
