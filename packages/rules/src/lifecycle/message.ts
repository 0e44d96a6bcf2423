import type { MessageTemplate } from "./lifecycle.ts";

/** Messages beside those that an act of the lifecycle causes. */
export type OtherTemplate =
  | "about-to-lapse"
  | "about-to-lapse-unconfirmed"
  | "about-to-lapse-returned"
  | "about-to-be-decided"
  | "account-verified"
  | "appointment"
  | "assisted-reset"
  | "attestation-asked"
  | "file-lost"
  | "certificate-clash"
  | "circular"
  | "lapse-warning"
  | "manifest-difference"
  | "objection-raised"
  | "office-wrote"
  | "parked-warning"
  | "school-reminds-answer"
  | "school-reminds-apply"
  | "school-reminds-submit"
  | "school-took-over"
  | "schools-passed"
  | "schools-silent"
  | "schools-silent-today"
  | "teacher-wrote";
export type AnyTemplate = MessageTemplate | OtherTemplate;

export type Channel = "inbox" | "email" | "sms";

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
export function isUrgent(template: string): boolean {
  return (urgent as ReadonlySet<string>).has(template);
}

/** On which channels a message is sent. */
export function channelsOf(template: AnyTemplate): Channel[] {
  return urgent.has(template) ? ["inbox", "email", "sms"] : ["inbox", "email"];
}
