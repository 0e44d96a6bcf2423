import { standings } from "@shice/rules/roster/standing.ts";
import { z } from "zod";
import { Day, Uuid } from "../common.ts";
import { ReasonCode, State } from "../terms.ts";

/** Roles that edit a roster: the school, and the district for all its schools. */
export const rosterEditors = ["school-clerk", "district-reviewer", "district-lead"] as const;
/** Roles that read it. */
export const rosterReaders = [...rosterEditors, "centre-reviewer", "campaign-manager", "auditor"] as const;
export const rosterTag = "应注册教师名册";

const YesNo = z.enum(["yes", "no"]);

/** A filter of people on the roster; an absent property does not restrict. */
export const RosterFilter = z.object({
  school: Uuid.optional(),
  standing: z.enum(standings).optional(),
  /** Whether annex 2 counts the person as 应注册. */
  due: YesNo.optional(),
  applied: YesNo.optional(),
  confirmed: YesNo.optional(),
  /** Whether the school has seen the person, on the roster or with the case. */
  seen: YesNo.optional(),
  /** Whether the person must register and has no application, only a draft, or an unanswered return. */
  owing: YesNo.optional(),
  batch: z.union([Uuid, z.literal("none")]).optional(),
  parked: YesNo.optional(),
  /** Part of a name, its pinyin or initials, or the last digits of the ID number. */
  search: z.string().trim().max(60).optional(),
});
export type RosterFilter = z.infer<typeof RosterFilter>;

/**
 * The people for one act: a list, or everybody in a filter. `count` is the number that the user saw: if the list has
 * changed since, nothing is done.
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
  /** The other school at which the person applied, if any. */
  elsewhere: z.string().nullable(),
  seenAt: z.string().nullable(),
  seenBy: z.string().nullable(),
  /** Whether the school has seen the person, on the roster or with the case. */
  seen: z.boolean(),
  statementOn: Day.nullable(),
  /** Whether a scan of the signed statement is stored. */
  scan: z.enum(["none", "kept", "lost"]),
  batch: z.object({ id: Uuid, name: z.string(), plannedOn: Day }).nullable(),
  parked: ParkedView.nullable(),
});
export type RosterItem = z.infer<typeof RosterItem>;
/** The same type before its keys are branded. */
export type NewRosterItem = z.input<typeof RosterItem>;
