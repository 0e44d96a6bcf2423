import { type Cell, cellText } from "@shice/rules/sheet/cell.ts";
import { findHeader, type Header, missingTitles, type SheetColumn } from "@shice/rules/sheet/header.ts";
import type { SheetCells, Workbook } from "./reader.ts";
import { dictionary } from "./writer.ts";

/** A sheet under its heading, ready to be gone through. */
export interface Table<Key extends string> {
  header: Header<Key>;
  /** `position` is the row's number as the spreadsheet shows it. */
  rows: { position: number; cells: readonly Cell[] }[];
  /** What was left out, in words. */
  notes: string[];
}

export type TableRefusal = { code: "workbook.no-heading"; missing: readonly string[] } | { code: "workbook.no-rows" };

/** Columns of our own workbooks that nobody need be told about. */
const ownColumns = new Set(["原行号", "问题与改法", "申请状态", "序号"]);

/** Finds the one sheet with these columns; `what` is one such sheet in words, 名册. What is left out is noted. */
export function findTable<Key extends string>(
  book: Workbook,
  columns: readonly SheetColumn<Key>[],
  { what, isIdle }: { what: string; isIdle: (row: readonly Cell[], header: Header<Key>) => boolean },
): Table<Key> | TableRefusal {
  const found = book.sheets.flatMap((sheet) => {
    const header = findHeader(sheet.rows, columns);
    return header === undefined ? [] : [{ sheet, header }];
  });
  const [first, ...others] = found;
  if (first === undefined) {
    const [fullest] = book.sheets.toSorted((one, other) => other.rows.length - one.rows.length);
    return { code: "workbook.no-heading", missing: missingTitles(fullest?.rows ?? [], columns) };
  }
  const { sheet, header } = first;
  const below = sheet.rows.slice(header.row + 1).map((cells, at) => ({ position: header.row + at + 2, cells }));
  const rows = below.filter(({ cells }) => !isIdle(cells, header));
  if (rows.length === 0) return { code: "workbook.no-rows" };
  return { header, rows, notes: notesOf(book, sheet, header, { what, others: others.length }) };
}

/** The known cells of a row as they stand, for the workbook in which they are put right. */
export function cellsAsTheyStand<Key extends string>(
  cells: readonly Cell[],
  header: Header<Key>,
): Record<string, string> {
  return Object.fromEntries([...header.columns].map(([key, at]) => [key, asItStands(cells[at])]));
}

function asItStands(cell: Cell | undefined): string {
  return typeof cell === "string" ? cell.slice(0, 500) : cellText(cell);
}

function notesOf(
  book: Workbook,
  sheet: SheetCells,
  header: Header<string>,
  { what, others }: { what: string; others: number },
): string[] {
  const notes: string[] = [];
  if (others > 0) notes.push(`文件中有${others + 1}张${what}，只读取了第一张“${sheet.name}”，其余请另存后分别导入。`);
  const hidden = book.hidden.filter((name) => name !== dictionary);
  if (hidden.length > 0) notes.push(`隐藏的工作表没有读取：${hidden.slice(0, 12).join("、")}。`);
  if (book.macros) notes.push("文件带有宏。宏没有运行，只读取了单元格的内容。");
  const unknown = header.unknown.filter((title) => !ownColumns.has(title));
  if (unknown.length > 0) notes.push(`这些列没有读取：${unknown.slice(0, 12).join("、")}。`);
  return notes;
}
