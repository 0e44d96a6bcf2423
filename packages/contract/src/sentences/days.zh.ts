interface Days {
  windows: readonly { from: string; to: string }[];
  hours: { from: string; to: string };
}

/** The days and hours of a stage as a notice writes them: 9月12日至11月2日，每天7:00至24:00 */
export function windowDaysText({ windows, hours }: Days): string {
  const days = windows
    .map(({ from, to }) => (from === to ? dayText(from) : `${dayText(from)}至${dayText(to)}`))
    .join("、");
  return hours.from === "00:00" && hours.to === "24:00"
    ? days
    : `${days}，每天${hourText(hours.from)}至${hourText(hours.to)}`;
}

/** 9月12日 */
export function dayText(day: string): string {
  const [, month, date] = day.split("-");
  return `${Number(month)}月${Number(date)}日`;
}

/** 2017年9月12日 */
export function fullDayText(day: string): string {
  return `${Number(day.slice(0, 4))}年${dayText(day)}`;
}

/** 07:00 → 7:00 */
export function hourText(hour: string): string {
  return hour.replace(/^0(\d)/, "$1");
}

/** Remaining open time in words: 还有18个开放日，共303小时. Hours appear only if the stage is closed at night. */
export function openTimeText({ days, minutes }: { days: number; minutes: number }): string {
  if (days === 0) return "";
  const hours = Math.floor(minutes / 60);
  if (days === 1) return `只剩最后${hours === 0 ? `${Math.max(1, Math.floor(minutes))}分钟` : `${hours}小时`}`;
  const roundTheClock = hours > (days - 1) * 24;
  return roundTheClock ? `还有${days}个开放日` : `还有${days}个开放日，共${hours}小时`;
}
