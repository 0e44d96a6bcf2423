import { institutionKinds, ownerships } from "@shice/rules/plan/institution.ts";
import { z } from "zod";
import { Day, InCampaign, Instant, PageQuery, pageOf, Reason, SheetFinding, SheetOutcome, Uuid } from "./common.ts";
import { call } from "./operation.ts";
import { AreaKey, BodyPart, PostKind, State } from "./terms.ts";

const tag = "学校目录";
const directoryEditors = ["campaign-manager", "account-administrator"] as const;
const readers = [...directoryEditors, "district-reviewer", "district-lead", "centre-reviewer", "auditor"] as const;

const Name = z.string().trim().min(2, "请填写学校全称").max(60);
const Alias = z.string().trim().min(1, "请填写简称").max(60);
const confirmationPoints = z.enum(["school", "authority"]);

const SchoolView = z.object({
  id: Uuid,
  name: z.string(),
  kind: z.enum(institutionKinds),
  ownership: z.enum(ownerships),
  industryRun: z.boolean(),
  authority: z.string(),
  authorityId: Uuid,
  confirmationPoint: z.string(),
  confirmationPointId: Uuid,
  validFrom: Day,
  validTo: Day.nullable(),
});
const Named = z.object({ id: Uuid, name: z.string() });

/** A school in the directory's list. */
export const DirectoryItem = SchoolView.extend({
  /** Short names for searching. */
  aliases: z.array(z.string()),
  /** The successors of a school that ended. */
  successors: z.array(Named),
  /** The former or short name that matched the search, if it was not the present name. */
  foundBy: z.string().nullable(),
});
export type DirectoryItem = z.infer<typeof DirectoryItem>;

export const directoryChanges = [
  "added",
  "renamed",
  "alias-added",
  "alias-removed",
  "changed",
  "passed",
  "merged",
  "took-in",
  "split",
  "arose",
] as const;
/** A change of a school: its day, who entered it and when, the reason, and what moved with it. */
export const DirectoryChange = z.object({
  id: Uuid,
  kind: z.enum(directoryChanges),
  on: Day,
  reason: z.string().nullable(),
  by: z.string().nullable(),
  at: Instant,
  /** The old and new values, one line for each. */
  lines: z.array(z.string()),
});

export type DirectoryChange = z.infer<typeof DirectoryChange>;

const SuccessorKind = z.enum(["merged", "split", "replaced", "transferred"]);

/** A school's progress in a campaign, counting only the cases that the reader may see. */
export const SchoolFigures = z.object({
  roster: z.int(),
  due: z.int(),
  counts: z.partialRecord(State, z.int()),
  total: z.int(),
  manifests: z.int(),
});

export const SchoolPage = DirectoryItem.extend({
  names: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(["standard", "former", "alias"]),
      from: Day.nullable(),
      to: Day.nullable(),
    }),
  ),
  /** How the school began or ended, with the day. */
  became: z.array(Named.extend({ kind: SuccessorKind, on: Day, reason: z.string() })),
  cameFrom: z.array(Named.extend({ kind: SuccessorKind, on: Day, reason: z.string() })),
  changes: z.array(DirectoryChange),
  /** The school's clerks; null if the reader has nothing to do with it. */
  clerks: z.array(z.object({ name: z.string(), since: Instant, until: Instant.nullable() })).nullable(),
  /** Null for readers who may not see applications. */
  figures: SchoolFigures.nullable(),
});
export type SchoolPage = z.infer<typeof SchoolPage>;

/** A school's cases in one running campaign, grouped by what a change would do to them. */
const SchoolHolds = z.object({
  campaign: z.string(),
  title: z.string(),
  /** Roster entries that would move, without those of people whose case stays. */
  entries: z.int(),
  /** Entries of people whom the district asked something: they move to another school, but not to another authority. */
  entriesSentBack: z.int(),
  draft: z.int(),
  submitted: z.int(),
  returned: z.int(),
  confirmed: z.int(),
  /** Cases that the district returned through the school. */
  sentBack: z.int(),
  /** Cases handed over, and in later states. */
  beyond: z.int(),
  ended: z.int(),
});
export const Consequences = z.object({
  campaigns: z.array(SchoolHolds),
  clerks: z.array(z.object({ name: z.string(), since: Instant })),
});
export type Consequences = z.infer<typeof Consequences>;

/** What moved with a change, by campaign. */
export const Went = z.object({
  campaigns: z.array(
    z.object({ campaign: z.string(), title: z.string(), entries: z.int(), cases: z.int(), extensions: z.int() }),
  ),
  /** The people whose posts ended with the school. */
  clerks: z.array(z.string()),
});
export type Went = z.infer<typeof Went>;

const NewPart = z.object({
  name: Name,
  kind: z.enum(institutionKinds),
  ownership: z.enum(ownerships).default("public"),
  industryRun: z.boolean().default(false),
  confirmationPoint: confirmationPoints.default("school"),
});
/** One successor of a split school: an existing school or a new one. */
const SplitPart = z.union([z.object({ school: Uuid }), NewPart]);

export const SplitSchool = z.object({
  school: Uuid,
  on: Day,
  reason: Reason,
  /** Whether the split school ends. */
  ends: z.boolean(),
  parts: z.array(SplitPart).min(1).max(20),
  /**
   * The index (from 0) of the part that takes everyone not assigned; null means they stay with the school, which
   * continues.
   */
  rest: z.int().min(0).max(19).nullable(),
  assigned: z
    .array(z.object({ person: Uuid, part: z.int().min(0).max(19) }))
    .max(5000)
    .default([]),
});

const directoryFilter = z.object({
  query: z.string().trim().max(60).optional(),
  authority: Uuid.optional(),
  kind: z.enum(institutionKinds).optional(),
  ownership: z.enum(ownerships).optional(),
  /** Schools that have ended: excluded, included, or only these. */
  ended: z.enum(["no", "yes", "only"]).default("no"),
});

/** A spreadsheet of schools is sent in one call. It is checked first, and again when it is written. */
const DirectorySheet = z.object({
  fileName: z.string().trim().min(1).max(200),
  /** The file in Base64. */
  content: z.base64("文件内容不完整，请重新上传").max(1_900_000, "文件过大，请删去无关的内容，或分成几个文件"),
});
export const DirectoryImport = z.object({
  fileName: z.string(),
  total: z.int(),
  fresh: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  wrong: z.int(),
  /** Number of schools written; null if the file was only checked. */
  applied: z.int().nullable(),
  notes: z.array(z.string()),
  rows: z.array(
    z.object({
      row: z.int(),
      outcome: SheetOutcome,
      name: z.string(),
      authority: z.string(),
      ...SheetFinding.shape,
    }),
  ),
});
export type DirectoryImport = z.infer<typeof DirectoryImport>;

/** The directory of bodies and schools. It replaces free text for a school's name (Notice §三(一)). */
export const organisationsContract = {
  searchSchools: call("GET", "/schools", {
    callers: "anyone",
    tag,
    summary: "按名称、曾用名、简称或拼音查找学校",
  })
    .input(
      z.object({
        query: z.string().trim().min(1).max(60),
        authority: Uuid.optional(),
        limit: z.coerce.number().int().min(1).max(50).default(20),
      }),
    )
    .output(z.array(SchoolView)),
  listBodies: call("GET", "/campaigns/{campaign}/bodies", {
    callers: "anyone",
    tag,
    summary: "注册机构",
  })
    .input(InCampaign)
    .output(
      z.array(
        z.object({
          id: Uuid,
          name: z.string(),
          part: BodyPart,
          area: AreaKey.nullable(),
          areaName: z.string().nullable(),
          reviewBody: Uuid.nullable(),
        }),
      ),
    ),
  listSchools: call("GET", "/directory", {
    callers: readers,
    tag,
    summary: "学校目录：按注册机构、类别筛选，可以包括已撤并的",
  })
    .input(z.object({ ...directoryFilter.shape, ...PageQuery.shape }))
    .output(pageOf(DirectoryItem)),
  getSchool: call("GET", "/campaigns/{campaign}/directory/{school}", {
    callers: readers,
    tag,
    summary: "一所学校：历次名称、沿革、变动、经办人和本批次的办理情况",
  })
    .input(InCampaign.extend({ school: Uuid }))
    .output(SchoolPage),
  getConsequences: call("GET", "/directory/{school}/consequences", {
    callers: directoryEditors,
    tag,
    summary: "撤并、划转前查看：涉及的名册、申请和经办人",
  })
    .input(z.object({ school: Uuid }))
    .output(Consequences),
  listSchoolPeople: call("GET", "/campaigns/{campaign}/directory/{school}/people", {
    callers: ["campaign-manager"],
    tag,
    summary: "可以随学校转移的教师（分立时按名单分配）",
  })
    .input(InCampaign.extend({ school: Uuid, ...PageQuery.shape }))
    .output(
      pageOf(
        z.object({
          /** The roster entry, or the application of a person on no roster. */
          person: Uuid,
          name: z.string(),
          idNumberMasked: z.string(),
          postKind: PostKind.nullable(),
          subject: z.string().nullable(),
          stateTitle: z.string().nullable(),
        }),
      ),
    ),
  addSchools: call("POST", "/schools", {
    callers: directoryEditors,
    tag,
    summary: "登记学校（可批量）",
  })
    .input(
      z.object({
        schools: z
          .array(
            z.object({
              name: Name,
              aliases: z.array(Alias).max(20).default([]),
              kind: z.enum(institutionKinds),
              ownership: z.enum(ownerships),
              industryRun: z.boolean().default(false),
              authority: Uuid,
              confirmationPoint: confirmationPoints.default("school"),
              validFrom: Day,
            }),
          )
          .min(1)
          .max(1000),
        reason: Reason.optional(),
      }),
    )
    .output(z.object({ schools: z.array(SchoolView) })),
  renameSchool: call("POST", "/schools/{school}/rename", {
    callers: directoryEditors,
    tag,
    summary: "学校更名（原名保留备查）",
  })
    .input(z.object({ school: Uuid, name: Name, on: Day, reason: Reason }))
    .output(SchoolView),
  addAlias: call("POST", "/schools/{school}/aliases", { callers: directoryEditors, tag, summary: "增加简称" })
    .input(z.object({ school: Uuid, name: Alias }))
    .output(SchoolView),
  removeAlias: call("POST", "/schools/{school}/aliases/remove", { callers: directoryEditors, tag, summary: "删除简称" })
    .input(z.object({ school: Uuid, name: z.string().max(60), reason: Reason }))
    .output(SchoolView),
  changeSchool: call("POST", "/schools/{school}/change", {
    callers: directoryEditors,
    tag,
    summary: "变更类别、举办者、行业办学或确认点",
  })
    .input(
      z.object({
        school: Uuid,
        kind: z.enum(institutionKinds).optional(),
        ownership: z.enum(ownerships).optional(),
        industryRun: z.boolean().optional(),
        confirmationPoint: confirmationPoints.optional(),
        on: Day,
        reason: Reason,
      }),
    )
    .output(z.object({ school: SchoolView, went: Went })),
  passSchools: call("POST", "/schools/pass", {
    callers: directoryEditors,
    tag,
    summary: "学校划转到另一注册机构（可批量），未报送的申请随之转移",
  })
    .input(z.object({ schools: z.array(Uuid).min(1).max(500), authority: Uuid, on: Day, reason: Reason }))
    .output(z.object({ schools: z.array(SchoolView), went: Went })),
  mergeSchool: call("POST", "/schools/{school}/merge", {
    callers: directoryEditors,
    tag,
    summary: "学校并入另一学校，名册和未报送的申请随之转移",
  })
    .input(z.object({ school: Uuid, into: Uuid, on: Day, reason: Reason }))
    .output(z.object({ school: SchoolView, into: SchoolView, went: Went })),
  splitSchool: call("POST", "/schools/{school}/split", {
    callers: directoryEditors,
    tag,
    summary: "学校分立，名册和未报送的申请按名单分配",
  })
    .input(SplitSchool)
    .output(z.object({ school: SchoolView, parts: z.array(SchoolView), went: Went })),
  getDirectoryBook: call("GET", "/directory.xlsx", {
    callers: readers,
    tag,
    summary: "学校目录Excel：空白模板，或现有目录",
  })
    .input(z.object({ filled: z.enum(["yes", "no"]).default("no"), ...directoryFilter.shape }))
    .output(z.instanceof(File)),
  checkDirectory: call("POST", "/directory-imports/check", {
    callers: directoryEditors,
    tag,
    summary: "核对学校表格（只核对，不写入）",
  })
    .input(DirectorySheet)
    .output(DirectoryImport),
  applyDirectory: call("POST", "/directory-imports/apply", {
    callers: directoryEditors,
    tag,
    summary: "把学校表格写入目录",
  })
    .input(DirectorySheet.extend({ reason: Reason }))
    .output(DirectoryImport),
  getDirectoryErrors: call("POST", "/directory-imports/errors.xlsx", {
    callers: directoryEditors,
    tag,
    summary: "学校表格中有误的行（Excel，更正后可再次导入）",
  })
    .input(DirectorySheet)
    .output(z.instanceof(File)),
};
