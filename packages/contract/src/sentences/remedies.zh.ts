import { remediesAfter } from "@shice/rules/conclusions/remedies.ts";
import { fullDayText } from "./days.zh.ts";

/** The legal remedies against a conclusion signed for at this instant, with their last days. */
export function remediesText(receivedAt: string): string {
  const received = Temporal.Instant.from(receivedAt).toZonedDateTimeISO("Asia/Shanghai").toPlainDate();
  const { review, action } = remediesAfter(received);
  return (
    `不服本结论的，可以自知道之日起60日内（截止${fullDayText(review.toString())}）依法申请行政复议，` +
    `或者自知道之日起6个月内（截止${fullDayText(action.toString())}）依法向人民法院提起行政诉讼。`
  );
}
