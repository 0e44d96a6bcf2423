import { rowTroubleTextOf } from "@shice/contract/sentences/roster.zh.ts";
import { assessmentGrades, documentKinds, nameOfCode } from "@shice/rules/form/lists.ts";
import { titleOf } from "@shice/rules/keys.ts";
import { type State, stateTitles } from "@shice/rules/lifecycle/state.ts";
import type { RosterColumnKey } from "@shice/rules/roster/columns.ts";
import { needsReason, standings, standingTitles } from "@shice/rules/roster/standing.ts";
import { openFacts } from "../form/roster-facts.ts";
import { bookColumnOf, notesSheet, wrongRowsSheet } from "../platform/excel/import-books.ts";
import { type BookColumn, type BookSheet, writeWorkbook } from "../platform/excel/writer.ts";
import type { ActContext } from "../request/run-act.ts";
import { factText, idNumberPurpose } from "./entries.ts";
import { settingOf } from "./import-setting.ts";
import { listRows, type StoredRow } from "./import-store.ts";
import type { FilledRow } from "./queries.ts";

/** The workbook to fill in: columns as text, drop-downs, notes; or the roster as it stands, to be checked and sent again. */
export async function rosterBook(ctx: ActContext, filled: readonly FilledRow[]): Promise<Buffer> {
  const { columns, reasons } = await settingOf(ctx);
  const state: BookColumn = { title: "申请状态", width: 16 };
  const roster: BookSheet = {
    name: "应注册教师名册",
    columns: [...columns.map(bookColumnOf), ...(filled.length > 0 ? [state] : [])],
    rows: filled.map((row) => [
      ...columns.map(({ key }) => filledText(ctx, reasons, row, key)),
      titleOfState(row.state),
    ]),
    rowsWithChoices: Math.max(2000, filled.length + 500),
  };
  return await writeWorkbook([roster, notesSheet(notesOf(), columns)]);
}

function titleOfState(state: State | null): string {
  return state === null ? "未申请" : stateTitles[state];
}

/** The rows that are wrong, as they stood, each with what is wrong and what would be right; to be put right and sent again. */
export async function errorBook(ctx: ActContext, importId: string): Promise<Buffer | undefined> {
  const { columns } = await settingOf(ctx);
  const wrong: StoredRow[] = [];
  for (let after = 0; ; ) {
    const some = await listRows(ctx, importId, { after, limit: 2000, outcome: "wrong" });
    wrong.push(...some);
    const last = some.at(-1);
    if (last === undefined) break;
    after = last.position;
  }
  if (wrong.length === 0) return undefined;
  const sheet = wrongRowsSheet(
    columns,
    wrong.map(({ position, found: { cells, troubles } }) => ({
      position,
      cells,
      troubles: troubles.map((trouble) => ({ column: trouble.column, ...rowTroubleTextOf(trouble) })),
    })),
  );
  return await writeWorkbook([sheet]);
}

function filledText(
  { secrets }: ActContext,
  reasons: readonly { code: string; text: string }[],
  row: FilledRow,
  key: RosterColumnKey,
): string {
  if (key === "name") return row.name;
  if (key === "documentKind") return nameOfCode(documentKinds, row.document_kind);
  if (key === "idNumber") return secrets.decrypt(row.id_number_sealed, idNumberPurpose);
  if (key === "school") return row.school_name;
  if (key === "standing") return titleOf(standingTitles, row.standing);
  if (key === "reason") return reasons.find(({ code }) => code === row.reason)?.text ?? "";
  if (key === "remark") return row.remark ?? "";
  if (key === "statementOn") return row.statement_on?.toString() ?? "";
  const facts = openFacts(row, secrets);
  const year = /^assessment-(\d{4})$/.exec(key)?.[1];
  if (year === undefined) return factText(key, facts[key]);
  const grade = facts.assessments?.find((assessment) => String(assessment.year) === year)?.grade;
  return grade === undefined ? "" : nameOfCode(assessmentGrades, grade);
}

function notesOf(): string[] {
  const unneeding = standings.filter((standing) => !needsReason(standing)).map((standing) => standingTitles[standing]);
  return [
    "一行填写一名教师。姓名、证件号码必须填写，其余可以留空；留空的项目不改变名册中已有的内容。",
    "号码列已设为“文本”格式。从别处复制号码时，请用“选择性粘贴—数值”，以免号码末尾变成000。",
    `名册情形留空的，按“${standingTitles.due}”登记；除“${unneeding.join("”“")}”外，须同时填写未申请原因。`,
    `登记为“${standingTitles.unwilling}”的，须填写本人在声明上签字的日期；声明由学校留存。`,
    "可以重复上传：已有的教师按证件号码更新，不会重复登记。",
  ];
}
