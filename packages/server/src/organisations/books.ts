import { directoryColumns, pointTitles, yesNo } from "@shice/rules/directory/columns.ts";
import { institutionTitles, ownershipTitles } from "@shice/rules/plan/institution.ts";
import type { Tx } from "../platform/database/database.ts";
import { bookColumnOf, notesSheet } from "../platform/excel/import-books.ts";
import { type BookSheet, writeWorkbook } from "../platform/excel/writer.ts";
import { listNamedBodies, pointOf } from "./import.ts";
import { type DirectoryFilter, directoryItemOf, listDirectory } from "./schools.ts";

/** More schools than a province has. */
const mostExported = 50_000;

/** The workbook to fill in, with drop-downs and notes; or the directory as it stands, which can be sent in again. */
export async function directoryBook(
  tx: Tx,
  filter: DirectoryFilter | undefined,
): Promise<{ bytes: Buffer; rows: number }> {
  const bodies = await listNamedBodies(tx);
  const columns = directoryColumns({ authorities: bodies.map(({ name }) => name) });
  const found = filter === undefined ? [] : await listDirectory(tx, filter, { limit: mostExported });
  const schools = found.map(directoryItemOf);
  const withEnded = filter !== undefined && filter.ended !== "no";
  const directory: BookSheet = {
    name: "学校目录",
    columns: [
      ...columns.map(bookColumnOf),
      ...(withEnded
        ? [
            { title: "撤并日期", width: 14 },
            { title: "现在的学校", width: 36 },
          ]
        : []),
    ],
    rows: schools.map((school) => [
      school.name,
      school.authority,
      institutionTitles[school.kind],
      ownershipTitles[school.ownership],
      school.industryRun ? yesNo.yes : yesNo.no,
      pointTitles[pointOf(school)],
      school.aliases.join("、"),
      school.validFrom,
      "",
      ...(withEnded ? [school.validTo ?? "", school.successors.map(({ name }) => name).join("、")] : []),
    ]),
    rowsWithChoices: Math.max(1000, schools.length + 200),
  };
  return { bytes: await writeWorkbook([directory, notesSheet(notes, columns)]), rows: schools.length };
}

const notes = [
  "一行填写一所学校（机构）。学校全称按公章填写，与注册机构一并必须填写；新登记的还须填写类别。",
  "目录中已有的学校按“注册机构＋学校全称”对应；留空的项目不改变目录中已有的内容，简称只增加、不删除。",
  "更名的，在“学校全称”填写新名称，在“原名称”填写更名前的全称。合并、分立、划转不能用表格办理，请在学校页面办理。",
  "可以重复上传：没有变化的学校不会重复登记。",
];
