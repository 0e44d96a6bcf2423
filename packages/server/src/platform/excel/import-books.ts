import type { TemplateColumn } from "@shice/rules/sheet/header.ts";
import type { BookColumn, BookSheet } from "./writer.ts";

/** A row that could not be taken: its cells as they stood, and by column what is wrong and what would be right. */
export interface WrongRow {
  position: number;
  cells: Readonly<Record<string, string>>;
  troubles: readonly { column: string; sentence: string; right: string }[];
}

export function bookColumnOf({ title, width, choices, required }: TemplateColumn): BookColumn {
  return { title, width, required, ...(choices === undefined ? {} : { choices }) };
}

/** The wrong rows as they stood, each with what is wrong and what would be right; to be put right and sent again. */
export function wrongRowsSheet(columns: readonly TemplateColumn[], wrong: readonly WrongRow[]): BookSheet {
  const present = columns.filter(({ key, required }) => required || wrong.some(({ cells }) => key in cells));
  const titles = new Map(columns.map(({ key, title }) => [key, title]));
  return {
    name: "有误的行",
    lines: ["红底的单元格有误，请按最后一列的提示更正，保存后重新上传本文件。已经正确的行不在本表内，不受影响。"],
    columns: [...present.map(bookColumnOf), { title: "原行号", width: 8 }, { title: "问题与改法", width: 60 }],
    rows: wrong.map(({ position, cells, troubles }) => [
      ...present.map(({ key }) => cells[key] ?? ""),
      String(position),
      troubles
        .map(({ column, sentence, right }) => `【${titles.get(column) ?? column}】${sentence}${right}。`)
        .join("\n"),
    ]),
    marked: wrong.flatMap(({ troubles }, row) =>
      troubles.flatMap(({ column: key }) => {
        const column = present.findIndex((candidate) => candidate.key === key);
        return column < 0 ? [] : [{ row, column }];
      }),
    ),
    rowsWithChoices: wrong.length,
  };
}

/** The second sheet of a template: how it is filled in, column by column. */
export function notesSheet(lines: readonly string[], columns: readonly TemplateColumn[]): BookSheet {
  return {
    name: "填写说明",
    lines: [...lines],
    columns: [
      { title: "列名", width: 22 },
      { title: "是否必填", width: 10 },
      { title: "填写样例", width: 28 },
      { title: "可填的内容", width: 70 },
    ],
    rows: columns.map(({ title, required, example, choices }) => [
      title,
      required ? "必填" : "选填",
      example,
      choices?.join("、") ?? "",
    ]),
  };
}
