const zone = "Asia/Shanghai";

function partsOf(moment: string): { date: string; time: string; minute: string } {
  const text = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(
    new Date(moment),
  );
  const [date = "", time = ""] = text.split(" ");
  return { date, time, minute: time.slice(0, 5) };
}

/** 2017-10-09 09:00, Beijing time. */
export function momentText(moment: string): string {
  const { date, minute } = partsOf(moment);
  return `${date} ${minute}`;
}

/** An end: 2017-11-03 24:00 where it falls on midnight, for that is how notices write it. */
export function endText(moment: string): string {
  const { date, minute, time } = partsOf(moment);
  if (time !== "00:00:00") return `${date} ${minute}`;
  return `${partsOf(new Date(Date.parse(moment) - 1000).toISOString()).date} 24:00`;
}

/** 09:00, Beijing time. */
export function clockText(moment: string): string {
  return partsOf(moment).minute;
}

/** 10月9日 09:00. */
export function shortMoment(moment: string): string {
  const { date, minute } = partsOf(moment);
  const [, month = "", day = ""] = date.split("-");
  return `${Number(month)}月${Number(day)}日 ${minute}`;
}

/** 11月2日 24:00 for an end that falls on midnight, else as `shortMoment`. */
export function shortEnd(moment: string): string {
  const [day = "", minute = ""] = endText(moment).split(" ");
  const [, month, date] = day.split("-");
  return `${Number(month)}月${Number(date)}日 ${minute}`;
}
