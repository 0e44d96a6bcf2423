const zone = "Asia/Shanghai";

/** An instant as an office writes it: 2017年10月9日7:00. The end of a day is written 24:00 of that day. */
export function momentText(instant: string): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const midnight = at.hour === 0 && at.minute === 0 && at.second === 0 && at.millisecond === 0;
  return `${at.year}年${at.month}月${at.day}日${midnight ? "0:00" : `${at.hour}:${String(at.minute).padStart(2, "0")}`}`;
}

/** An instant at which something ends: midnight is 24:00 of the day before. */
export function endText(instant: string): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  if (at.hour !== 0 || at.minute !== 0 || at.second !== 0) return momentText(instant);
  const day = at.toPlainDate().subtract({ days: 1 });
  return `${day.year}年${day.month}月${day.day}日24:00`;
}
