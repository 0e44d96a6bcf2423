import { z } from "zod";

/** A day as it stands in its three entries: any state of typing. */
export const TypedDay = z.object({ year: z.string(), month: z.string(), day: z.string() });
export type TypedDay = z.infer<typeof TypedDay>;

const whole = [
  /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$/,
  // As it stands within an identity number.
  /^(\d{4})(\d{2})(\d{2})$/,
];

/** Takes a whole day apart, however it is written: 2009-06-30, 2009.6.30, 2009年6月30日, 20090630. */
export function takeApart(text: string): TypedDay | undefined {
  const plain = text.normalize("NFKC").trim();
  for (const pattern of whole) {
    const [, year, month, day] = pattern.exec(plain) ?? [];
    if (year !== undefined && month !== undefined && day !== undefined) {
      return { year, month: String(Number(month)), day: String(Number(day)) };
    }
  }
  return undefined;
}

/** 2009-06-30; undefined while something is missing, or where there is no such day. */
export function typedDayOf(typed: TypedDay): string | undefined {
  const { year, month, day } = typed;
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return undefined;
  try {
    const parts = { year: Number(year), month: Number(month), day: Number(day) };
    return Temporal.PlainDate.from(parts, { overflow: "reject" }).toString();
  } catch {
    return undefined;
  }
}

/** What is wrong with a day as it is typed; `left`: nobody types it any more. */
export function oddityOf(typed: TypedDay, left: boolean): string | undefined {
  const parts = [typed.year, typed.month, typed.day];
  if (parts.every((part) => part === "") || typedDayOf(typed) !== undefined) return undefined;
  const isNumber = (part: string) => /^\d*$/.test(part);
  // A whole day may be on its way into the first entry.
  if (!parts.slice(left ? 0 : 1).every(isNumber)) return "年、月、日请填数字，如 2009年6月30日。";
  if (!isNumber(typed.year)) return undefined;
  if (parts.some((part) => part === "") || typed.year.length < 4) {
    return left ? "请把年、月、日填完整，年份填4位，如 2009年6月30日。" : undefined;
  }
  return `没有${typed.year}年${typed.month}月${typed.day}日这一天，请核对。`;
}

/** Whether nothing stands in any of the three entries. */
export function isEmptyDay({ year, month, day }: TypedDay): boolean {
  return `${year}${month}${day}`.trim() === "";
}
