import type { DirectoryImport } from "@shice/contract/organisations.ts";
import { schoolTroubleTextOf } from "@shice/contract/sentences/directory.zh.ts";
import { type DirectoryColumn, directoryColumns, pointTitles, yesNo } from "@shice/rules/directory/columns.ts";
import {
  type NamedBody,
  readSchoolRow,
  type SchoolDraft,
  type SchoolTrouble,
  schoolWordOf,
} from "@shice/rules/directory/read-row.ts";
import { institutionTitles, ownershipTitles } from "@shice/rules/plan/institution.ts";
import { isIdleRow } from "@shice/rules/sheet/header.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import type { WrongRow } from "../platform/excel/import-books.ts";
import { readWorkbook, type Workbook } from "../platform/excel/reader.ts";
import { cellsAsTheyStand, findTable } from "../platform/excel/table.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { todayTextOf } from "./lock.ts";
import { listSchoolsById, type School } from "./schools.ts";
import type { KeepingWork } from "./work.ts";

const mostRows = 5000;

export interface FoundSchool {
  position: number;
  outcome: "new" | "changed" | "unchanged" | "wrong";
  cells: Record<string, string>;
  draft: SchoolDraft;
  /** The school that there is. */
  school?: School;
  /** Short names that it does not have yet. */
  newAliases: string[];
  changes: { title: string; from: string; to: string }[];
  troubles: SchoolTrouble[];
}

export interface Checked {
  columns: DirectoryColumn[];
  bodies: readonly NamedBody[];
  notes: string[];
  rows: FoundSchool[];
}

/** Bodies that register, with the names of their areas: as a sheet may call them. */
export async function listNamedBodies(tx: Tx): Promise<NamedBody[]> {
  const { rows } = await sql<{ id: string; name: string; also: string[] | null }>`
    select o.id, o.name, array_agg(distinct e ->> 'name') filter (where e is not null) as also
    from shice.organisation o
    left join shice.campaign_body b on b.organisation_id = o.id and b.part = 'authority'
    left join shice.campaign c on c.id = b.campaign_id
    left join shice.plan_version v on v.campaign_id = c.id and v.version = c.plan_version
    left join lateral jsonb_array_elements(v.plan -> 'areas') e on e ->> 'key' = b.area_key
    where o.kind = 'authority' and o.valid_to is null group by o.id, o.name order by o.name`.execute(tx);
  return rows.map(({ also, ...body }) => ({ ...body, also: also ?? [] }));
}

/** Somebody waits for the answer: a line longer than this would not come to an end in time. */
const mostWaiting = 6;

/**
 * Reads a spreadsheet of schools; before any transaction, so that no connection is held meanwhile.
 * @throws RefusalError workbook.…, server.busy
 */
export async function readSheet(content: string): Promise<Workbook> {
  const book = await readWorkbook(Buffer.from(content, "base64"), { rows: 20_000, seconds: 30, mostWaiting });
  if ("code" in book) throw new RefusalError(book);
  return book;
}

/**
 * Holds a spreadsheet of schools against the directory, row by row; writes nothing.
 * @throws RefusalError workbook.no-heading, workbook.no-rows, directory.too-many-rows
 */
export async function checkSheet(keeping: KeepingWork, book: Workbook): Promise<Checked> {
  const bodies = await listNamedBodies(keeping.tx);
  const columns = directoryColumns({ authorities: bodies.map(({ name }) => name) });
  const table = findTable(book, columns, { what: "学校表", isIdle: (row, header) => isIdleRow(row, header) });
  if ("code" in table) throw new RefusalError(table);
  if (table.rows.length > mostRows) throw new RefusalError({ code: "directory.too-many-rows", most: mostRows });
  const today = todayTextOf(keeping);
  const read = table.rows.map(({ position, cells }) => ({
    position,
    cells: cellsAsTheyStand(cells, table.header),
    ...readSchoolRow(cells, table.header, { authorities: bodies, today }),
  }));
  const known = await knownBy(
    keeping.tx,
    read.flatMap(({ draft }) => [draft.name, draft.formerName ?? ""]),
  );
  const first = new Map<string, number>();
  const rows = read.map((row): FoundSchool => {
    const key = `${row.draft.authority} ${schoolWordOf(row.draft.name)}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, row.position);
    const repeated: SchoolTrouble[] =
      before === undefined || row.draft.name === "" ? [] : [{ column: "name", code: "school.repeated", first: before }];
    return compare({ ...row, troubles: [...row.troubles, ...repeated] }, known);
  });
  return { columns, bodies, notes: table.notes, rows: withoutTwins(rows) };
}

/** Two rows that mean one school, by its old name and by its new one: the later is wrong. */
function withoutTwins(rows: readonly FoundSchool[]): FoundSchool[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const id = row.school?.id;
    const before = id === undefined ? undefined : first.get(id);
    if (id === undefined) return row;
    if (before === undefined) {
      first.set(id, row.position);
      return row;
    }
    return { ...row, outcome: "wrong", troubles: [{ column: "name", code: "school.repeated", first: before }] };
  });
}

interface KnownName {
  word: string;
  kind: "standard" | "former" | "alias";
  school: School;
  names: ReadonlySet<string>;
  successors: string[];
}

/** Schools that bear these names, as whatever, ended ones too. */
async function knownBy(tx: Tx, names: readonly string[]): Promise<Map<string, KnownName[]>> {
  const words = [...new Set(names.map(schoolWordOf).filter((word) => word !== ""))];
  const { rows } = await sql<{ word: string; kind: KnownName["kind"]; id: string }>`
    select replace(normalize(n.name, NFKC), ' ', '') as word, n.kind, n.organisation_id as id
    from shice.organisation_name n join shice.organisation o on o.id = n.organisation_id and o.kind = 'school'
    where replace(normalize(n.name, NFKC), ' ', '') = any(${words})`.execute(tx);
  const ids = [...new Set(rows.map(({ id }) => id))];
  const schools = new Map((await listSchoolsById(tx, ids)).map((school) => [school.id, school]));
  const { rows: more } = await sql<{ id: string; names: string[]; successors: string[] | null }>`
    select o.id, (select array_agg(n.name) from shice.organisation_name n where n.organisation_id = o.id) as names,
      (select array_agg(t.name order by t.name) from shice.organisation_successor u
        join shice.organisation t on t.id = u.successor_id where u.organisation_id = o.id) as successors
    from shice.organisation o where o.id = any(${ids}::uuid[])`.execute(tx);
  const beside = new Map(more.map((row) => [row.id, row]));
  const known = rows.flatMap(({ word, kind, id }): KnownName[] => {
    const school = schools.get(id);
    const { names: all = [], successors = [] } = beside.get(id) ?? {};
    return school === undefined ? [] : [{ word, kind, school, names: new Set(all), successors: successors ?? [] }];
  });
  return Map.groupBy(known, ({ word }) => word);
}

type ReadRow = Pick<FoundSchool, "position" | "cells" | "draft" | "troubles">;

/** What a row would do to the directory, or why it is wrong. */
function compare(row: ReadRow, known: ReadonlyMap<string, KnownName[]>): FoundSchool {
  const { draft, troubles } = row;
  const nothing = { newAliases: [], changes: [] };
  if (troubles.length > 0 || draft.authority === undefined) return { ...row, ...nothing, outcome: "wrong" };
  const bearing = known.get(schoolWordOf(draft.name)) ?? [];
  const here = bearing.filter(({ school }) => school.authorityId === draft.authority);
  const living = here.filter(({ school }) => school.validTo === null);
  const own = living.find(({ kind }) => kind === "standard");
  const former = findFormer(draft, known);
  // The name that it had and the name that it has: sent once more after the renaming, the row says nothing new.
  const isRenamed = own !== undefined && former === undefined;
  if (draft.formerName !== undefined && !isRenamed) {
    if (former === undefined) {
      const trouble = { column: "formerName", code: "school.former-unknown", former: draft.formerName } as const;
      return { ...row, ...nothing, troubles: [trouble], outcome: "wrong" };
    }
    if (own !== undefined && own.school.id !== former.school.id) {
      const trouble = { column: "name", code: "school.name-taken", name: draft.name } as const;
      return { ...row, ...nothing, troubles: [trouble], outcome: "wrong" };
    }
  }
  const found = former ?? own;
  if (found !== undefined) return changesTo(row, found);
  const trouble = troubleOfNew(draft, bearing, here);
  if (trouble !== undefined) return { ...row, ...nothing, troubles: [trouble], outcome: "wrong" };
  return { ...row, newAliases: draft.aliases ?? [], changes: [], outcome: "new" };
}

function findFormer({ formerName, authority }: SchoolDraft, known: ReadonlyMap<string, KnownName[]>) {
  if (formerName === undefined) return undefined;
  return (known.get(schoolWordOf(formerName)) ?? []).find(
    ({ kind, school }) => kind === "standard" && school.authorityId === authority && school.validTo === null,
  );
}

function troubleOfNew(
  draft: SchoolDraft,
  bearing: readonly KnownName[],
  here: readonly KnownName[],
): SchoolTrouble | undefined {
  const living = here.filter(({ school }) => school.validTo === null);
  const renamed = living.find(({ kind }) => kind === "former");
  if (renamed !== undefined) return { column: "name", code: "school.renamed-already", now: renamed.school.name };
  const short = living.find(({ kind }) => kind === "alias");
  if (short !== undefined) return { column: "name", code: "school.is-short-name", of: short.school.name };
  const [ended] = here;
  if (ended !== undefined) {
    const { school, successors } = ended;
    return { column: "name", code: "school.ended", on: school.validTo ?? "", successors };
  }
  const elsewhere = bearing.find(({ kind, school }) => kind === "standard" && school.validTo === null);
  if (elsewhere !== undefined) {
    return { column: "authority", code: "school.elsewhere", authority: elsewhere.school.authority };
  }
  return draft.kind === undefined ? { column: "kind", code: "cell.empty" } : undefined;
}

function changesTo(row: ReadRow, { school, names }: KnownName): FoundSchool {
  const { draft } = row;
  const changes: FoundSchool["changes"] = [];
  const add = (title: string, from: string, to: string | undefined) => {
    if (to !== undefined && to !== from) changes.push({ title, from, to });
  };
  add("学校全称", school.name, schoolWordOf(draft.name) === schoolWordOf(school.name) ? school.name : draft.name);
  add("类别", institutionTitles[school.kind], draft.kind === undefined ? undefined : institutionTitles[draft.kind]);
  add(
    "举办者",
    ownershipTitles[school.ownership],
    draft.ownership === undefined ? undefined : ownershipTitles[draft.ownership],
  );
  const isIndustryRun = (yes: boolean) => (yes ? yesNo.yes : yesNo.no);
  add(
    "行业办学",
    isIndustryRun(school.industryRun),
    draft.industryRun === undefined ? undefined : isIndustryRun(draft.industryRun),
  );
  add(
    "确认点",
    pointTitles[pointOf(school)],
    draft.confirmationPoint === undefined ? undefined : pointTitles[draft.confirmationPoint],
  );
  add("成立日期", school.validFrom, draft.validFrom);
  const newAliases = (draft.aliases ?? []).filter((alias) => !names.has(alias));
  add("简称", "", newAliases.length === 0 ? "" : `增加${newAliases.join("、")}`);
  return { ...row, school, newAliases, changes, outcome: changes.length === 0 ? "unchanged" : "changed" };
}

export function pointOf({ id, confirmationPointId }: School): "school" | "authority" {
  return confirmationPointId === id ? "school" : "authority";
}

export function importViewOf(
  fileName: string,
  { rows, notes, columns, bodies }: Checked,
  applied: number | null,
): DirectoryImport {
  const titles = new Map<string, string>(columns.map(({ key, title }) => [key, title]));
  const names = new Map(bodies.map(({ id, name }) => [id, name]));
  const count = (outcome: FoundSchool["outcome"]) => rows.filter((row) => row.outcome === outcome).length;
  return {
    fileName,
    total: rows.length,
    fresh: count("new"),
    changed: count("changed"),
    unchanged: count("unchanged"),
    wrong: count("wrong"),
    applied,
    notes,
    rows: rows.map(({ position, outcome, draft, cells, changes, troubles }) => ({
      row: position,
      outcome,
      name: draft.name,
      changes,
      authority: names.get(draft.authority ?? "") ?? cells["authority"] ?? "",
      troubles: troubles.map((trouble) => ({
        title: titles.get(trouble.column) ?? trouble.column,
        code: trouble.code,
        found: cells[trouble.column] ?? "",
        ...schoolTroubleTextOf(trouble),
      })),
    })),
  };
}

export function wrongRowsOf({ rows }: Checked): WrongRow[] {
  return rows
    .filter(({ outcome }) => outcome === "wrong")
    .map(({ position, cells, troubles }) => ({
      position,
      cells,
      troubles: troubles.map((trouble) => ({ column: trouble.column, ...schoolTroubleTextOf(trouble) })),
    }));
}
