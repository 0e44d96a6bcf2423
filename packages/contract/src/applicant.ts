import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
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

/** A photo or a page of a scan in the file store. */
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
  /** Whether the file is missing or altered on disk and must be sent again. */
  lost: z.boolean(),
  /** Certificate numbers that OCR read on it; null while it waits to be read. */
  numbers: z.array(z.string()).nullable(),
  /** Findings of the photo's check, one sentence each. */
  findings: z.array(z.object({ code: z.enum(photoFindingCodes), sentence: z.string() })),
});
/** Adds one page. */
export const NewAttachment = OfApplication.extend({
  slot: z.string().max(60),
  fileName: z.string().trim().max(200),
  /** The picture (JPEG, PNG, WebP) in Base64. */
  content: z.base64("图片内容不完整，请重新上传").max(1_900_000, "图片过大，请选择小一些的图片"),
});
export const ArrangedPages = OfApplication.extend({
  slot: z.string().max(60),
  /** The pages to keep, in order. */
  pages: z.array(Uuid).max(20),
});
/** All files now present, and the form version to which they belong. */
export const Attachments = z.object({ version: z.int(), attachments: z.array(Attachment) });

/** The roster's or the last registration's value of a field, beside the entry. */
const KnownValue = z.object({
  field: FormFieldName,
  value: z.unknown(),
  source: z.enum(["roster", "last-registration"]),
});

/** Entries by the school: the fields still as the school entered them, and whether the teacher attests them. */
const Assistance = z.object({
  /** The last clerk who saved, and the office. */
  clerk: z.string().nullable(),
  organisation: z.string().nullable(),
  begunAt: Instant,
  lastAt: Instant,
  attestedAt: Instant.nullable(),
  /** Fields of the form, and scans as `material:certificate`. */
  fields: z.array(EntryKey),
});

const OwnAction = actionOf(transitionNames);

/** An application as seen by whoever fills it in: its teacher, or the clerk for the teacher. */
export const OwnApplication = z.object({
  id: Uuid,
  number: z.string(),
  state: State,
  stateTitle: z.string(),
  version: z.int(),
  /** The name of the school that the form refers to by id. */
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
  /** Null if only the teacher filled in. */
  assistance: Assistance.nullable(),
  standing: Standing,
  actions: z.array(OwnAction),
});

/** Context of a form that seldom changes. It has its own call, so that it is not sent with every save. */
export const AboutForm = z.object({
  lendingSchool: z.string().nullable(),
  /** The confirmation point and the registering authority; both follow from the school. */
  confirmationPoint: z.string().nullable(),
  authority: z.string().nullable(),
  person: z.object({
    name: z.string(),
    documentKind: z.string(),
    /** Unmasked: it is the person's own number, and the clerk who fills in has it on the roster. */
    idNumber: z.string(),
    sex: z.string().nullable(),
    bornOn: z.string().nullable(),
  }),
  known: z.array(KnownValue),
  attachments: z.array(Attachment),
  /** The materials that the teacher brings or the school supplies (Notice §三(二)). */
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

/** Further facts that the teacher needs about the teacher's own application. */
const AboutApplication = AboutForm.extend({
  /** The notice that lists this application, during and after its publication. */
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
  /** The outcome of the teacher's own objection. */
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
      /** The instant at which the teacher signed for it. */
      receivedAt: Instant.nullable(),
    })
    .nullable(),
  /** The first day of the next registration, once this one is concluded. */
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
        /** Versions of the honesty undertaking given and of the privacy notice read. */
        undertaking: z.string().max(40),
        privacyNotice: z.string().max(40),
        /**
         * If the school filled in: version of the text by which the teacher attests it. The attestation holds only for
         * the form version sent with it.
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
        /** Content of the QR code: the verification address with the signed text in it. */
        address: z.string(),
        /** The signed text with its signature, for checking offline with the published key. */
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
