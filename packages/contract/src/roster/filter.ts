import { standings } from "@shice/rules/roster/standing.ts";
import { z } from "zod";
import { Day, Uuid } from "../common.ts";
import { ReasonCode, State } from "../terms.ts";

/** Who keeps a roster: the school, and the district for all its schools. */
export const rosterEditors = ["school-clerk", "district-reviewer", "district-lead"] as const;
/** Who reads it. */
export const rosterReaders = [...rosterEditors, "centre-reviewer", "campaign-manager", "auditor"] as const;
export const rosterTag = "应注册教师名册";

const YesNo = z.enum(["yes", "no"]);

/** Which people of the roster are meant; what is not asked sets no bound. */
export const RosterFilter = z.object({
  school: Uuid.optional(),
  standing: z.enum(standings).optional(),
  /** Counted as 应注册 by annex 2. */
  due: YesNo.optional(),
  applied: YesNo.optional(),
  confirmed: YesNo.optional(),
  /** Gone through by the school, on the roster or with the case. */
  seen: YesNo.optional(),
  /** Somebody with a draft or a return that is not answered, or with no application at all, who should register. */
  owing: YesNo.optional(),
  batch: z.union([Uuid, z.literal("none")]).optional(),
  parked: YesNo.optional(),
  /** Part of a name, its pinyin or initials, or the last digits of the ID number. */
  search: z.string().trim().max(60).optional(),
});
export type RosterFilter = z.infer<typeof RosterFilter>;

/**
 * People of the roster for one act: those named, or everybody whom a filter shows. `count` is how many the user saw:
 * where the list has changed meanwhile, nothing is done.
 */
export const RosterSelection = z
  .object({
    entries: z.array(Uuid).min(1).max(5000).optional(),
    filter: RosterFilter.optional(),
    count: z.int().min(0).optional(),
  })
  .refine(
    ({ entries, filter, count }) => (entries === undefined) !== (filter === undefined || count === undefined),
    "请选择教师，或者选择当前筛选的全部教师",
  );
export type RosterSelection = z.infer<typeof RosterSelection>;

export const ParkedView = z.object({
  id: Uuid,
  kind: ReasonCode,
  title: z.string(),
  missing: z.string(),
  since: Day,
  days: z.int(),
});

export const RosterItem = z.object({
  id: Uuid,
  school: Uuid,
  schoolName: z.string(),
  name: z.string(),
  idNumberMasked: z.string(),
  standing: z.enum(standings),
  reason: ReasonCode.nullable(),
  remark: z.string().nullable(),
  application: Uuid.nullable(),
  state: State.nullable(),
  stateTitle: z.string().nullable(),
  /** Where somebody on this roster has applied, if it is another school. */
  elsewhere: z.string().nullable(),
  seenAt: z.string().nullable(),
  seenBy: z.string().nullable(),
  /** Gone through, on the roster or with the case. */
  seen: z.boolean(),
  statementOn: Day.nullable(),
  /** Whether a scan of the signed statement is kept. */
  scan: z.enum(["none", "kept", "lost"]),
  batch: z.object({ id: Uuid, name: z.string(), plannedOn: Day }).nullable(),
  parked: ParkedView.nullable(),
});
export type RosterItem = z.infer<typeof RosterItem>;
/** The same before its keys are typed. */
export type NewRosterItem = z.input<typeof RosterItem>;
