import { z } from "zod";

/** Faults that the verification of the record can find; each has a sentence (sentences/audit-fault.zh.ts). */
const faultKinds = [
  "history.content",
  "history.not-keyed",
  "history.link",
  "history.gap",
  "history.state",
  "history.missing",
  "history.sealed-otherwise",
  "application.head",
  "application.head-code",
  "application.column",
  "decision.list",
  "decision.signature",
  "decision.missing",
  "decision.conclusion",
  "audit.content",
  "audit.link",
  "audit.gap",
  "audit.unnumbered",
  "audit.end",
  "seal.content",
  "seal.link",
  "seal.missing",
  "seal.audit-log",
  "sticker.movement",
  "sticker.movement-missing",
  "sticker.holding",
  "sticker.balance",
  "sticker.marking",
] as const;

/** A fault of the record: its kind and its row. */
export const AuditFault = z.object({
  kind: z.enum(faultKinds),
  /** The key of the row or of its owner: an application, a decision, an audit entry, a movement, or a seal's number. */
  subject: z.string(),
  /** The position in a chain: of a history row in its case, or of an audit entry in the log. */
  number: z.int().nullable(),
  /** The column of the application, if the fault concerns one. */
  column: z.string().nullable(),
});
export type AuditFault = z.infer<typeof AuditFault>;
export type FaultKind = AuditFault["kind"];
