/** Templates of all messages that the program sends. Those caused by an act of the lifecycle come first. */
export const templates = [
  "assistance-begun",
  "submitted",
  "returned",
  "confirmed",
  "refused",
  "lapsed",
  "withdrawn",
  "on-notice",
  "concluded",
  "reopened",
  "transferred",
  "school-changed",
  "revoked",
  "withdrawal-released",
  "appeal-dismissed",
  "about-to-lapse",
  "about-to-lapse-unconfirmed",
  "about-to-lapse-returned",
  "about-to-be-decided",
  "account-verified",
  "appeal-raised",
  "appointment",
  "assisted-reset",
  "attestation-asked",
  "file-lost",
  "certificate-clash",
  "circular",
  "lapse-warning",
  "manifest-difference",
  "objection-raised",
  "office-wrote",
  "parked-warning",
  "school-reminds-answer",
  "school-reminds-apply",
  "school-reminds-submit",
  "school-took-over",
  "schools-passed",
  "schools-silent",
  "schools-silent-today",
  "teacher-wrote",
  "withdrawal-asked",
] as const;
export type AnyTemplate = (typeof templates)[number];

export const channels = ["inbox", "email", "sms"] as const;
export type Channel = (typeof channels)[number];

/**
 * How much a message matters. Urgent: the reader must act on it or has waited for it, so it is also sent by SMS. Note:
 * it stays in the inbox, because the reader has just seen the cause or gets a mail with its own text.
 */
const weights = {
  "assistance-begun": "ordinary",
  submitted: "ordinary",
  returned: "urgent",
  confirmed: "ordinary",
  refused: "urgent",
  lapsed: "urgent",
  withdrawn: "ordinary",
  "on-notice": "ordinary",
  concluded: "urgent",
  reopened: "urgent",
  transferred: "ordinary",
  "school-changed": "ordinary",
  revoked: "urgent",
  "withdrawal-released": "ordinary",
  "appeal-dismissed": "urgent",
  "about-to-lapse": "urgent",
  "about-to-lapse-unconfirmed": "urgent",
  "about-to-lapse-returned": "urgent",
  "about-to-be-decided": "urgent",
  "account-verified": "note",
  "appeal-raised": "ordinary",
  appointment: "urgent",
  "assisted-reset": "note",
  "attestation-asked": "urgent",
  "file-lost": "ordinary",
  "certificate-clash": "ordinary",
  circular: "ordinary",
  "lapse-warning": "ordinary",
  "manifest-difference": "ordinary",
  "objection-raised": "ordinary",
  "office-wrote": "ordinary",
  "parked-warning": "ordinary",
  "school-reminds-answer": "urgent",
  "school-reminds-apply": "urgent",
  "school-reminds-submit": "urgent",
  "school-took-over": "ordinary",
  "schools-passed": "ordinary",
  "schools-silent": "ordinary",
  "schools-silent-today": "ordinary",
  "teacher-wrote": "ordinary",
  "withdrawal-asked": "ordinary",
} as const satisfies Record<AnyTemplate, "urgent" | "ordinary" | "note">;

/**
 * Whether a message asks for an act or has consequences. An urgent message is mailed whatever the reader's preferences.
 */
export function isUrgent(template: AnyTemplate): boolean {
  return weights[template] === "urgent";
}

/** Channels on which a message is sent. Only for a circular can the sender choose SMS. */
export function channelsOf(template: AnyTemplate, { bySms = false }: { bySms?: boolean } = {}): Channel[] {
  if (weights[template] === "note") return ["inbox"];
  const isBySms = isUrgent(template) || (template === "circular" && bySms);
  return isBySms ? ["inbox", "email", "sms"] : ["inbox", "email"];
}
