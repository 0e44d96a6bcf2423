import { type Cell, cellText } from "./cell.ts";

/** A column that a sheet may have. */
export interface SheetColumn<Key extends string = string> {
  key: Key;
  title: string;
  /** Other words for it that offices use. */
  also: readonly string[];
  /** Without it no row can be read. */
  required: boolean;
}

/** A column of a sheet that people fill in by our template. */
export interface TemplateColumn<Key extends string = string> extends SheetColumn<Key> {
  /** What may stand in it, where that is a closed list; offered as a drop-down. */
  choices?: readonly string[];
  /** How wide the column is in a workbook, in characters. */
  width: number;
  /** An example for the notes of the template. */
  example: string;
}

export interface Header<Key extends string> {
  /** Index of the last row of the heading, from 0; the data begin below. */
  row: number;
  columns: ReadonlyMap<Key, number>;
  /** Headings that mean nothing to us, as they stand. */
  unknown: readonly string[];
}

/** How far down a heading is looked for: titles and notes stand above it. */
const rowsLookedAt = 30;

/**
 * Finds the heading: the row in which most known columns stand, the required ones among them. A heading over two merged
 * rows is read as one: where the lower cell is empty, the upper one counts. Undefined where no row has them all.
 */
export function findHeader<Key extends string>(
  rows: readonly (readonly Cell[])[],
  columns: readonly SheetColumn<Key>[],
): Header<Key> | undefined {
  let best: Header<Key> | undefined;
  for (const [at, row] of rows.slice(0, rowsLookedAt).entries()) {
    const header = readHeader(row, rows[at - 1] ?? [], at, columns);
    const whole = columns.every(({ key, required }) => !required || header.columns.has(key));
    if (whole && header.columns.size > (best?.columns.size ?? 0)) best = header;
  }
  return best;
}

/** The required columns that the best row of a sheet without a heading still lacks: for the sentence that refuses it. */
export function missingTitles<Key extends string>(
  rows: readonly (readonly Cell[])[],
  columns: readonly SheetColumn<Key>[],
): string[] {
  const headers = rows.slice(0, rowsLookedAt).map((row, at) => readHeader(row, rows[at - 1] ?? [], at, columns));
  const best = headers.toSorted((one, other) => other.columns.size - one.columns.size)[0];
  return columns.filter(({ key, required }) => required && best?.columns.has(key) !== true).map(({ title }) => title);
}

/** A row that says nothing, or only sums up or signs what stands above: passed over. `isRecord` says that it is one after all. */
export function isIdleRow<Key extends string>(
  row: readonly Cell[],
  header: Header<Key>,
  isRecord: () => boolean = () => false,
): boolean {
  if ([...header.columns.values()].every((at) => cellText(row[at]) === "")) return true;
  const first = row.map(cellText).find((text) => text !== "") ?? "";
  return /^(合\s*计|总\s*计|小\s*计|填表|填报|审核|制表|注[:：]|说明[:：])/u.test(first) && !isRecord();
}

function readHeader<Key extends string>(
  row: readonly Cell[],
  above: readonly Cell[],
  at: number,
  columns: readonly SheetColumn<Key>[],
): Header<Key> {
  const found = new Map<Key, number>();
  const unknown: string[] = [];
  for (let place = 0; place < Math.max(row.length, above.length); place++) {
    const text = cellText(row[place]);
    const upper = cellText(above[place]);
    const column = findColumn(text, columns) ?? (text === "" ? findColumn(upper, columns) : undefined);
    if (column !== undefined && !found.has(column.key)) found.set(column.key, place);
    else if (text !== "") unknown.push(text);
  }
  return { row: at, columns: found, unknown };
}

function findColumn<Key extends string>(text: string, columns: readonly SheetColumn<Key>[]) {
  const word = wordOf(text);
  if (word === "") return undefined;
  return columns.find(({ title, also }) => [title, ...also].some((known) => wordOf(known) === word));
}

/** Marks of a required field, remarks in brackets and blanks do not make another heading. */
function wordOf(text: string): string {
  return text
    .replace(/[（(【[].*?[）)】\]]/gu, "")
    .replace(/[\s*＊:：]/gu, "")
    .toUpperCase();
}
