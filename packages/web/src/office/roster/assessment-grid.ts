import { hourUnits, readTypedNumber } from "@shice/rules/form/typed-number.ts";

/** One teacher in the grid: what the server holds, and what stands on the screen. Grades by code, hours as text. */
export interface GridRow {
  entry: string;
  name: string;
  idNumberMasked: string;
  schoolName: string;
  saved: Readonly<Record<string, string>>;
  now: Readonly<Record<string, string>>;
}

export interface Choice {
  code: string;
  name: string;
}

/** A cell as it came from the server; missing is empty. */
export function gridRowOf(item: {
  entry: string;
  name: string;
  idNumberMasked: string;
  schoolName: string;
  grades: Readonly<Record<string, string>>;
  hours: number | null;
}): GridRow {
  const { entry, name, idNumberMasked, schoolName, grades, hours } = item;
  const saved = hours === null ? grades : { ...grades, hours: String(hours) };
  return { entry, name, idNumberMasked, schoolName, saved, now: saved };
}

/** The row with one cell filled in or emptied. */
export function withCell(row: GridRow, field: string, value: string): GridRow {
  const { [field]: _, ...rest } = row.now;
  return { ...row, now: value === "" ? rest : { ...rest, [field]: value } };
}

/** A cell's value as the server takes it: hours without their unit. Undefined for hours that are no number. */
function cellValueOf(field: string, typed: string): string | undefined {
  if (field !== "hours" || typed.trim() === "") return typed.trim();
  const hours = readTypedNumber(typed, hourUnits);
  return hours === undefined || hours > 10_000 || (hours * 10) % 1 !== 0 ? undefined : String(hours);
}

/** Hours are a number with at most one place behind the point; a grade is always one of the list. */
export function isSound(field: string, value: string): boolean {
  return cellValueOf(field, value) !== undefined;
}

/** What is to be saved: every sound cell that differs from what the server holds, with what it was. */
export function changesOf(rows: readonly GridRow[]) {
  return rows.flatMap(({ entry, saved, now }) =>
    saved === now
      ? []
      : [...new Set([...Object.keys(saved), ...Object.keys(now)])].flatMap((field) => {
          const from = saved[field] ?? null;
          const value = cellValueOf(field, now[field] ?? "");
          if (value === undefined) return [];
          const to = value === "" ? null : value;
          return from === to ? [] : [{ entry, field, from, to }];
        }),
  );
}

/** Cells that cannot be saved as they stand: the server keeps what it has of them. */
export interface HeldCell {
  entry: string;
  field: string;
  typed: string;
}

export function heldCellsOf(rows: readonly GridRow[]): HeldCell[] {
  return rows.flatMap(({ entry, now }) =>
    Object.entries(now).flatMap(([field, typed]) => (isSound(field, typed) ? [] : [{ entry, field, typed }])),
  );
}

/** What this browser kept of such cells, laid on what the server has. */
export function withHeldCells(rows: readonly GridRow[], cells: readonly HeldCell[]): GridRow[] {
  return rows.map((row) =>
    cells
      .filter(({ entry }) => entry === row.entry)
      .reduce((changed, { field, typed }) => withCell(changed, field, typed), row),
  );
}

/** The sentence for hours that are no number, by the teachers' names. */
export function heldCellsText(rows: readonly GridRow[], cells: readonly HeldCell[]): string {
  const names = cells.flatMap((cell) => rows.find(({ entry }) => entry === cell.entry)?.name ?? []);
  const shown = `${names.slice(0, 3).join("、")}${names.length > 3 ? "等" : ""}`;
  return `有${cells.length}处学时不是数字，没有保存（${shown}）。填写的内容留在这个浏览器里，服务器上仍是原来的内容。`;
}

/** Notes what the server has taken; what was typed since stays to be saved. */
export function withSaved(
  rows: readonly GridRow[],
  written: readonly { entry: string; field: string; to: string | null }[],
) {
  const byEntry = Map.groupBy(written, ({ entry }) => entry);
  return rows.map((row) => {
    const cells = byEntry.get(row.entry);
    if (cells === undefined) return row;
    const saved = { ...row.saved };
    for (const { field, to } of cells) {
      if (to === null) delete saved[field];
      else saved[field] = to;
    }
    const same = [...new Set([...Object.keys(saved), ...Object.keys(row.now)])].every((f) => saved[f] === row.now[f]);
    return { ...row, saved, now: same ? saved : row.now };
  });
}

/** Empty cells of a column filled with one grade; the others stay. */
export function filledDown(rows: readonly GridRow[], field: string, value: string): GridRow[] {
  return rows.map((row) => (row.now[field] === undefined ? withCell(row, field, value) : row));
}

/** A digit for each grade in the order of the list, 0 for none: a column is typed without looking. */
export function gradeOfKey(key: string, choices: readonly Choice[]): string | undefined {
  if (key === "0" || key === "Delete" || key === "Backspace") return "";
  return /^[1-9]$/.test(key) ? choices[Number(key) - 1]?.code : undefined;
}

/**
 * A block copied from a spreadsheet, laid over the grid from one cell on. Words that mean nothing in their column are
 * told and not written; what reaches beyond the grid is left out and counted.
 */
export function withPasted(
  rows: readonly GridRow[],
  fields: readonly string[],
  at: { row: number; field: string },
  text: string,
  choices: readonly Choice[],
): { rows: GridRow[]; unknown: string[]; beyond: number } {
  const block = text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line) => line.split("\t"));
  const next = [...rows];
  const unknown = new Set<string>();
  let beyond = 0;
  for (const [down, cells] of block.entries()) {
    for (const [right, cell] of cells.entries()) {
      const row = next[at.row + down];
      const field = fields[fields.indexOf(at.field) + right];
      if (row === undefined || field === undefined) {
        beyond += 1;
        continue;
      }
      const value = readWord(field, cell, choices);
      if (value === undefined) unknown.add(cell.trim());
      else next[at.row + down] = withCell(row, field, value);
    }
  }
  return { rows: next, unknown: [...unknown], beyond };
}

function readWord(field: string, cell: string, choices: readonly Choice[]): string | undefined {
  const word = cell.normalize("NFKC").replace(/\s/g, "");
  if (word === "") return "";
  if (field !== "hours") return choices.find(({ name }) => name === word)?.code;
  return cellValueOf(field, word);
}

/** Cells that somebody else has changed meanwhile show what stands there now. */
export function withStanding(
  rows: readonly GridRow[],
  clashes: readonly { entry: string; field: string; stands: string | null }[],
): GridRow[] {
  const shown = rows.map((row) =>
    clashes
      .filter(({ entry }) => entry === row.entry)
      .reduce((changed, { field, stands }) => withCell(changed, field, stands ?? ""), row),
  );
  return withSaved(
    shown,
    clashes.map(({ entry, field, stands }) => ({ entry, field, to: stands })),
  );
}
