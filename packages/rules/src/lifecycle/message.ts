/** Every message that the program sends, by its template: those that an act of the lifecycle causes come first. */
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
  "about-to-lapse",
  "about-to-lapse-unconfirmed",
  "about-to-lapse-returned",
  "about-to-be-decided",
  "account-verified",
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
] as const;
export type AnyTemplate = (typeof templates)[number];

export const channels = ["inbox", "email", "sms"] as const;
export type Channel = (typeof channels)[number];

/** What somebody must act on, or has waited for, goes to the telephone too: most teachers read that first. */
const urgent: ReadonlySet<AnyTemplate> = new Set([
  "returned",
  "refused",
  "lapsed",
  "concluded",
  "reopened",
  "revoked",
  "about-to-lapse",
  "about-to-lapse-unconfirmed",
  "about-to-lapse-returned",
  "about-to-be-decided",
  "appointment",
  "attestation-asked",
  "school-reminds-answer",
  "school-reminds-apply",
  "school-reminds-submit",
]);

/** Whether a message asks for an act or has consequences: such a one is mailed whatever its reader prefers. */
export function isUrgent(template: AnyTemplate): boolean {
  return urgent.has(template);
}

/** On which channels a message is sent. */
export function channelsOf(template: AnyTemplate): Channel[] {
  return urgent.has(template) ? ["inbox", "email", "sms"] : ["inbox", "email"];
}
