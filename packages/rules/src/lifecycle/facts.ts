import type { WindowedStage } from "../plan/stage.ts";
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
 * How somebody in charge has seen a case before it lapses. The school's clerk acted on it, took up its folder, recorded
 * checks, marked the person as seen on the roster, or went through the list of cases about to lapse. Or the district
 * recorded that the school did none of this (Notice §三(二)).
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

/** The last sighting: how, by which account, and when. */
interface Sight {
  how: Sighting;
  by: string | null;
  at: Temporal.Instant;
}

/** The facts about one application that decide whether an act is allowed. */
export interface CaseFacts {
  state: State;
  version: number;
  personId: string;
  confirmationPointId: string | null;
  authorityId: string | null;
  reviewBodyId: string | null;
  /** The last transition. A refusal names it when two people act at once. */
  last: { transition: string; role: string; at: Temporal.Instant } | null;
  /** The previous state. A lapsed or refused case is re-opened into it. */
  stateBefore: State | null;
  /** The duties exercised on this case, with who exercised each. */
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
  /** Whether the form still holds entries. If so, a withdrawn application may be erased. */
  hasEntries: boolean;
  /** The appeal against the lapse or refusal; null if none was raised since the case ended. */
  appeal: "open" | "dismissed" | null;
  /** Whether the teacher has signed for the conclusion in force. */
  signedFor: boolean;
  /** Whether the school filled in the form for the teacher. Then the teacher must attest the entries. */
  assisted: boolean;
  /** How the present school has seen the case since it was last re-opened; null if it has not. */
  sight: Sight | null;
  /** Stages with an extension for this case that runs now or later. */
  extended: readonly WindowedStage[];
  /**
   * How the plan marks the certificate; `none` if the conclusion or the plan needs no mark. Null before the conclusion.
   */
  markWith: "sticker" | "annotation" | "none" | null;
  /** Whether the plan has a re-review. */
  hasReview: boolean;
  /** Whether the case is carried over to the next campaign, where it goes on. */
  carriedOver: boolean;
}

/** The part of an act's input that the rules read. The contract's schemas describe the rest. */
export interface ActInput {
  /** The version that the actor saw; if absent, no version is compared. */
  version?: number | undefined;
  replyBy?: Temporal.Instant | undefined;
  conclusion?: string | undefined;
  markWith?: "sticker" | "annotation" | undefined;
  /** The teacher confirms having checked the school's entries. */
  attested?: boolean | undefined;
}
