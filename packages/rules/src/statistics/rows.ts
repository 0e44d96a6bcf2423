import type { State } from "../lifecycle/state.ts";
import type { RosterStanding } from "../roster/standing.ts";

/** The place at which a person or a sticker is counted. */
interface CountedPlace {
  /** The area's key in the plan. */
  areaKey: string;
  schoolId: string;
  institutionKind: string;
}

/**
 * One person's application for the figures. Each person has one: the last submitted application, or the last draft if
 * none was submitted. Rows with equal fields may be given once with their `count`.
 */
export interface CaseRow extends CountedPlace {
  state: State;
  /** Whether it was ever submitted; a draft never submitted counts as not applied (未提交). */
  everSubmitted: boolean;
  /** Whether the confirmation is valid: not undone, and the case not moved to another school since. */
  confirmed: boolean;
  /** Whether the person must register by the roster (应注册). */
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
  /** Code of the plan's reason for not applying, if the school gave one. */
  reason: string | null;
  /** The person's progress in this campaign: submitted at some time, only a draft, or nothing. */
  application: "submitted" | "draft" | "none";
  count?: number;
}

/** The sticker account of one district. The centre's stock is not in the districts' table. */
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
 * Whether a person on the roster must register here. Seconded teachers register at the lending school (Notice §一(三)): a
 * lent-out teacher is due, a borrowed one is not. Unwilling or soon retiring teachers are due and have a reason for not
 * applying. New hires on probation are not due yet (Notice §一(一)).
 */
export function isDue(standing: RosterStanding): boolean {
  return standing === "due" || standing === "seconded-out" || standing === "unwilling" || standing === "retiring";
}
