/** The last days for legal remedies against a conclusion. */
interface Remedies {
  /** For an application for administrative review (行政复议). */
  review: Temporal.PlainDate;
  /** For an action before a court (行政诉讼). */
  action: Temporal.PlainDate;
}

/**
 * The last days for remedies against a conclusion, from the day of receipt: sixty days for administrative review
 * (行政复议法, in 2017 art. 9, today art. 20), six months for an action (行政诉讼法 art. 46). The day of receipt does not count.
 * A month without that day ends with its last day. The law extends a last day that is a holiday; this is the earlier
 * day, on which nobody is late.
 */
export function remediesAfter(receivedOn: Temporal.PlainDate): Remedies {
  return { review: receivedOn.add({ days: 60 }), action: receivedOn.add({ months: 6 }) };
}
