import { type Cell, cellText } from "./cell.ts";

/** A column that a sheet may have. */
export interface SheetColumn<Key extends string = string> {
  key: Key;
  title: string;
  /** Other names of the column in use at offices. */
  also: readonly string[];
  /** Whether rows cannot be read without this column. */
  required: boolean;
}

/** A column of a sheet that people fill in from our template. */
export interface TemplateColumn<Key extends string = string> extends SheetColumn<Key> {
  /** The allowed values, if they are a closed list. The workbook offers them as a drop-down. */
  choices?: readonly string[];
  /** The column's width in a workbook, in characters. */
  width: number;
  /** An example for the template's notes. */
  example: string;
}

export interface Header<Key extends string> {
  /** Index of the heading's last row, starting at 0. The data begin below it. */
  row: number;
  columns: ReadonlyMap<Key, number>;
  /** Unknown headings, as written. */
  unknown: readonly string[];
}

/** Number of rows searched for a heading, because titles and notes may precede it. */
const rowsLookedAt = 30;

/**
 * Finds the heading: the row with the most known columns, including all required ones. A heading of two merged rows is
 * read as one: if the lower cell is empty, the upper one counts. Undefined if no row has all required columns.
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

/** The required columns missing in the best row of a sheet without a heading. The refusal's sentence names them. */
export function missingTitles<Key extends string>(
  rows: readonly (readonly Cell[])[],
  columns: readonly SheetColumn<Key>[],
): string[] {
  const headers = rows.slice(0, rowsLookedAt).map((row, at) => readHeader(row, rows[at - 1] ?? [], at, columns));
  const best = headers.toSorted((one, other) => other.columns.size - one.columns.size)[0];
  return columns.filter(({ key, required }) => required && best?.columns.has(key) !== true).map(({ title }) => title);
}

/**
 * Whether a row is empty, or only sums up or signs the rows above, and is skipped. `isRecord` tells that it is a record
 * after all.
 */
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

/** Normalises a heading: marks of a required field, remarks in brackets and blanks are ignored. */
function wordOf(text: string): string {
  return text
    .replace(/[（(【[].*?[）)】\]]/gu, "")
    .replace(/[\s*＊:：]/gu, "")
    .toUpperCase();
}
