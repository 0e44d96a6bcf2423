import type { State } from "./state.ts";

/** The four acts that four people must do on one application (separation of duties). */
export const duties = ["confirm", "preliminary", "review", "final"] as const;
export type Duty = (typeof duties)[number];

export const dutyTitles: Record<Duty, string> = {
  confirm: "现场确认",
  preliminary: "初审",
  review: "复审",
  final: "终审",
};

/**
 * How somebody answerable has come to know of a case before it lapses: the school's clerk acted on it, took up its
 * folder, recorded checks, went through the person on the roster or through the list of those who would lapse; or the
 * district took note that the school did none of this (Notice §三(二)).
 */
export const sightings = ["acted", "took-up", "checked", "roster", "acknowledged", "district-noted"] as const;
export type Sighting = (typeof sightings)[number];

export const sightingTitles: Record<Sighting, string> = {
  acted: "学校已办理过",
  "took-up": "学校已拿起材料核验",
  checked: "学校已登记核验",
  roster: "名册已核对",
  acknowledged: "学校已逐人看过",
  "district-noted": "区县已记录学校未核对",
};

/** Who has last looked, by account, and when. */
interface Sight {
  how: Sighting;
  by: string | null;
  at: Temporal.Instant;
}

/** What the rules need to know of one application to say whether an act is allowed. */
export interface CaseFacts {
  state: State;
  version: number;
  personId: string;
  confirmationPointId: string | null;
  authorityId: string | null;
  reviewBodyId: string | null;
  /** The last transition, to be named when two people act at once. */
  last: { transition: string; role: string; at: Temporal.Instant } | null;
  /** The state that the case was in before its present one: where a lapsed or refused case is re-opened. */
  stateBefore: State | null;
  /** Who has acted on this case in which duty. */
  acts: readonly { duty: Duty; accountId: string; personId: string | null }[];
  replyBy: Temporal.Instant | null;
  answerTo: "submitted" | "sent-back" | null;
  /** Codes of findings that block submission; empty when the form is complete. */
  blockingFindings: readonly string[];
  /** Names of materials and certificate fields not yet checked at the desk. */
  missingChecks: readonly string[];
  notice: { endsAt: Temporal.Instant; undecidedObjections: number } | null;
  /** Whether the teacher has asked the school to release the confirmed application. */
  withdrawalAsked: boolean;
  withdrawalReleased: boolean;
  /** Whether the form still holds entries: a withdrawn application may be erased. */
  hasEntries: boolean;
  /** The appeal against the case's lapse or refusal; null where none was raised since it ended. */
  appeal: "open" | "dismissed" | null;
  /** Whether the teacher has signed for the conclusion in force. */
  signedFor: boolean;
  /** Whether the school has filled in for the teacher: then only what the teacher attests counts. */
  assisted: boolean;
  /** Who of the school that it lies with has seen the case since it was last re-opened; null: nobody. */
  sight: Sight | null;
  /** Whether an extension for this case runs now or later. */
  extended: boolean;
  /** How the plan marks this case; `none` where its conclusion or the plan needs no marking. Null before the conclusion. */
  markWith: "sticker" | "annotation" | "none" | null;
  /** Whether the plan has a re-review. */
  hasReview: boolean;
}

/** What the actor gives with the act, as far as the rules look at it; the contract's schemas hold the rest. */
export interface ActInput {
  /** The version the actor saw; absent: whatever it is now. */
  version?: number | undefined;
  replyBy?: Temporal.Instant | undefined;
  conclusion?: string | undefined;
  markWith?: "sticker" | "annotation" | undefined;
  /** The teacher has looked through what the school entered, and says so. */
  attested?: boolean | undefined;
}
