import { z } from "zod";
import { Attachment } from "./applicant.ts";
import {
  ActOutcome,
  Applications,
  BulkOutcome,
  InCampaign,
  Instant,
  OfApplication,
  PageQuery,
  pageOf,
  Reason,
  ReasonCodes,
  RefusalText,
  Uuid,
  Version,
} from "./common.ts";
import { call } from "./operation.ts";
import {
  CertificateKind,
  CertificateVersion,
  ComparedFieldName,
  FormFieldName,
  MarkWith,
  MaterialKey,
  State,
} from "./terms.ts";

const tag = "现场确认";
const callers = ["school-clerk"] as const;

const MaterialCheck = z.object({
  material: MaterialKey,
  originalSeen: z.boolean(),
  copyStamped: z.boolean(),
  copies: z.int().min(0).max(99),
  /** The signer of the sheet that the school supplies (items 5 to 7). */
  signer: z.string().trim().min(2).max(50).optional(),
  remark: z.string().max(300).optional(),
});
const CertificateCheck = z.object({
  field: ComparedFieldName,
  agrees: z.boolean(),
  remark: z.string().max(300).optional(),
});

/** The content of a return: reasons of the plan, free text and reply time. */
export const Asking = z.object({
  reasons: ReasonCodes,
  text: z.string().trim().max(1000).optional(),
  /** If absent, the end of the returning stage's window. */
  replyBy: Instant.optional(),
});

/** Who works on a teacher's folder, and since when. */
const Held = z.object({ by: z.string(), since: Instant, mine: z.boolean() });

/** What the confirmation desk needs besides the case itself. */
const DeskView = z.object({
  held: Held.nullable(),
  attachments: z.array(Attachment),
  /** Differences between the school's roster and the teacher's entries. */
  differs: z.array(z.object({ field: FormFieldName, title: z.string(), entered: z.string(), roster: z.string() })),
  /** Fields that the teacher changed since the last return. */
  changed: z.array(z.object({ field: FormFieldName, title: z.string(), from: z.string(), to: z.string() })),
  /** The version recorded at the desk; null means by year of issue. */
  certificateVersion: CertificateVersion.nullable(),
  /** The version by year of issue. */
  versionByYear: CertificateVersion.nullable(),
  /** The kind of mark for the certificate. */
  markWith: MarkWith,
});

/** Proofs that a school issued together: signer, date and number of teachers. Each case links to them. */
const SchoolSheet = z.object({
  id: Uuid,
  number: z.string(),
  school: z.string(),
  material: MaterialKey,
  title: z.string(),
  signer: z.string(),
  issuedAt: Instant,
  issuedBy: z.string(),
  entries: z.int(),
});

/** All checks recorded at the desk for one teacher. */
export const DeskChecks = z.object({
  materials: z.array(MaterialCheck).max(30).default([]),
  certificate: z.array(CertificateCheck).max(30).default([]),
  /** The certificate's version as the original shows: old, or new (2017). */
  certificateVersion: CertificateVersion.optional(),
});

/**
 * The result of a hand-over: one list for each district. There is more than one only if schools passed to another
 * district lately.
 */
const HandedOver = z.object({
  manifest: Uuid.nullable(),
  number: z.string().nullable(),
  manifests: z.array(z.object({ id: Uuid, number: z.string(), authority: z.string(), entries: z.int() })),
  outcome: BulkOutcome,
});

/** A case ready for the hand-over, with its papers. */
export const ToHandOver = z.object({
  application: Uuid,
  number: z.string(),
  name: z.string(),
  /** The key by which names are sorted. */
  sound: z.string(),
  school: z.string(),
  /** The person's batch at the school. */
  batch: z.object({ id: Uuid, name: z.string() }).nullable(),
  certificateKind: CertificateKind.nullable(),
  subject: z.string().nullable(),
  since: Instant,
  copies: z.array(z.object({ material: MaterialKey, copies: z.int() })),
  /** The district's question, if it sent the case back. */
  asked: z.array(z.string()),
  replyBy: Instant.nullable(),
  /** The refusal of the hand-over, if any. */
  refusal: RefusalText.nullable(),
});
export type ToHandOver = z.infer<typeof ToHandOver>;
/** The same type before its keys are branded. */
export type NewToHandOver = z.input<typeof ToHandOver>;

/** The school's named person checks originals and confirms (Notice §三(二)). */
export const confirmationContract = {
  findAtDesk: call("GET", "/campaigns/{campaign}/desk", {
    callers,
    tag,
    summary: "按凭条、编号、姓名或拼音查找教师",
  })
    .input(InCampaign.extend({ text: z.string().trim().max(300).default("") }))
    .output(
      z.object({
        /** Whether the search was a scanned slip or a complete number, which identifies one case. */
        exact: z.boolean(),
        items: z.array(
          z.object({
            id: Uuid,
            number: z.string(),
            name: z.string(),
            nameOnCertificate: z.string().nullable(),
            state: State,
            stateTitle: z.string(),
            school: z.string().nullable(),
            flags: z.int(),
            held: Held.nullable(),
          }),
        ),
      }),
    ),
  lookAtDesk: call("GET", "/campaigns/{campaign}/applications/{application}/desk", {
    callers,
    tag,
    summary: "核验所需：扫描件、与名册的差异、退回后的修改、证书版本",
  })
    .input(OfApplication)
    .output(DeskView),
  takeUp: call("POST", "/campaigns/{campaign}/applications/{application}/desk", {
    callers,
    tag,
    summary: "取材料袋（开始核验）",
  })
    .input(
      OfApplication.extend({
        /** Whether to take the folder over from a colleague. */
        reason: Reason.optional(),
      }),
    )
    .output(Held),
  putDown: call("POST", "/campaigns/{campaign}/applications/{application}/desk/put-down", {
    callers,
    tag,
    summary: "放回材料袋",
  })
    .input(OfApplication)
    .output(z.object({ done: z.literal(true) })),
  confirmAtDesk: call("POST", "/campaigns/{campaign}/applications/{application}/confirm-at-desk", {
    callers,
    tag,
    summary: "记录核验结果并确认（一次完成）",
  })
    .input(OfApplication.extend({ version: Version, ...DeskChecks.shape }))
    .output(ActOutcome),
  saveChecks: call("PUT", "/campaigns/{campaign}/applications/{application}/checks", {
    callers,
    tag,
    summary: "记录材料核验与证书比对",
  })
    .input(OfApplication.extend(DeskChecks.shape))
    .output(z.object({ missing: z.array(z.string()), version: z.int() })),
  supplySheets: call("POST", "/campaigns/{campaign}/school-sheets", {
    callers,
    tag,
    summary: "学校统一提供第5、6、7项证明",
  })
    .input(
      InCampaign.extend({
        school: Uuid,
        material: MaterialKey,
        signer: z.string().trim().min(2).max(50),
        applications: Applications,
      }),
    )
    .output(
      z.object({
        recorded: z.int(),
        /** Separate proofs for serving and newly hired teachers, if the plan has different ones. */
        sheets: z.array(z.object({ id: Uuid, number: z.string() })),
      }),
    ),
  listSheetKinds: call("GET", "/campaigns/{campaign}/school-sheet-kinds", {
    callers,
    tag,
    summary: "可由学校统一出具的证明，及还没有出具的人数",
  })
    .input(InCampaign)
    .output(z.array(z.object({ material: MaterialKey, item: z.int(), title: z.string(), lacking: z.int() }))),
  listSheets: call("GET", "/campaigns/{campaign}/school-sheets", {
    callers: ["school-clerk", "district-reviewer", "district-lead"],
    tag,
    summary: "学校统一出具的证明",
  })
    .input(InCampaign.extend({ ...PageQuery.shape, application: Uuid.optional() }))
    .output(pageOf(SchoolSheet)),
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
  listToHandOver: call("GET", "/campaigns/{campaign}/to-hand-over", {
    callers,
    tag,
    summary: "可以报送的申请及其材料份数",
  })
    .input(InCampaign.extend({ kind: z.enum(["first", "again"]).default("first") }))
    .output(
      z.object({
        items: z.array(ToHandOver),
        /** Whether more cases wait than are listed. */
        more: z.boolean(),
        materials: z.array(z.object({ key: MaterialKey, item: z.int(), name: z.string() })),
        /** The end of the time for handing over. */
        until: Instant.nullable(),
      }),
    ),
  handOver: call("POST", "/campaigns/{campaign}/manifests", {
    callers,
    tag,
    summary: "报送区县并生成交接清单",
  })
    .input(InCampaign.extend({ applications: Applications }))
    .output(HandedOver),
  handOverAgain: call("POST", "/campaigns/{campaign}/manifests/again", {
    callers,
    tag,
    summary: "补正后再次报送",
  })
    .input(InCampaign.extend({ applications: Applications }))
    .output(HandedOver),
  passOnReturn: call("POST", "/campaigns/{campaign}/applications/{application}/pass-on-return", {
    callers,
    tag,
    summary: "将区县退回转给申请人修改",
  })
    .input(OfApplication.extend({ version: Version, ...Asking.shape }))
    .output(ActOutcome),
};
