/** Units that people write behind training hours; they change nothing about the number. */
export const hourUnits = ["个学时", "学时", "个课时", "课时", "个小时", "小时"] as const;
export const semesterUnits = ["个学期", "学期"] as const;

/**
 * A number as people type it: full-width figures, blanks in between, a unit behind it ("３８０ 学时"). Undefined where it
 * is none: nothing is guessed.
 */
export function readTypedNumber(text: string, units: readonly string[]): number | undefined {
  const plain = text.normalize("NFKC").replace(/[\s\p{Cc}\p{Cf}]/gu, "");
  const unit = units.find((known) => plain.endsWith(known)) ?? "";
  const figures = plain.slice(0, plain.length - unit.length);
  return /^\d{1,5}(\.\d{1,2})?$/.test(figures) ? Number(figures) : undefined;
}
