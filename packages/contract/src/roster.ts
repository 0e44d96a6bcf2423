import { assessmentGrades, codesOf } from "@shice/rules/form/lists.ts";
import { standings } from "@shice/rules/roster/standing.ts";
import { z } from "zod";
import {
  Day,
  InCampaign,
  Instant,
  PageQuery,
  pageOf,
  RefusalText,
  SheetFinding,
  SheetOutcome,
  Uuid,
} from "./common.ts";
import { call } from "./operation.ts";
import { batchesContract } from "./roster/batches.ts";
import { RosterFilter, RosterItem, rosterEditors, rosterReaders, rosterTag as tag } from "./roster/filter.ts";
import { lapseContract } from "./roster/lapse.ts";
import { reconcileContract } from "./roster/reconcile.ts";
import { remindersContract } from "./roster/reminders.ts";
import { CertificateKind, PostKind, ReasonCode } from "./terms.ts";

/** Facts about a teacher on a roster. Other form fields are stored unchecked and checked when the form is filled in. */
const RosterFacts = z.looseObject({
  postKind: PostKind.optional(),
  subject: z.string().trim().max(60).optional(),
  certificateKind: CertificateKind.optional(),
  certificateNumber: z.string().trim().max(40).optional(),
  mobile: z.string().trim().max(20).optional(),
  workingSince: Day.optional(),
  assessments: z
    .array(z.object({ year: z.int().min(1950).max(2100), grade: z.enum(codesOf(assessmentGrades)) }))
    .max(20)
    .optional(),
  trainingHours: z.number().min(0).max(10_000).optional(),
});

const RosterRow = z.object({
  school: Uuid,
  name: z.string().max(60),
  documentKind: z.string().max(40).default("id-card"),
  idNumber: z.string().max(40),
  /** If absent, the roster's present standing, or `due` if it has none. */
  standing: z.enum(standings).optional(),
  reason: ReasonCode.optional(),
  remark: z.string().max(300).optional(),
  statementOn: Day.optional(),
  facts: RosterFacts.default({}),
});
export const importStates = [
  "receiving",
  "checking",
  "checked",
  "applying",
  "applied",
  "cancelled",
  "unreadable",
] as const;

/** Maximum size of a file part in one request, in bytes; Base64 adds a third. */
export const importPartBytes = 1_200_000;
/** Maximum number of parts of a file. */
const importPartsAtMost = 40;

/** A roster import from a spreadsheet, with the progress of checking and writing. */
export const ImportView = z.object({
  id: Uuid,
  fileName: z.string(),
  state: z.enum(importStates),
  stateTitle: z.string(),
  askedBy: z.string(),
  askedAt: Instant,
  finishedAt: Instant.nullable(),
  /** Whether the same content was sent before; then this is the earlier import. */
  again: z.boolean(),
  /** Number of parts received, and the total. */
  received: z.int(),
  parts: z.int(),
  total: z.int().nullable(),
  checked: z.int(),
  fresh: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  wrong: z.int(),
  applied: z.int(),
  /** The refusal if the file could not be read at all. */
  problem: RefusalText.nullable(),
  /** Skipped parts of the file, in words. */
  notes: z.array(z.string()),
});
export type ImportView = z.infer<typeof ImportView>;

/** One row of the spreadsheet: its effect or its faults. */
const ImportRow = z.object({
  /** The row's number in the spreadsheet. */
  row: z.int(),
  outcome: SheetOutcome,
  applied: z.boolean(),
  name: z.string(),
  idNumberMasked: z.string(),
  school: z.string(),
  ...SheetFinding.shape,
});
/** A column of the grid of annual assessments: a year, or the training hours. */
const AssessmentField = z.union([z.literal("hours"), z.string().regex(/^\d{4}$/)]);
const AssessmentRow = z.object({
  entry: Uuid,
  name: z.string(),
  idNumberMasked: z.string(),
  schoolName: z.string(),
  /** Grade codes by year. */
  grades: z.record(z.string(), z.string()),
  hours: z.number().nullable(),
});
/** A changed cell with its previous value, so that nobody's entry is overwritten without being seen. */
export const AssessmentChange = z.object({
  entry: Uuid,
  field: AssessmentField,
  from: z.string().max(20).nullable(),
  to: z.string().max(20).nullable(),
});
export type AssessmentChange = z.infer<typeof AssessmentChange>;

const OfImport = InCampaign.extend({ import: Uuid });

/** Schools organise their teachers (Notice §三(一)); a case that the school has not seen does not lapse. */
export const rosterContract = {
  ...reconcileContract,
  ...lapseContract,
  ...batchesContract,
  ...remindersContract,
  addRoster: call("POST", "/campaigns/{campaign}/roster", {
    callers: rosterEditors,
    tag,
    summary: "登记名册（可批量）",
  })
    .input(
      InCampaign.extend({
        rows: z.array(RosterRow).min(1).max(1000),
        source: z.enum(["district", "excel", "hand"]),
      }),
    )
    .output(
      z.object({
        added: z.int(),
        changed: z.int(),
        unchanged: z.int(),
        wrong: z.array(z.object({ row: z.int(), field: z.string(), refusal: RefusalText })),
      }),
    ),
  listRoster: call("GET", "/campaigns/{campaign}/roster", {
    callers: rosterReaders,
    tag,
    summary: "名册与申请情况对照",
  })
    .input(InCampaign.extend({ ...PageQuery.shape, ...RosterFilter.shape }))
    .output(pageOf(RosterItem)),
  listAssessments: call("GET", "/campaigns/{campaign}/roster-assessments", {
    callers: rosterEditors,
    tag,
    summary: "年度考核和培训学时登记表",
  })
    .input(InCampaign.extend({ ...PageQuery.shape, school: Uuid.optional() }))
    .output(
      pageOf(AssessmentRow).extend({
        years: z.array(z.int()),
        choices: z.array(z.object({ code: z.string(), name: z.string() })),
      }),
    ),
  saveAssessments: call("PUT", "/campaigns/{campaign}/roster-assessments", {
    callers: rosterEditors,
    tag,
    summary: "登记年度考核和培训学时（可批量）",
  })
    .input(InCampaign.extend({ changes: z.array(AssessmentChange).min(1).max(5000) }))
    .output(
      z.object({
        saved: z.int(),
        /** Cells that somebody else changed meanwhile; they keep that person's values. */
        clashes: z.array(
          z.object({
            entry: Uuid,
            field: AssessmentField,
            stands: z.string().nullable(),
            wanted: z.string().nullable(),
          }),
        ),
      }),
    ),
  getRosterBook: call("GET", "/campaigns/{campaign}/roster.xlsx", {
    callers: rosterEditors,
    tag,
    summary: "名册Excel：空白模板，或当前名册与申请情况",
  })
    .input(InCampaign.extend({ filled: z.enum(["yes", "no"]).default("no") }))
    .output(z.instanceof(File)),
  sendImport: call("POST", "/campaigns/{campaign}/roster-imports", {
    callers: rosterEditors,
    tag,
    summary: "上传名册表格（大文件分段上传）",
  })
    .input(
      InCampaign.extend({
        fileName: z.string().trim().min(1).max(200),
        /** The import of this part; absent with the first part. */
        import: Uuid.optional(),
        part: z.int().min(1).max(importPartsAtMost).default(1),
        parts: z.int().min(1).max(importPartsAtMost, "文件过大，请分成几个文件分别导入").default(1),
        /** This part in Base64. */
        content: z.base64("文件内容不完整，请重新上传").max(Math.ceil(importPartBytes / 3) * 4),
        /** Whether to check again although the same content was sent before. */
        anew: z.boolean().default(false),
      }),
    )
    .output(ImportView),
  listImports: call("GET", "/campaigns/{campaign}/roster-imports", {
    callers: rosterEditors,
    tag,
    summary: "名册导入记录",
  })
    .input(InCampaign.extend(PageQuery.shape))
    .output(pageOf(ImportView)),
  getImport: call("GET", "/campaigns/{campaign}/roster-imports/{import}", {
    callers: rosterEditors,
    tag,
    summary: "名册导入的进度与结果",
  })
    .input(OfImport)
    .output(ImportView),
  listImportRows: call("GET", "/campaigns/{campaign}/roster-imports/{import}/rows", {
    callers: rosterEditors,
    tag,
    summary: "名册导入的逐行核对结果",
  })
    .input(OfImport.extend({ ...PageQuery.shape, outcome: SheetOutcome.optional() }))
    .output(pageOf(ImportRow)),
  applyImport: call("POST", "/campaigns/{campaign}/roster-imports/{import}/apply", {
    callers: rosterEditors,
    tag,
    summary: "写入名册",
  })
    .input(OfImport)
    .output(ImportView),
  cancelImport: call("POST", "/campaigns/{campaign}/roster-imports/{import}/cancel", {
    callers: rosterEditors,
    tag,
    summary: "取消导入",
  })
    .input(OfImport)
    .output(ImportView),
  getImportErrors: call("GET", "/campaigns/{campaign}/roster-imports/{import}/errors.xlsx", {
    callers: rosterEditors,
    tag,
    summary: "有误的行（Excel，更正后可再次导入）",
  })
    .input(OfImport)
    .output(z.instanceof(File)),
};
