import type { Sighting } from "./facts.ts";

/** One material as checked at the confirmation desk (Notice §三(二)1–7). */
type CheckedMaterial = {
  material: string;
  originalSeen: boolean;
  copyStamped: boolean;
  copies: number;
  /** Whether somebody of the school signed for it. */
  signed: boolean;
};

/**
 * The parts of a history record, by the name that a row of the lifecycle gives them. A record holds codes, numbers and
 * identifiers, never personal data in the clear.
 */
export interface RecordParts {
  /** Versions of the texts that the teacher accepted. If the school made entries, also the attestation. */
  undertaking: {
    undertaking: string;
    privacyNotice: string;
    attestation?: string;
    assistedFields?: readonly string[];
  };
  /** Codes of the plan's reasons. */
  reasons: { reasons: readonly string[] };
  /** Every material and certificate field as confirmed at the desk (Notice §三(二), §四(二)). */
  checklist: { materials: readonly CheckedMaterial[]; certificate: readonly string[]; version: "old" | "new" | null };
  /** Codes of what a return asks for. */
  asked: { asked: readonly string[] };
  /** The end of the reply time, as an instant. */
  "reply-by": { replyBy: string | null };
  manifest: { manifest: string };
  /** The district's conclusion and reasons, and the conclusion that the rules suggested. */
  opinion: { conclusion: string; reasons: readonly string[]; suggested: string | null };
  /** The district's findings on ethics and fitness (Notice §三(二)6, 7). */
  "district-facts": { ethics: "met" | "breached"; fit: boolean };
  conclusion: { conclusion: string | null };
  notice: { notice: string; number: string };
  objection: { objection: string };
  "objection-outcome": { objections: readonly string[]; outcome: "dismissed" | "upheld" };
  appeal: { appeal: string };
  /** The upheld appeal; null if an extension allows the act. */
  "upheld-appeal": { appeal: string | null };
  report: { report: string; number: number };
  decision: { decision: string; number: string };
  /** The decision whose conclusion the teacher signs for. */
  "signed-decision": { decision: string };
  /** The sticker to take off a revoked certificate; null where none was used. */
  "recalled-sticker": { recallSticker: { series: string; serial: string } | null };
  marking:
    | { kind: "sticker"; series: string; serial: string; custodian: string; ridingSeal: boolean }
    | { kind: "annotation" };
  "archive-items": { box: string; item: number; opinionBy: "stamp" | "hand" };
  school: { school: string };
  /** The new school; null if the case stays. */
  "new-school": { school: string | null };
  /** The directory change that moves the case, with the names of both schools for the reader. */
  "directory-change": { from: string; change: string; words: { from: string; to: string } };
  correction: { correction: string; askedBy: string };
  "asked-correction": { correction: string; fields: readonly string[] };
  "certificate-version": { version: "old" | "new"; before: "old" | "new" | null };
  /** The school's sighting before the case lapsed; null if it names no school. */
  sight: { sight: { how: Sighting; by: string | null; at: string } | null };
}

/**
 * Names that a row of the lifecycle may list: parts of the record, `reason` for the actor's words, `changes` for
 * changed fields.
 */
export type RecordName = keyof RecordParts | "reason" | "changes";
