import { type CellStyle, type CellValue, type DataValidation, type WriteSheet, writeXlsx } from "hucre";
import { packZip, unpackZip } from "./zip.ts";

export interface BookColumn {
  title: string;
  /** In characters of Latin script; a Chinese one takes two. */
  width: number;
  /** Offered as a drop-down; what is typed beside it is taken with a warning of the spreadsheet. */
  choices?: readonly string[];
  /** Numbers that are to be summed; everything else is text, so that no digit of a number of a document is lost. */
  number?: boolean;
  required?: boolean;
}

export interface BookSheet {
  name: string;
  /** Lines above the heading. */
  lines?: readonly string[];
  columns: readonly BookColumn[];
  rows: readonly (readonly (string | number | null)[])[];
  /** Cells to be looked at, row and column from 0 below the heading. */
  marked?: readonly { row: number; column: number }[];
  /** How many rows below the heading get drop-downs; the columns' formats reach down to the last row of the sheet. */
  rowsWithChoices?: number;
}

const thin = { style: "thin" as const, color: { rgb: "BFBFBF" } };
const border = { top: thin, bottom: thin, left: thin, right: thin };
const text: CellStyle = { numFmt: "@", border, alignment: { vertical: "center", wrapText: true } };
const number: CellStyle = { border, alignment: { vertical: "center" } };
const heading: CellStyle = {
  font: { bold: true },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "E7EEF7" } },
  border,
  alignment: { horizontal: "center", vertical: "center", wrapText: true },
};
const requiredHeading: CellStyle = {
  ...heading,
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FCE4D6" } },
};
const marked: CellStyle = { ...text, fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFD9D9" } } };
const line: CellStyle = { font: { size: 12 }, alignment: { vertical: "center", wrapText: true } };

/** Where the choices of the drop-downs stand: Excel takes at most 255 characters of them in the rule itself. */
export const dictionary = "字典";

/** Writes an .xlsx workbook: headings that stay in view, columns formatted as text, drop-downs, marked cells. */
export async function writeWorkbook(sheets: readonly BookSheet[]): Promise<Buffer> {
  const lists: string[][] = [];
  const written = sheets.map((sheet) => writeSheet(sheet, lists));
  if (lists.length > 0) written.push(dictionarySheet(lists));
  return withColumnFormats(
    await writeXlsx({ sheets: written, defaultFont: { name: "宋体", size: 11 } }),
    sheets.length,
  );
}

/**
 * The same workbook with every column formatted down to the last row of the sheet, as a spreadsheet does it when a whole
 * column is formatted: what is typed into an empty cell is taken as its column says. The library formats only cells that
 * it writes; in a cell without a format a number of 18 digits loses its last three.
 */
function withColumnFormats(book: Uint8Array, sheets: number): Buffer {
  const entries = unpackZip(book, Number.MAX_SAFE_INTEGER);
  if ("code" in entries) throw new Error("the workbook that was written cannot be unpacked");
  const formatted = new Set(Array.from({ length: sheets }, (_, at) => `xl/worksheets/sheet${at + 1}.xml`));
  return packZip(
    entries.map(({ name, bytes }) => ({
      name,
      bytes: formatted.has(name) ? Buffer.from(withFormats(Buffer.from(bytes).toString())) : bytes,
    })),
    { isDeflated: true },
  );
}

/** Takes the formats of the columns from the cells of the last row. */
function withFormats(sheet: string): string {
  const lastRow = sheet.slice(sheet.lastIndexOf("<row "), sheet.lastIndexOf("</row>"));
  const formats = [...lastRow.matchAll(/<c r="[A-Z]+\d+" s="(\d+)"/g)].map(([, format]) => format);
  return sheet.replace(/<col min="(\d+)"/g, (column, number: string) => {
    const format = formats[Number(number) - 1];
    if (format === undefined) throw new Error(`column ${number} of a written sheet has no format`);
    return `${column} style="${format}"`;
  });
}

function writeSheet(sheet: BookSheet, lists: string[][]): WriteSheet {
  const { lines = [], columns, rows, rowsWithChoices = 0 } = sheet;
  const top = lines.length;
  const cells: NonNullable<WriteSheet["cells"]> = new Map();
  for (const at of lines.keys()) cells.set(`${at},0`, { style: line });
  for (const [at, column] of columns.entries()) {
    cells.set(`${top},${at}`, { style: column.required === true ? requiredHeading : heading });
  }
  for (const { row, column } of sheet.marked ?? []) cells.set(`${top + 1 + row},${column}`, { style: marked });
  const first = top + 2;
  const last = Math.max(first, top + 1 + Math.max(rows.length, rowsWithChoices));
  const validations = columns.flatMap((column, at): DataValidation[] => {
    if (column.choices === undefined || column.choices.length === 0) return [];
    lists.push([...column.choices]);
    const letter = letterOf(lists.length - 1);
    return [
      {
        type: "list",
        formula1: `${dictionary}!$${letter}$1:$${letter}$${column.choices.length}`,
        range: `${letterOf(at)}${first}:${letterOf(at)}${last}`,
        allowBlank: true,
        showErrorMessage: true,
        errorStyle: "warning",
        errorTitle: column.title,
        errorMessage: "请从下拉列表中选择。",
      },
    ];
  });
  const values: CellValue[][] = [
    ...lines.map((words) => [words]),
    columns.map(({ title }) => title),
    ...rows.map((row) => [...row]),
    // Bears the columns' formats, from where they are taken for the whole columns.
    columns.map(() => null),
  ];
  return {
    name: sheet.name,
    columns: columns.map((column) => ({ width: column.width, style: column.number === true ? number : text })),
    rows: values,
    cells,
    merges: lines.map((_, at) => ({ startRow: at, startCol: 0, endRow: at, endCol: columns.length - 1 })),
    dataValidations: validations,
    freezePane: { rows: top + 1 },
    ...(rows.length === 0
      ? {}
      : { autoFilter: { range: `A${top + 1}:${letterOf(columns.length - 1)}${top + 1 + rows.length}` } }),
  };
}

function dictionarySheet(lists: readonly (readonly string[])[]): WriteSheet {
  const longest = Math.max(...lists.map((list) => list.length));
  const rows = Array.from({ length: longest }, (_, at) => lists.map((list) => list[at] ?? null));
  return { name: dictionary, rows, hidden: true };
}

/** 0 → A, 25 → Z, 26 → AA. */
function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : `${letterOf(Math.floor(column / 26) - 1)}${last}`;
}
