import type { CaseTransaction } from "./act-context.ts";

/** The day it is now in the plan's own zone. */
export function todayOf({ campaign, now }: Pick<CaseTransaction, "campaign" | "now">): Temporal.PlainDate {
  return now.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate();
}
