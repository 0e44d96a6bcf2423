import { type Cell, cellText } from "@shice/rules/sheet/cell.ts";
import { type CellValue, EncryptedFileError, read, type Sheet } from "hucre";
import { detectDelimiter, parseCsv } from "hucre/csv";
import type { ReaderJob, ReaderMessage, ReaderRefusal } from "./reader.ts";
import { packZip, unpackZip } from "./zip.ts";

/** Rows in one message: the parent takes them in without standing still. */
const rowsAtOnce = 2000;

process.on("message", async (job: ReaderJob) => {
  for await (const message of messagesOf(job)) await send(message);
});

function send(message: ReaderMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

async function* messagesOf(job: ReaderJob): AsyncGenerator<ReaderMessage> {
  const found = await sheetsOf(job);
  if ("code" in found) {
    yield { kind: "refused", refusal: found };
    return;
  }
  for (const { name, rows } of found.shown) {
    yield { kind: "sheet", name };
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      yield { kind: "rows", rows: rows.slice(from, from + rowsAtOnce) };
    }
  }
  yield { kind: "done", hidden: found.hidden };
}

interface ReadSheet {
  name: string;
  hidden: boolean;
  rows: Cell[][];
}

async function sheetsOf({ bytes, kind, limits }: ReaderJob) {
  try {
    const sheets = kind === "text" ? [readText(bytes)] : await readBook(bytes, kind, limits);
    if ("code" in sheets) return sheets;
    const shown = sheets.filter(({ hidden }) => !hidden);
    const refusal = refusalOf(shown, limits);
    return refusal ?? { shown, hidden: sheets.filter(({ hidden }) => hidden).map(({ name }) => name) };
  } catch (error) {
    return refusalOfThrown(error);
  }
}

/** What stands in the cells may be many times what lies in the file: one text may be shown in each of them. */
function refusalOf(sheets: readonly ReadSheet[], limits: ReaderJob["limits"]): ReaderRefusal | undefined {
  let cells = 0;
  let signs = 0;
  for (const { rows } of sheets) {
    let filled = 0;
    for (const row of rows) {
      if (row.length > 0) filled += 1;
      cells += row.length;
      for (const cell of row) if (typeof cell === "string") signs += cell.length;
      if (filled > limits.rows) return { code: "workbook.too-many-rows", most: limits.rows };
      if (cells > limits.cells || signs > limits.signs) return { code: "workbook.too-much-text" };
    }
  }
  return undefined;
}

function refusalOfThrown(error: unknown): ReaderRefusal {
  if (error instanceof EncryptedFileError) return { code: "workbook.encrypted" };
  const message = error instanceof Error ? error.message : "";
  if (message.startsWith("Unsupported XLS version")) return { code: "workbook.too-old" };
  // The library's own bound on rows times columns.
  return { code: /\bcells\b.*\bover the \d+ limit/.test(message) ? "workbook.stray-cell" : "workbook.broken" };
}

async function readBook(
  bytes: Uint8Array,
  kind: Exclude<ReaderJob["kind"], "text">,
  limits: ReaderJob["limits"],
): Promise<ReadSheet[] | ReaderRefusal> {
  if (kind === "xls") return await readSheets(bytes, () => false);
  const entries = unpackZip(bytes, limits.bytesInside);
  if ("code" in entries) return entries;
  // An .ods is known by its first entry.
  if (kind === "ods") entries.sort((one, other) => Number(other.name === "mimetype") - Number(one.name === "mimetype"));
  const hasOtherSheets = entries.some(({ name }) => /\/(chart|dialog|macro)sheets\//i.test(name));
  const stored = packZip(entries, { isDeflated: false });
  entries.length = 0;
  return await readSheets(stored, () => hasOtherSheets);
}

/** Reads all sheets that hold cells. The library stumbles over one that does not, a chart on a sheet of its own. */
async function readSheets(bytes: Uint8Array, mayLeaveOut: () => boolean): Promise<ReadSheet[]> {
  const leftOut = new Set<string>();
  for (;;) {
    try {
      const { sheets } = await read(bytes, { sheets: ({ name }) => !leftOut.has(name) });
      return sheets.map(readSheet);
    } catch (error) {
      const message = error instanceof Error ? error.message : "";
      const name = /missing worksheet file for sheet "(.*)"$/s.exec(message)?.[1];
      if (name === undefined || leftOut.has(name) || !mayLeaveOut()) throw error;
      leftOut.add(name);
    }
  }
}

function readSheet(sheet: Sheet): ReadSheet {
  return {
    name: textOf(sheet.name),
    hidden: sheet.hidden === true || sheet.veryHidden === true,
    rows: rowsOf(sheet.rows),
  };
}

function readText(bytes: Uint8Array): ReadSheet {
  const text = decode(bytes);
  const delimiter = text.split("\n", 1)[0]?.includes("\t") ? "\t" : detectDelimiter(text);
  return { name: "", hidden: false, rows: rowsOf(parseCsv(text, { delimiter })) };
}

/** UTF-8 with or without its mark, UTF-16, or what Excel in China writes: GB 18030. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/**
 * Every row as an array of cells without gaps: the library leaves holes for rows and cells that a file does not name.
 * Blank cells at the end of a row, and blank rows at the end of a sheet, are not there: formatting and stray blanks
 * reach far beyond the last entry.
 */
function rowsOf(values: readonly (readonly CellValue[] | undefined)[]): Cell[][] {
  const rows = Array.from(values, (row) => withoutTail(Array.from(row ?? [], cellOf), (cell) => cellText(cell) !== ""));
  return withoutTail(rows, (row) => row.length > 0);
}

function withoutTail<T>(items: T[], isKept: (item: T) => boolean): T[] {
  items.length = items.findLastIndex(isKept) + 1;
  return items;
}

function cellOf(value: CellValue | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? { error: "#VALUE!" } : { date: value.toISOString().slice(0, 10) };
  }
  if (typeof value === "string" && /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/.test(value)) {
    return { error: value };
  }
  return typeof value === "string" ? textOf(value) : value;
}

/** As the database can hold it: a hostile or broken file has zero characters and halves of characters. */
function textOf(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
