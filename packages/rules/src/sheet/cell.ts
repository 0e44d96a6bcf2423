/** A spreadsheet cell; a date is a day without time, an error is the spreadsheet's own (#N/A). */
export type Cell = string | number | boolean | null | { date: string } | { error: string };

/** Damage to a cell's value by the spreadsheet. */
type CellHarm =
  /** A number of 16 digits or more: the spreadsheet kept 15 and replaced the rest by zeros. */
  | "digits-lost"
  /** The cell's formula gave no value. */
  | "formula-error";

/**
 * A cell as text, as a person would have typed it. Normalises full-width letters and digits, odd blanks, the apostrophe
 * that marks text, and invisible characters from copied cells.
 */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "string") return tidy(cell);
  if (typeof cell === "number") return numberText(cell);
  if (typeof cell === "boolean") return cell ? "是" : "否";
  return "date" in cell ? cell.date : cell.error;
}

/** The damage by the spreadsheet, so that no rule about the value has to guess. */
export function harmOf(cell: Cell | undefined): CellHarm | undefined {
  if (typeof cell === "number" && Math.abs(cell) >= 1e15) return "digits-lost";
  if (typeof cell === "object" && cell !== null && "error" in cell) return "formula-error";
  return undefined;
}

/**
 * Reads a day in any usual form: a date cell, a serial number of the 1900 system (36526 is 2000-01-01), 20170912,
 * 2017-9-12, 2017/9/12, 2017.9.12, 2017年9月12日. Undefined if it is none.
 */
export function dayOfCell(cell: Cell | undefined): Temporal.PlainDate | undefined {
  if (typeof cell === "object" && cell !== null && "date" in cell) return parseDay(cell.date);
  const text = cellText(cell);
  if (/^\d{4,5}(\.\d+)?$/.test(text) && Number(text) > 3000) {
    return Temporal.PlainDate.from("1899-12-30").add({ days: Math.floor(Number(text)) });
  }
  return parseDay(text);
}

function parseDay(text: string): Temporal.PlainDate | undefined {
  const match =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12 || day < 1) {
    return undefined;
  }
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.day === day ? date : undefined;
}

function tidy(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u00A0\u3000]+/gu, (signs) => (/[\t\n\r\u00A0\u3000]/u.test(signs) ? " " : ""))
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/^['’](?=\d)/, "")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** Writes 13594000001 in full, never as 1.3594E+10, and 72.50 without the rounding error of a sum of fractions. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return BigInt(value).toString();
  return String(Number(value.toPrecision(12)));
}
