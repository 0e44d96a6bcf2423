import { setImmediate as breathe } from "node:timers/promises";
import { normaliseIdNumber } from "@shice/rules/identity/id-number.ts";
import { nameKeyOf } from "@shice/rules/identity/name.ts";
import type { RosterColumnKey } from "@shice/rules/roster/columns.ts";
import { isIdle, type RosterDraft, type RowTrouble, readRosterRow } from "@shice/rules/roster/read-row.ts";
import { cellText } from "@shice/rules/sheet/cell.ts";
import type { Workbook } from "../platform/excel/reader.ts";
import { cellsAsTheyStand, findTable, type Table, type TableRefusal } from "../platform/excel/table.ts";
import type { ActContext } from "../request/run-act.ts";
import { compareWithRoster, type Entry, isStatementMissing } from "./entries.ts";
import { type RosterSetting, settingOf } from "./import-setting.ts";
import type { FoundRow, ImportOutcome } from "./import-store.ts";
import { findSchoolsByName, type Named, schoolWordOf } from "./schools.ts";

/** A roster under its heading, ready to be gone through. */
type RosterTable = Table<RosterColumnKey>;

/** How many rows are gone through before whoever else waits gets a turn. */
const rowsAtOnce = 2000;

/** Finds the one sheet that is a roster; what is left out is noted in words. */
export function tableOf(book: Workbook, { columns }: RosterSetting): RosterTable | TableRefusal {
  return findTable(book, columns, { what: "名册", isIdle });
}

/** What is known of all rows together, before each is judged. */
interface Survey {
  setting: RosterSetting;
  /** Where a number stands first. */
  first: Map<string, { position: number; name: string }>;
  schools: Map<string, Named>;
}

/** Looks over the whole table: numbers that come twice, schools that are named. */
export async function survey(ctx: ActContext, table: RosterTable): Promise<Survey> {
  const setting = await settingOf(ctx);
  const first = new Map<string, { position: number; name: string }>();
  const names = new Set<string>();
  const [idAt, nameAt, schoolAt] = (["idNumber", "name", "school"] as const).map((key) =>
    table.header.columns.get(key),
  );
  for (const [number, { position, cells }] of table.rows.entries()) {
    if (number % rowsAtOnce === 0) await breathe();
    const textAt = (at: number | undefined) => (at === undefined ? "" : cellText(cells[at]));
    const idNumber = normaliseIdNumber(textAt(idAt));
    if (idNumber !== "" && !first.has(idNumber)) first.set(idNumber, { position, name: textAt(nameAt) });
    if (textAt(schoolAt) !== "") names.add(textAt(schoolAt));
  }
  return { setting, first, schools: await findSchoolsByName(ctx, setting.own, [...names]) };
}

/** Judges some rows: what each would do to the roster, or what is wrong with it. */
export async function checkRows(
  ctx: ActContext,
  { header }: RosterTable,
  survey: Survey,
  rows: RosterTable["rows"],
): Promise<{ position: number; outcome: ImportOutcome; found: FoundRow }[]> {
  const { onlySchool } = survey.setting;
  const read = rows.map(({ position, cells }) => {
    const { draft, troubles } = readRosterRow(cells, header, {
      ...survey.setting,
      schoolNeeded: onlySchool === undefined,
    });
    const repeated = repetitionOf(survey, position, draft);
    if (repeated !== undefined) troubles.push(repeated);
    const school = placeOf(survey, draft, troubles);
    return { position, cells: cellsAsTheyStand(cells, header), draft, troubles, school };
  });
  const sound = read.flatMap((row) =>
    row.troubles.length === 0 && row.school !== undefined ? [{ row, entry: entryOf(row.draft, row.school) }] : [],
  );
  const compared = await compareWithRoster(
    ctx,
    sound.map(({ entry }) => entry),
  );
  const results = new Map(sound.map(({ row }, at) => [row.position, compared[at]]));
  return read.map(({ position, cells, draft, troubles, school }) => {
    const result = results.get(position);
    if (result?.outcome === "elsewhere") {
      troubles.push({ column: "idNumber", code: "roster.elsewhere", school: result.school });
    }
    if (result !== undefined && isStatementMissing(result)) {
      troubles.push({ column: "statementOn", code: "row.statement-needed" });
    }
    const outcome =
      result === undefined || troubles.length > 0 || result.outcome === "elsewhere" ? "wrong" : result.outcome;
    return {
      position,
      outcome,
      found: {
        cells,
        draft,
        troubles,
        changes: result?.changes ?? [],
        schoolId: school?.schoolId ?? null,
        schoolName: school?.name ?? draft.school ?? "",
      },
    };
  });
}

export function entryOf(draft: RosterDraft, school: Entry["school"]): Entry {
  const { name, documentKind, idNumber, standing, reason, remark, statementOn, facts } = draft;
  return { school, name, documentKind, idNumber, standing, reason, remark, statementOn, facts: { ...facts } };
}

function repetitionOf({ first }: Survey, position: number, draft: RosterDraft): RowTrouble | undefined {
  const before = draft.idNumber === "" ? undefined : first.get(draft.idNumber);
  if (before === undefined || before.position === position) return undefined;
  return nameKeyOf(before.name) === nameKeyOf(draft.name)
    ? { column: "idNumber", code: "row.repeated", first: before.position }
    : { column: "idNumber", code: "row.same-number", first: before.position, name: before.name };
}

function placeOf({ setting, schools }: Survey, draft: RosterDraft, troubles: RowTrouble[]) {
  if (draft.school === undefined) return setting.onlySchool;
  const named = schools.get(schoolWordOf(draft.school));
  if (named === undefined) return undefined;
  if ("school" in named) return named.school;
  troubles.push({ column: "school", ...named.trouble });
  return undefined;
}
