import { type Cell, cellText, dayOfCell, harmOf } from "./cell.ts";
import type { Header } from "./header.ts";

/** A fault in any cell of any sheet, by stable code, with the figures for its sentence. */
export type CellTrouble<Key extends string> = { column: Key } & (
  | { code: "cell.digits-lost" }
  | { code: "cell.formula-error" }
  | { code: "cell.not-in-list"; choices: readonly string[]; nearest: string | null }
  | { code: "cell.too-long"; longest: number }
  | { code: "cell.not-a-number"; from: number; to: number }
  | { code: "cell.a-date" }
  | { code: "cell.not-a-day" }
  | { code: "cell.empty" }
);

const harmCodes = { "digits-lost": "cell.digits-lost", "formula-error": "cell.formula-error" } as const;

/** One row below the heading, read cell by cell. A faulty cell is noted and read as empty. */
export class SheetReading<Key extends string> {
  readonly #row: readonly Cell[];
  readonly #header: Header<Key>;
  readonly #noted = new Set<Key>();
  readonly #note: (trouble: CellTrouble<Key>) => void;

  constructor(row: readonly Cell[], header: Header<Key>, note: (trouble: CellTrouble<Key>) => void) {
    this.#row = row;
    this.#header = header;
    this.#note = note;
  }

  isEmpty(column: Key): boolean {
    return cellText(this.cell(column)) === "";
  }

  /** Whether the column already has a fault: one for each cell is enough. */
  isNoted(column: Key): boolean {
    return this.#noted.has(column);
  }

  cell(column: Key): Cell | undefined {
    const at = this.#header.columns.get(column);
    return at === undefined ? undefined : this.#row[at];
  }

  /** The cell's text; undefined if it is empty or damaged. Damage is noted. */
  sound(column: Key): string | undefined {
    const cell = this.cell(column);
    const harm = harmOf(cell);
    if (harm !== undefined) {
      this.note({ column, code: harmCodes[harm] });
      return undefined;
    }
    // This column holds no days: a spreadsheet has converted another value to one.
    if (typeof cell === "object" && cell !== null && "date" in cell) {
      this.note({ column, code: "cell.a-date" });
      return undefined;
    }
    const text = cellText(cell);
    return text === "" ? undefined : text;
  }

  text(column: Key, longest: number): string | undefined {
    const text = this.sound(column);
    if (text === undefined) return undefined;
    if ([...text].length <= longest) return text;
    this.note({ column, code: "cell.too-long", longest });
    return undefined;
  }

  /** A value of a closed list, by name or code. */
  code<Code extends string>(column: Key, list: readonly { code: Code; name: string }[]): Code | undefined {
    const text = this.sound(column);
    if (text === undefined) return undefined;
    const word = plain(text);
    const found = list.find(({ code, name }) => plain(name) === word || plain(code) === word);
    if (found !== undefined) return found.code;
    const names = list.map(({ name }) => name);
    const nearest = names.find((name) => plain(name).includes(word) || word.includes(plain(name))) ?? null;
    this.note({ column, code: "cell.not-in-list", choices: names, nearest });
    return undefined;
  }

  number(column: Key, from: number, to: number): number | undefined {
    const text = this.sound(column);
    if (text === undefined) return undefined;
    const value = Number(text.replace(/(学时|小时|课时|分)$/u, "").replaceAll(",", ""));
    if (Number.isFinite(value) && value >= from && value <= to) return value;
    this.note({ column, code: "cell.not-a-number", from, to });
    return undefined;
  }

  /** A day of this year or later. */
  day(column: Key, earliestYear: number): string | undefined {
    const cell = this.cell(column);
    if (cellText(cell) === "") return undefined;
    const day = dayOfCell(cell);
    if (day !== undefined && day.year >= earliestYear && day.year < 2100) return day.toString();
    this.note({ column, code: "cell.not-a-day" });
    return undefined;
  }

  protected note(trouble: CellTrouble<Key>): void {
    this.#noted.add(trouble.column);
    this.#note(trouble);
  }
}

/** The codes of a closed list with their names. */
export function codedOf<Code extends string>(codes: readonly Code[], names: Record<Code, string>) {
  return codes.map((code) => ({ code, name: names[code] }));
}

function plain(text: string): string {
  return text
    .replace(/[（(].*?[）)]/gu, "")
    .replace(/[\s、，,·]/gu, "")
    .toLowerCase();
}
