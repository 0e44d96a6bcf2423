import { assessmentGrades, nameOfCode } from "@shice/rules/form/lists.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { isOneOf, titleOf } from "@shice/rules/keys.ts";
import { certificateTitles, postTitles } from "@shice/rules/plan/institution.ts";
import { type RosterFacts, sealedFacts } from "@shice/rules/roster/read-row.ts";
import { standingTitles } from "@shice/rules/roster/standing.ts";
import { sql } from "kysely";
import { bytesText } from "../case/patch.ts";
import { openFacts, sealFacts } from "../form/roster-facts.ts";
import { spellingOf } from "../platform/spelling.ts";
import type { ActContext } from "../request/run-act.ts";
import { tailIndexOf } from "./id-number-tail.ts";
import type { SchoolPlace } from "./schools.ts";

export const idNumberPurpose = "person.id-number";

/** A teacher to be put on the roster; what is absent leaves the roster as it is. */
export interface Entry {
  school: SchoolPlace;
  name: string;
  documentKind: string;
  idNumber: string;
  standing?: string | undefined;
  reason?: string | undefined;
  remark?: string | undefined;
  statementOn?: string | undefined;
  facts: RosterFacts & Record<string, unknown>;
}

export interface Change {
  title: string;
  from: string;
  to: string;
}

export type Compared = { entry: Entry; index: string } & (
  | { outcome: "new"; changes: [] }
  | { outcome: "changed"; changes: Change[]; before: Before }
  | { outcome: "unchanged"; changes: []; before: Before }
  /** On the roster of a school that the caller does not keep. */
  | { outcome: "elsewhere"; changes: []; school: string }
);

interface Before {
  school_id: string;
  school: string;
  name: string;
  document_kind: string;
  standing: string;
  reason: string | null;
  remark: string | null;
  statement_on: Temporal.PlainDate | null;
  facts: Record<string, unknown>;
  facts_sealed: Buffer | null;
}

/** Whether somebody would stand there as unwilling without the day on which the statement was signed. */
export function isStatementMissing(compared: Compared): boolean {
  const { statementOn, standing } = compared.entry;
  if (standing === undefined || standing !== "unwilling" || statementOn !== undefined) return false;
  return !("before" in compared) || compared.before.statement_on === null;
}

/**
 * Holds entries against the roster as it stands: what each would do. At most a few thousand at a time. */
export async function compareWithRoster(ctx: ActContext, entries: readonly Entry[]): Promise<Compared[]> {
  const { tx, campaign, secrets } = ctx;
  const indexed = entries.map((entry) => ({
    entry,
    index: bytesText(secrets.blindIndex(entry.idNumber, idNumberPurpose)),
  }));
  const indexes = indexed.map(({ index }) => index);
  const { rows } = await sql<Before & { index: string; elsewhere: string }>`
    select '\\x' || encode(e.id_number_index, 'hex') as index, e.school_name as elsewhere, r.school_id, e.school_name as school,
      r.name, r.document_kind, r.standing, r.reason, r.remark, r.statement_on, r.facts, r.facts_sealed
    from shice.find_on_rosters(${campaign.id}, ${indexes}::bytea[]) e
    left join shice.roster_entry r on r.id = e.entry_id`.execute(tx);
  // Of a row that the caller may not see, only the school's name came.
  const anywhere = new Map(rows.map((row) => [row.index, row.elsewhere]));
  const before = new Map(rows.filter(({ school_id }) => school_id !== null).map((row) => [row.index, row]));
  const mayMove = ctx.actor.scope.kind === "authority" || ctx.actor.scope.kind === "all";
  return indexed.map(({ entry, index }): Compared => {
    const found = before.get(index);
    const elsewhere = anywhere.get(index);
    if (found === undefined) {
      return elsewhere === undefined
        ? { entry, index, outcome: "new", changes: [] }
        : { entry, index, outcome: "elsewhere", changes: [], school: elsewhere };
    }
    if (found.school_id !== entry.school.schoolId && !mayMove) {
      return { entry, index, outcome: "elsewhere", changes: [], school: found.school };
    }
    const changes = changesOf(ctx, entry, found);
    return changes.length === 0
      ? { entry, index, outcome: "unchanged", changes: [], before: found }
      : { entry, index, outcome: "changed", changes, before: found };
  });
}

function changesOf({ secrets, campaign }: ActContext, entry: Entry, before: Before): Change[] {
  const changes: Change[] = [];
  const add = (title: string, from: string, to: string | undefined) => {
    if (to !== undefined && to !== from) changes.push({ title, from, to });
  };
  add("任教学校", before.school, entry.school.schoolId === before.school_id ? before.school : entry.school.name);
  add("姓名", before.name, entry.name);
  add("证件类型", before.document_kind, entry.documentKind);
  add(
    "名册情形",
    standingText(before.standing),
    entry.standing === undefined ? undefined : standingText(entry.standing),
  );
  const reasonText = (code: string | null) => campaign.plan.reasons.find((known) => known.code === code)?.text ?? "";
  add("未申请原因", reasonText(before.reason), entry.reason === undefined ? undefined : reasonText(entry.reason));
  add("备注", before.remark ?? "", entry.remark);
  add("声明签字日期", before.statement_on?.toString() ?? "", entry.statementOn);
  const facts = openFacts(before, secrets);
  for (const [fact, value] of Object.entries(merge(facts, entry.facts))) {
    add(factTitleOf(fact), factText(fact, facts[fact]), factText(fact, value));
  }
  return changes;
}

/** The row's facts over the roster's; of the assessments those years that the row names. */
function merge(before: RosterFacts, after: RosterFacts) {
  const known = before.assessments ?? [];
  const named = after.assessments ?? [];
  const years = new Set(named.map(({ year }) => year));
  const assessments = [...known.filter(({ year }) => !years.has(year)), ...named].toSorted((a, b) => a.year - b.year);
  return { ...before, ...after, ...(assessments.length === 0 ? {} : { assessments }) };
}

function standingText(standing: string): string {
  return titleOf(standingTitles, standing);
}

function factTitleOf(fact: string): string {
  return titleOf(fieldTitles, fact);
}

/** A fact of the roster in words. */
export function factText(fact: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (fact === "assessments" && Array.isArray(value)) {
    return value.map(({ year, grade }) => `${year}年${nameOfCode(assessmentGrades, grade)}`).join("、");
  }
  if (fact === "postKind") return titleOf(postTitles, String(value));
  if (fact === "certificateKind") return titleOf(certificateTitles, String(value));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Writes what is new or changed; each person stands once on the roster of a campaign. */
export async function writeEntries(ctx: ActContext, compared: readonly Compared[], source: string): Promise<void> {
  const { tx, campaign, actor, now, secrets } = ctx;
  const rows = compared.flatMap((each) => {
    if (each.outcome !== "new" && each.outcome !== "changed") return [];
    const { entry, index } = each;
    const before = each.outcome === "changed" ? each.before : undefined;
    const facts = merge(before === undefined ? {} : openFacts(before, secrets), entry.facts);
    const sealed = Object.entries(facts).filter(([name]) => isSealedFact(name));
    return [
      {
        schoolId: entry.school.schoolId,
        pointId: entry.school.pointId,
        authorityId: entry.school.authorityId,
        name: entry.name,
        ...spellingOf(entry.name),
        documentKind: entry.documentKind,
        idNumberSealed: bytesText(secrets.encrypt(entry.idNumber, idNumberPurpose)),
        idNumberIndex: index,
        facts: Object.fromEntries(Object.entries(facts).filter(([name]) => !isSealedFact(name))),
        factsSealed: sealed.length === 0 ? null : bytesText(sealFacts(Object.fromEntries(sealed), secrets)),
        standing: entry.standing ?? before?.standing ?? "due",
        reason: entry.reason ?? (entry.standing === undefined ? (before?.reason ?? null) : null),
        remark: entry.remark ?? before?.remark ?? null,
        statementOn: entry.statementOn ?? before?.statement_on?.toString() ?? null,
        idNumberTail: bytesText(tailIndexOf(entry.idNumber, secrets)),
        seen: isSeenBySchool(ctx, entry, source),
      },
    ];
  });
  if (rows.length === 0) return;
  await sql`
    insert into shice.roster_entry as r (campaign_id, school_id, confirmation_point_id, authority_id, name, pinyin, initials,
        document_kind, id_number_sealed, id_number_index, id_number_tail, facts, facts_sealed, standing, reason, remark,
        statement_on, source, entered_by, entered_at, seen_by, seen_at)
      select ${campaign.id}, i."schoolId", i."pointId", i."authorityId", i.name, i.pinyin, i.initials, i."documentKind",
        i."idNumberSealed"::bytea, i."idNumberIndex"::bytea, i."idNumberTail"::bytea, i.facts, i."factsSealed"::bytea,
        i.standing, i.reason, i.remark, case when i.standing = 'unwilling' then i."statementOn" end, ${source}, ${actor.accountId}, ${now}, case when i.seen then ${actor.accountId}::uuid end,
        case when i.seen then ${now}::timestamptz end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i("schoolId" uuid, "pointId" uuid, "authorityId" uuid,
        name text, pinyin text, initials text, "documentKind" text, "idNumberSealed" text, "idNumberIndex" text,
        "idNumberTail" text, facts jsonb, "factsSealed" text, standing text, reason text, remark text, "statementOn" date,
        seen boolean)
      on conflict (campaign_id, id_number_index) do update set
        school_id = excluded.school_id, confirmation_point_id = excluded.confirmation_point_id,
        authority_id = excluded.authority_id, name = excluded.name, pinyin = excluded.pinyin, initials = excluded.initials,
        document_kind = excluded.document_kind, facts = excluded.facts, facts_sealed = excluded.facts_sealed,
        standing = excluded.standing, reason = excluded.reason, remark = excluded.remark,
        statement_on = excluded.statement_on, id_number_tail = excluded.id_number_tail, source = excluded.source,
        entered_by = excluded.entered_by, entered_at = excluded.entered_at,
        -- What another school has seen, this one has not.
        seen_by = case when r.confirmation_point_id = excluded.confirmation_point_id
          then coalesce(excluded.seen_by, r.seen_by) else excluded.seen_by end,
        seen_at = case when r.confirmation_point_id = excluded.confirmation_point_id
          then coalesce(excluded.seen_at, r.seen_at) else excluded.seen_at end,
        batch_id = case when r.school_id = excluded.school_id then r.batch_id end`.execute(tx);
}

/**
 * Whoever of the school types a teacher in, or says of one why not to register, has looked at that teacher. A column of a
 * spreadsheet that says of everybody that they are due is no look at anybody, and the district's is not the school's.
 */
function isSeenBySchool({ actor }: ActContext, { standing }: Entry, source: string): boolean {
  if (actor.role !== "school-clerk") return false;
  return source === "hand" || source === "application" || (standing !== undefined && standing !== "due");
}

function isSealedFact(name: string): boolean {
  return isOneOf(sealedFacts, name);
}
