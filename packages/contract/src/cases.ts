import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
import { z } from "zod";
import { actionOf } from "./action.ts";
import { Attachment, Finding } from "./applicant.ts";
import { ActOutcome, InCampaign, Instant, OfApplication, PageQuery, pageOf, Reason, Uuid, Version } from "./common.ts";
import { call } from "./operation.ts";
import { Standing } from "./standing.ts";
import {
  CertificateKind,
  ComparedFieldName,
  Concerns,
  ConclusionKey,
  EntryKey,
  FormFieldName,
  HistoryAct,
  MarkWith,
  MaterialKey,
  OpenedKey,
  PostKind,
  ReasonCode,
  RegistrationKind,
  Role,
  Stage,
  State,
  SuppliedBy,
} from "./terms.ts";

const tag = "办件";

/** Roles that see applications in their scope. */
export const caseReaders = [
  "school-clerk",
  "district-reviewer",
  "district-lead",
  "sticker-handler",
  "centre-reviewer",
  "campaign-manager",
  "commission-approver",
  "auditor",
] as const;

const QueueItem = z.object({
  id: Uuid,
  number: z.string(),
  name: z.string(),
  /** The name on the certificate, if it differs. */
  nameOnCertificate: z.string().nullable(),
  state: State,
  stateTitle: z.string(),
  stateSince: Instant,
  school: z.string().nullable(),
  schoolId: Uuid.nullable(),
  authorityId: Uuid.nullable(),
  registrationKind: RegistrationKind,
  certificateKind: CertificateKind.nullable(),
  postKind: PostKind.nullable(),
  subject: z.string().nullable(),
  flags: z.array(z.string()),
  replyBy: Instant.nullable(),
  proposedConclusion: ConclusionKey.nullable(),
  conclusion: ConclusionKey.nullable(),
  markWith: MarkWith.nullable(),
  /** Whether the teacher has attested the school's entries; null if only the teacher filled in the form. */
  assisted: z.enum(["unattested", "attested"]).nullable(),
  version: z.int(),
});

const QueueFilter = z.object({
  state: z.union([State, z.array(State)]).optional(),
  school: Uuid.optional(),
  authority: Uuid.optional(),
  kind: CertificateKind.optional(),
  registrationKind: RegistrationKind.optional(),
  conclusion: ConclusionKey.optional(),
  flagged: z.enum(["yes", "no"]).optional(),
  markWith: MarkWith.optional(),
  notice: Uuid.optional(),
  report: Uuid.optional(),
  /** Filter by whether the teacher signed for the conclusion; applies only to cases with one in force. */
  received: z.enum(["yes", "no"]).optional(),
  /** Confirmed cases with an unanswered request to withdraw. */
  withdrawal: z.literal("asked").optional(),
  /** The applications of the people in a school's batch. */
  batch: Uuid.optional(),
  /** Part of a name, its pinyin or initials, or the application's number. */
  search: z.string().trim().max(60).optional(),
});

/** The columns of a queue, on screen and in exports. */
export const queueColumns = [
  "name",
  "number",
  "school",
  "subject",
  "certificateKind",
  "registrationKind",
  "state",
  "since",
  "replyBy",
  "proposed",
  "flags",
] as const;
export type QueueColumn = (typeof queueColumns)[number];

/** A saved filter of the queues with its columns. It belongs to its owner and works on any machine. */
export const SavedFilter = z.object({
  id: Uuid,
  name: z.string().trim().min(1, "请填写名称。").max(20, "名称最多20个字。"),
  /** As in the queue's address, including the name of the queue. */
  filter: z
    .record(z.string().max(40), z.string().max(100))
    .refine((parts) => Object.keys(parts).length <= 20, "筛选条件最多20项。"),
  columns: z.array(z.enum(queueColumns)).min(1).max(20),
});
export type SavedFilter = z.infer<typeof SavedFilter>;

/** The acts on a case, by their names in the lifecycle. */
const CaseAction = actionOf(transitionNames);

/**
 * The conclusion suggested by the facts under the plan; a person decides. `sentences` give the reasons, `undecided` the
 * points still to be weighed.
 */
export const SuggestionView = z.object({
  conclusion: ConclusionKey.nullable(),
  title: z.string(),
  sentences: z.array(z.string()),
  undecided: z.array(z.string()),
});
const ReasonText = z.object({ code: ReasonCode, text: z.string() });
const OpinionView = z.object({
  stage: Stage,
  stageTitle: z.string(),
  conclusion: ConclusionKey,
  reasons: z.array(ReasonText),
  text: z.string().nullable(),
  /** By its name. */
  suggested: z.string().nullable(),
  givenAt: Instant,
});
/** One return: what it asked, the stage, the deadline, and whether it was answered. */
export const ReturnView = z.object({
  round: z.int(),
  stage: z.enum(["confirm", "preliminary"]),
  stageTitle: z.string(),
  asked: z.array(ReasonText.extend({ opens: z.array(OpenedKey) })),
  text: z.string().nullable(),
  answerTo: z.enum(["submitted", "sent-back"]),
  replyBy: Instant,
  askedAt: Instant,
  answeredAt: Instant.nullable(),
  outcome: z.enum(["answered", "expired", "withdrawn", "passed-on"]).nullable(),
});
/** The desk's record of one material. */
const MaterialCheckView = z.object({
  originalSeen: z.boolean(),
  copyStamped: z.boolean(),
  copies: z.int(),
  signer: z.string().nullable(),
  remark: z.string().nullable(),
  checkedAt: Instant,
});

const CaseView = QueueItem.extend({
  /** The appeal against the present lapse or refusal. */
  appeal: z.object({ statement: z.string(), raisedAt: Instant, answer: z.string().nullable() }).nullable(),
  form: z.partialRecord(FormFieldName, z.unknown()),
  idNumberMasked: z.string(),
  /** Fields and scans still as the school entered them. */
  assistedFields: z.array(EntryKey),
  findings: z.array(Finding),
  /** Photo and scans. Each is read by its own call, which is recorded. */
  attachments: z.array(Attachment),
  checklist: z.array(
    z.object({
      key: MaterialKey,
      item: z.int(),
      name: z.string(),
      concerns: Concerns,
      suppliedBy: SuppliedBy,
      originalSeen: z.boolean(),
      copies: z.int(),
      copyStamped: z.boolean(),
      check: MaterialCheckView.nullable(),
    }),
  ),
  certificateChecks: z.array(
    z.object({
      field: ComparedFieldName,
      agrees: z.boolean().nullable(),
      remark: z.string().nullable(),
    }),
  ),
  /** The checks still missing before the desk may confirm. */
  missing: z.array(z.object({ key: z.string(), text: z.string() })),
  suggestion: SuggestionView.nullable(),
  opinions: z.array(OpinionView),
  returns: z.array(ReturnView),
  /** The instant at which the teacher signed for the conclusion in force; null if not signed or without one. */
  receivedAt: Instant.nullable(),
  standing: Standing,
  actions: z.array(CaseAction),
});

const HistoryItem = z.object({
  sequence: z.int(),
  transition: HistoryAct,
  title: z.string(),
  from: State.nullable(),
  to: State,
  at: Instant,
  role: Role,
  actor: z.string().nullable(),
  organisation: z.string().nullable(),
  reason: z.string().nullable(),
  record: z.record(z.string(), z.unknown()),
  changes: z.record(z.string(), z.unknown()),
  planVersion: z.int(),
  hash: z.string(),
});

/** Queues and the case page, for every office. */
export const casesContract = {
  listQueue: call("GET", "/campaigns/{campaign}/queue", {
    callers: caseReaders,
    tag,
    summary: "办件队列",
  })
    .input(InCampaign.extend({ ...PageQuery.shape, ...QueueFilter.shape }))
    .output(pageOf(QueueItem)),
  countQueue: call("GET", "/campaigns/{campaign}/queue-counts", {
    callers: caseReaders,
    tag,
    summary: "各状态件数",
  })
    .input(InCampaign.extend(QueueFilter.shape))
    .output(z.object({ counts: z.partialRecord(State, z.int()), total: z.int() })),
  exportQueue: call("GET", "/campaigns/{campaign}/queue.xlsx", {
    callers: caseReaders,
    tag,
    summary: "导出办件队列（Excel，所选的列）",
  })
    .input(InCampaign.extend({ ...QueueFilter.shape, columns: z.array(z.enum(queueColumns)).min(1).max(20) }))
    .output(z.instanceof(File)),
  listSavedFilters: call("GET", "/campaigns/{campaign}/saved-filters", {
    callers: caseReaders,
    tag,
    summary: "本人保存的常用筛选",
  })
    .input(InCampaign)
    .output(z.array(SavedFilter)),
  saveFilter: call("POST", "/campaigns/{campaign}/saved-filters", {
    afterClosing: true,
    callers: caseReaders,
    tag,
    summary: "保存常用筛选（同名的替换）",
  })
    .input(InCampaign.extend(SavedFilter.omit({ id: true }).shape))
    .output(SavedFilter),
  removeSavedFilter: call("DELETE", "/campaigns/{campaign}/saved-filters/{savedFilter}", {
    afterClosing: true,
    callers: caseReaders,
    tag,
    summary: "删除常用筛选",
  })
    .input(InCampaign.extend({ savedFilter: Uuid }))
    .output(z.object({ done: z.literal(true) })),
  getCase: call("GET", "/campaigns/{campaign}/applications/{application}", {
    callers: caseReaders,
    tag,
    summary: "办件详情",
  })
    .input(OfApplication)
    .output(CaseView),
  listHistory: call("GET", "/campaigns/{campaign}/applications/{application}/history", {
    callers: [...caseReaders, "applicant"],
    tag,
    summary: "办理经过",
  })
    .input(OfApplication)
    .output(z.array(HistoryItem)),
  revealIdNumber: call("POST", "/campaigns/{campaign}/applications/{application}/reveal-id-number", {
    afterClosing: true,
    callers: ["school-clerk", "district-reviewer", "district-lead", "centre-reviewer"],
    tag,
    summary: "查看完整证件号码（记入日志）",
  })
    .input(OfApplication.extend({ reason: Reason }))
    .output(z.object({ idNumber: z.string() })),
  reopen: call("POST", "/campaigns/{campaign}/applications/{application}/reopen", {
    afterClosing: true,
    callers: ["campaign-manager", "district-lead"],
    tag,
    summary: "恢复办理",
  })
    .input(OfApplication.extend({ version: Version, reason: Reason }))
    .output(ActOutcome),
  appealEnding: call("POST", "/campaigns/{campaign}/applications/{application}/ending-appeal", {
    afterClosing: true,
    callers: ["applicant", "district-lead"],
    tag,
    summary: "对不予受理或自动放弃提出申诉；区县收到来信来电的，由区县负责人登记",
  })
    .input(
      OfApplication.extend({
        version: Version,
        statement: z.string().trim().min(10, "请写明申诉的事实和理由（不少于10字）").max(2000),
      }),
    )
    .output(ActOutcome),
  dismissEndingAppeal: call("POST", "/campaigns/{campaign}/applications/{application}/ending-appeal/dismissal", {
    afterClosing: true,
    callers: ["district-lead"],
    tag,
    summary: "申诉不成立（成立的，恢复办理）",
  })
    .input(OfApplication.extend({ version: Version, reason: Reason }))
    .output(ActOutcome),
  transfer: call("POST", "/campaigns/{campaign}/applications/{application}/transfer", {
    callers: ["campaign-manager", "district-lead"],
    tag,
    summary: "转到其他学校",
  })
    .input(OfApplication.extend({ version: Version, school: Uuid, reason: Reason }))
    .output(ActOutcome),
  carryOver: call("POST", "/campaigns/{campaign}/applications/{application}/carry-over", {
    afterClosing: true,
    callers: ["campaign-manager"],
    tag,
    summary: "转入下一批次",
  })
    .input(OfApplication.extend({ version: Version, reason: Reason }))
    .output(ActOutcome),
};
