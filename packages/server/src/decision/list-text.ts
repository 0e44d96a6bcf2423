import { canonicalJson } from "../case/history.ts";

/** One line of a decision. */
export interface DecisionEntry {
  position: number;
  /** The application's number; never an ID or certificate number. */
  number: string;
  name: string;
  conclusion: string;
}

/**
 * The text that is hashed and signed (Notice §三(五)): canonical JSON of the number, the kind, the moment and every line.
 * It is made of what never changes after a decision, so that it can be made again, byte by byte, at any later time.
 */
export function decisionListText(decision: {
  campaign: string;
  number: string;
  kind: "conclude" | "revoke";
  decidedAt: Temporal.Instant;
  entries: readonly DecisionEntry[];
}): string {
  const { campaign, number, kind, decidedAt, entries } = decision;
  return canonicalJson({
    campaign,
    number,
    kind,
    decidedAt: decidedAt.toString(),
    entries: entries.map(({ position, number: application, name, conclusion }) => ({
      position,
      application,
      name,
      conclusion,
    })),
  });
}
