import type { State } from "../lifecycle/state.ts";
import type { RosterStanding } from "../roster/standing.ts";

/** Where a person or a sticker is counted. */
interface CountedPlace {
  /** The area's key in the plan. */
  areaKey: string;
  schoolId: string;
  institutionKind: string;
}

/**
 * One person's application as the figures see it. Of each person one: the last application that was submitted, or
 * the last draft where none was. Rows that agree in all fields may be given once, with their `count`.
 */
export interface CaseRow extends CountedPlace {
  state: State;
  /** Whether it was ever submitted; a draft that never was counts as not applied (未提交). */
  everSubmitted: boolean;
  /** Whether a confirmation stands: confirmed, and neither undone nor moved to another school since. */
  confirmed: boolean;
  /** Whether the person stands on the roster as due (应注册). */
  due: boolean;
  registrationKind: "first" | "periodic";
  preliminaryConclusion: string | null;
  finalConclusion: string | null;
  markWith: "sticker" | "annotation" | "none" | null;
  objectionsRaised: number;
  objectionsUpheld: number;
  count?: number;
}

/** One person on the roster. */
export interface RosterRow extends CountedPlace {
  standing: RosterStanding;
  /** Code of the plan's reason for not applying, where the school has given one. */
  reason: string | null;
  /** How far the person has come in this campaign: submitted at some time, a draft only, nothing. */
  application: "submitted" | "draft" | "none";
  count?: number;
}

/** The sticker account of one district; the centre's own stock is not part of the districts' table. */
export interface StickerRow {
  areaKey: string;
  received: number;
  used: number;
  scrapped: number;
  returned: number;
  inHand: number;
}

export interface Rows {
  cases: readonly CaseRow[];
  roster: readonly RosterRow[];
  stickers: readonly StickerRow[];
}

/**
 * Who on the roster should register here. The seconded register at the lending school (Notice §一(三)): whoever is
 * lent out is due, whoever is borrowed is not; being unwilling or about to retire is a reason for not applying,
 * not a reason for not being due; new hires on probation are not due yet (Notice §一(一)).
 */
export function isDue(standing: RosterStanding): boolean {
  return standing === "due" || standing === "seconded-out" || standing === "unwilling" || standing === "retiring";
}
