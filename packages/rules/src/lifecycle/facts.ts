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
  /** The state before the last one: where a lapsed or refused case is re-opened. */
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
  withdrawalReleased: boolean;
  /** Whether an extension for this case runs now or later. */
  extended: boolean;
  /** The conclusion that was published, and the one that stands now. */
  publishedConclusion: string | null;
  proposedConclusion: string | null;
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
}
