import { createHash } from "node:crypto";
import type { Secrets } from "../platform/secrets.ts";
import { signatureAlgorithms, signingOf } from "../platform/signing.ts";
import { canonicalJson } from "./history.ts";

export interface SignedDecision {
  id: string;
  number: string;
  kind: "conclude" | "revoke";
  decided_at: Temporal.Instant;
  entries: number;
  list_hash: Buffer;
  signature: Buffer;
  signature_algorithm: string;
}

/** One line of a decision. */
export interface DecidedLine {
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
  entries: readonly DecidedLine[];
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

export function hashOfList(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/**
 * Whether the lines are those that were decided, and whether this installation signed them: the list with its own hash,
 * the signature with the list as it is now.
 */
export function isDecisionSigned(
  secrets: Secrets,
  campaignKey: string,
  decision: SignedDecision,
  lines: readonly DecidedLine[],
): { list: boolean; signature: boolean } {
  const { number, kind, decided_at: decidedAt } = decision;
  const text = decisionListText({ campaign: campaignKey, number, kind, decidedAt, entries: lines });
  const list = lines.length === decision.entries && hashOfList(text).equals(decision.list_hash);
  const algorithm = signatureAlgorithms.find((known) => known === decision.signature_algorithm);
  const signature =
    algorithm !== undefined && signingOf(secrets, algorithm).verify(Buffer.from(text), decision.signature);
  return { list, signature };
}
