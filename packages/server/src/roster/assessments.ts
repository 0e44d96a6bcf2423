import type { AssessmentChange } from "@shice/contract/roster.ts";
import { assessmentGrades } from "@shice/rules/form/lists.ts";
import { maskIdNumber } from "@shice/rules/identity/id-number.ts";
import { assessedYears } from "@shice/rules/roster/columns.ts";
import type { RosterFacts } from "@shice/rules/roster/read-row.ts";
import { isExpectedToApply, standings } from "@shice/rules/roster/standing.ts";
import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { idNumberPurpose } from "./entries.ts";

/** The most hours that anybody can have been trained in one cycle; beyond it a digit slipped. */
const mostHours = 10_000;

/**
 * Annual assessments and training hours of all who are expected to apply, cell by cell (Notice §三(二)4, 5): they go
 * into the teacher's form, onto the school's proofs, and beside the case at the desk.
 */
export const assessmentRoutes = {
  listAssessments: api.roster.listAssessments.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { year, cycle } = ctx.campaign.plan;
      const rows = await listRows(ctx, input.school, parseCursor(input.after, 1)?.[0], input.limit);
      return {
        ...cutPage(
          rows,
          input.limit,
          ({ id, name, id_number_sealed, school_name, facts }) => ({
            entry: id,
            name,
            schoolName: school_name,
            hours: facts.trainingHours ?? null,
            idNumberMasked: maskIdNumber(ctx.secrets.decrypt(id_number_sealed, idNumberPurpose)),
            grades: gradesOf(facts),
          }),
          ({ id }) => [id],
        ),
        years: assessedYears(year, cycle.years),
        choices: assessmentGrades.map(({ code, name }) => ({ code, name })),
      };
    }),
  ),

  saveAssessments: api.roster.saveAssessments.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      for (const [at, change] of input.changes.entries()) mustBeSound(ctx, change, at);
      const byEntry = Map.groupBy(input.changes, ({ entry }) => entry);
      const entries = await lockFacts(ctx, [...byEntry.keys()]);
      const clashes: { entry: string; field: string; stands: string | null; wanted: string | null }[] = [];
      const changed = new Map<string, RosterFacts>();
      for (const [entry, changes] of byEntry) {
        let facts = entries.get(entry);
        if (facts === undefined) throw new RefusalError({ code: "request.not-found" });
        for (const { field, from, to } of changes) {
          const stands = cellOf(facts, field);
          if (stands === to) continue;
          if (stands !== from) clashes.push({ entry, field, stands, wanted: to });
          else facts = withCell(facts, field, to);
        }
        if (facts !== entries.get(entry)) changed.set(entry, facts);
      }
      await writeFacts(ctx, changed);
      const saved = input.changes.length - clashes.length;
      await audit(ctx, {
        action: "save-assessments",
        subjectKind: "roster",
        detail: { cells: saved, people: changed.size },
      });
      return { saved, clashes };
    }),
  ),
};

function mustBeSound({ campaign }: ActContext, { field, to }: AssessmentChange, at: number): void {
  const { year, cycle } = campaign.plan;
  if (field !== "hours" && !assessedYears(year, cycle.years).includes(Number(field))) {
    throw wrong(at, "assessment.year-unknown", "这一年的考核不在本批次登记范围内");
  }
  if (to === null) return;
  if (field !== "hours") {
    const isKnown = assessmentGrades.some(({ code }) => code === to);
    if (!isKnown) throw wrong(at, "assessment.grade-unknown", "请从列表中选择考核结果");
    return;
  }
  const hours = Number(to);
  if (!/^\d{1,5}(\.\d)?$/.test(to) || hours > mostHours) {
    throw wrong(at, "assessment.hours-wrong", `培训学时请填写0至${mostHours}的数字`);
  }
}

function wrong(at: number, code: string, sentence: string): RefusalError {
  return new RefusalError({ code: "input.invalid", fields: [{ path: `changes.${at}.to`, code, sentence }] });
}

function gradesOf({ assessments = [] }: RosterFacts): Record<string, string> {
  return Object.fromEntries(assessments.map(({ year, grade }) => [String(year), grade]));
}

/** What a cell holds, as text; null where it is empty. */
function cellOf(facts: RosterFacts, field: string): string | null {
  if (field === "hours") return facts.trainingHours === undefined ? null : String(facts.trainingHours);
  return gradesOf(facts)[field] ?? null;
}

function withCell(facts: RosterFacts, field: string, value: string | null): RosterFacts {
  if (field === "hours") {
    const { trainingHours: _, ...rest } = facts;
    return value === null ? rest : { ...rest, trainingHours: Number(value) };
  }
  const others = (facts.assessments ?? []).filter(({ year }) => String(year) !== field);
  const assessments = value === null ? others : [...others, { year: Number(field), grade: value }];
  return { ...facts, assessments: assessments.toSorted((one, other) => one.year - other.year) };
}

interface GridRow {
  id: string;
  name: string;
  id_number_sealed: Buffer;
  school_name: string;
  facts: RosterFacts;
}

async function listRows(
  { tx, campaign }: ActContext,
  school: string | undefined,
  after: string | undefined,
  limit: number,
): Promise<GridRow[]> {
  const expected = standings.filter(isExpectedToApply);
  const { rows } = await sql<GridRow>`
    select r.id, r.name, r.id_number_sealed, o.name as school_name, r.facts
    from shice.roster_entry r join shice.organisation o on o.id = r.school_id
    where r.campaign_id = ${campaign.id} and r.standing = any(${expected})
      and (${school ?? null}::uuid is null or r.school_id = ${school ?? null}::uuid)
      and (${after ?? null}::uuid is null or r.id > ${after ?? null}::uuid)
    order by r.id limit ${limit + 1}`.execute(tx);
  return rows;
}

async function lockFacts({ tx, campaign }: ActContext, ids: readonly string[]): Promise<Map<string, RosterFacts>> {
  const { rows } = await sql<{ id: string; facts: RosterFacts }>`
    select id, facts from shice.roster_entry
    where campaign_id = ${campaign.id} and id = any(${[...ids]}::uuid[]) order by id for update`.execute(tx);
  return new Map(rows.map(({ id, facts }) => [id, facts]));
}

async function writeFacts({ tx, campaign }: ActContext, changed: ReadonlyMap<string, RosterFacts>): Promise<void> {
  if (changed.size === 0) return;
  const rows = [...changed].map(([id, facts]) => ({ id, facts }));
  await sql`
    update shice.roster_entry r set facts = i.facts
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(id uuid, facts jsonb)
    where r.campaign_id = ${campaign.id} and r.id = i.id`.execute(tx);
}
