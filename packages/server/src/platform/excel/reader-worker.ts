import { parentPort } from "node:worker_threads";
import type { Cell } from "@shice/rules/sheet/cell.ts";
import { type CellValue, EncryptedFileError, read, type Sheet } from "hucre";
import { detectDelimiter, parseCsv } from "hucre/csv";
import type { ReaderAnswer, ReaderJob, SheetCells } from "./reader.ts";

parentPort?.on("message", async (job: ReaderJob) => parentPort?.postMessage(await answerOf(job)));

async function answerOf({ bytes, kind, rows: most }: ReaderJob): Promise<ReaderAnswer> {
  try {
    const sheets = kind === "text" ? [readText(bytes)] : await readBook(bytes);
    const hidden = sheets.filter((sheet) => sheet.hidden).map(({ name }) => name);
    const shown: SheetCells[] = sheets.flatMap(({ name, rows, hidden }) => (hidden ? [] : [{ name, rows }]));
    if (shown.some(({ rows }) => rows.length > most)) return { refusal: { code: "workbook.too-many-rows" } };
    return { sheets: shown, hidden };
  } catch (error) {
    const encrypted = error instanceof EncryptedFileError;
    return { refusal: { code: encrypted ? "workbook.encrypted" : "workbook.broken" } };
  }
}

async function readBook(bytes: Uint8Array) {
  const { sheets } = await read(bytes);
  return sheets.map((sheet: Sheet) => ({
    name: sheet.name,
    hidden: sheet.hidden === true || sheet.veryHidden === true,
    rows: withoutTail(sheet.rows.map((row) => row.map(cellOf))),
  }));
}

function readText(bytes: Uint8Array) {
  const text = decode(bytes);
  const delimiter = text.split("\n", 1)[0]?.includes("\t") ? "\t" : detectDelimiter(text);
  return { name: "", hidden: false, rows: withoutTail(parseCsv(text, { delimiter }).map((row) => row.map(cellOf))) };
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

function cellOf(value: CellValue): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? { error: "#VALUE!" } : { date: value.toISOString().slice(0, 10) };
  }
  if (typeof value === "string" && /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/.test(value)) {
    return { error: value };
  }
  return value;
}

/** Formatting reaches far below the last entry: those rows are not there. */
function withoutTail(rows: Cell[][]): Cell[][] {
  const last = rows.findLastIndex((row) => row.some((cell) => cell !== null && cell !== ""));
  return rows.slice(0, last + 1);
}
