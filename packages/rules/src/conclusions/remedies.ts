/** The last days on which the law lets somebody turn against a conclusion. */
interface Remedies {
  /** For an application for administrative review (行政复议). */
  review: Temporal.PlainDate;
  /** For an action before a court (行政诉讼). */
  action: Temporal.PlainDate;
}

/**
 * Until when a teacher may turn against a conclusion received on a day: sixty days for administrative review
 * (行政复议法, in 2017 art. 9, today art. 20), six months for an action (行政诉讼法 art. 46). The day of receipt does not
 * count; a month without that day ends with its last one. A last day that is a holiday is extended by law; what is
 * told here is the earlier day, on which nobody is late.
 */
export function remediesAfter(receivedOn: Temporal.PlainDate): Remedies {
  return { review: receivedOn.add({ days: 60 }), action: receivedOn.add({ months: 6 }) };
}
