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

/** Hours are a number with at most one place behind the point; a grade is always one of the list. */
export function isSound(field: string, value: string): boolean {
  return field !== "hours" || value === "" || (/^\d{1,5}(\.\d)?$/.test(value) && Number(value) <= 10_000);
}

/** What is to be saved: every sound cell that differs from what the server holds, with what it was. */
export function changesOf(rows: readonly GridRow[]) {
  return rows.flatMap(({ entry, saved, now }) =>
    saved === now
      ? []
      : [...new Set([...Object.keys(saved), ...Object.keys(now)])].flatMap((field) => {
          const [from, to] = [saved[field] ?? null, now[field] ?? null];
          return from === to || !isSound(field, to ?? "") ? [] : [{ entry, field, from, to }];
        }),
  );
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
  const number = word.replace(/(学时|小时|课时)$/, "");
  return isSound(field, number) ? number : undefined;
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
