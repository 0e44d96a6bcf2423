/** Units that people write after training hours. */
export const hourUnits = ["个学时", "学时", "个课时", "课时", "个小时", "小时"] as const;
export const semesterUnits = ["个学期", "学期"] as const;

/**
 * Reads a number as people type it, with full-width figures, blanks and a unit ("３８０ 学时"). Undefined if it is none; it
 * never guesses.
 */
export function readTypedNumber(text: string, units: readonly string[]): number | undefined {
  const plain = text.normalize("NFKC").replace(/[\s\p{Cc}\p{Cf}]/gu, "");
  const unit = units.find((known) => plain.endsWith(known)) ?? "";
  const figures = plain.slice(0, plain.length - unit.length);
  return /^\d{1,5}(\.\d{1,2})?$/.test(figures) ? Number(figures) : undefined;
}
