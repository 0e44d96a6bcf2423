import type { MessageTemplate } from "./lifecycle.ts";

/** Messages beside those that an act of the lifecycle causes. */
export type OtherTemplate =
  | "about-to-lapse"
  | "about-to-lapse-unconfirmed"
  | "account-verified"
  | "assisted-reset"
  | "file-lost"
  | "objection-raised";
export type AnyTemplate = MessageTemplate | OtherTemplate;

export type Channel = "inbox" | "email" | "sms";

/** What somebody must act on, or has waited for, goes to the telephone too: most teachers read that first. */
const urgent: ReadonlySet<AnyTemplate> = new Set([
  ...(["returned", "refused", "lapsed", "concluded", "reopened", "revoked"] as const),
  ...(["about-to-lapse", "about-to-lapse-unconfirmed"] as const),
]);

/** On which channels a message is sent. */
export function channelsOf(template: AnyTemplate): Channel[] {
  return urgent.has(template) ? ["inbox", "email", "sms"] : ["inbox", "email"];
}
