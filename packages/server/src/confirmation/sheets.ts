import { assessmentGrades, nameOfCode } from "@shice/rules/form/lists.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import { sql } from "kysely";
import { type Case, loadCases } from "../case/facts.ts";
import { teacherStandingOf } from "../case/missing-checks.ts";
import { openForm } from "../case/sealed-form.ts";
import { stateText } from "../case/state-sql.ts";
import { type KnownFacts, openFacts } from "../form/roster-facts.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { api } from "../request/api.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { saveMaterials } from "./queries.ts";

/** Items 5, 6, 7 by the school, for all at once (Notice §三(二): 可由学校统一提供，需每人一份). */
export const sheetRoutes = {
  supplySheets: api.confirmation.supplySheets.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { plan } = ctx.campaign;
      const cases = await loadCases(ctx.tx, ctx.campaign, input.applications, {
        lock: true,
        now: ctx.now,
        secrets: ctx.secrets,
        checkForm: false,
      });
      const byConcern = new Map<string, Case[]>();
      for (const found of cases.values()) {
        const { row, facts } = found;
        const item = checklistOf(plan, teacherStandingOf(row)).find((candidate) => candidate.key === input.material);
        if (facts.state !== "submitted" || row.school_id !== input.school || item?.suppliedBy !== "school") continue;
        byConcern.set(item.concerns, [...(byConcern.get(item.concerns) ?? []), found]);
      }
      const seen = { originalSeen: true, copyStamped: true, copies: 1, remark: null, signer: input.signer };
      let recorded = 0;
      const sheets: { id: string; number: string }[] = [];
      for (const [concerns, found] of byConcern) {
        const sheet = await issue(ctx, { ...input, concerns }, found);
        await saveMaterials(
          ctx,
          found.map(({ id }) => id),
          [{ ...seen, suppliedBy: "school", material: input.material, concerns, sheet: sheet.id }],
        );
        recorded += found.length;
        sheets.push(sheet);
      }
      return { recorded, sheets };
    }),
  ),

  listSheetKinds: api.confirmation.listSheetKinds.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const supplied = ctx.campaign.plan.materials.flatMap(({ key, item, variants }) => {
        const titles = variants.filter(({ suppliedBy }) => suppliedBy === "school").map(({ name }) => name);
        return titles.length === 0 ? [] : [{ material: key, item, title: titles.join("／") }];
      });
      const lacking = await countLacking(
        ctx,
        supplied.map(({ material }) => material),
      );
      return supplied.map((kind) => ({ ...kind, lacking: lacking.get(kind.material) ?? 0 }));
    }),
  ),

  listSheets: api.confirmation.listSheets.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { plan } = ctx.campaign;
      const rows = await listSheets(ctx, { ...input, after: parseCursor(input.after, 1)?.[0] });
      return cutPage(
        rows,
        input.limit,
        (row) => ({
          id: row.id,
          number: row.number,
          school: row.school,
          material: row.material,
          signer: row.signer,
          title:
            plan.materials
              .find(({ key }) => key === row.material)
              ?.variants.find(({ concerns }) => concerns === row.concerns)?.name ?? row.material,
          issuedAt: row.issued_at.toString(),
          issuedBy: row.issued_by,
          entries: row.entries,
        }),
        ({ id }) => [id],
      );
    }),
  ),
};

/** How many who wait for the desk have no proof of a kind yet. */
async function countLacking({ tx, campaign }: ActContext, materials: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ material: string; lacking: number }>`
    select m.material, count(a.id)::int as lacking
    from unnest(${[...materials]}::text[]) as m(material)
    join shice.application a on a.campaign_id = ${campaign.id} and a.state = ${stateText("submitted")}
    where not exists (select from shice.material_check k
      where k.campaign_id = a.campaign_id and k.application_id = a.id and k.material = m.material and k.supplied_by = 'school')
    group by m.material`.execute(tx);
  return new Map(rows.map((row) => [row.material, row.lacking]));
}

interface Issue {
  school: string;
  material: string;
  signer: string;
  concerns: string;
}

/** Writes the sheet with its rows, in the order of the roster; what it says of each is kept as it is now. */
async function issue(ctx: ActContext, { school, material, signer, concerns }: Issue, found: readonly Case[]) {
  const { tx, campaign, actor, now, secrets } = ctx;
  const [{ row: first } = { row: undefined }] = found;
  if (first === undefined) throw new Error("the school sheet has no rows");
  const day = now.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate();
  const { rows } = await sql<{ id: string; number: string }>`
    insert into shice.school_sheet (campaign_id, school_id, confirmation_point_id, authority_id, material, concerns, number,
        signer, issued_by, issued_at)
      values (${campaign.id}, ${school}, ${first.confirmation_point_id}, ${first.authority_id}, ${material}, ${concerns},
        ${`ZM${day.toString().replaceAll("-", "")}-`} || lpad(nextval('shice.school_sheet_number')::text, 6, '0'),
        ${signer}, ${actor.accountId}, ${now})
      returning id, number`.execute(tx);
  const sheet = mustReturnRow(rows, "school sheet insert");
  const places = await listRosterPlaces(
    ctx,
    found.map(({ row }) => row.person_id),
  );
  const ordered = found.toSorted((one, other) => {
    const [a, b] = [places.get(one.row.person_id), places.get(other.row.person_id)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return a.place - b.place;
  });
  const year = campaign.plan.year - 1;
  const items = ordered.map(({ id, row }, at) => {
    const known = places.get(row.person_id)?.facts ?? {};
    const grade =
      known.assessments?.find((assessment) => assessment.year === year)?.grade ??
      openForm(row, secrets).assessments?.find((assessment) => assessment.year === year)?.grade;
    const facts = { year, ...(grade === undefined ? {} : { grade: nameOfCode(assessmentGrades, grade) }) };
    return { position: at + 1, applicationId: id, facts };
  });
  await sql`
    insert into shice.school_sheet_item (sheet_id, position, campaign_id, application_id, facts)
      select ${sheet.id}::uuid, i.position, ${campaign.id}, i."applicationId", i.facts
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i(position int, "applicationId" uuid, facts jsonb)`.execute(
    tx,
  );
  return sheet;
}

/** Where each person stands on the roster, and what it knows. */
async function listRosterPlaces({ tx, campaign, secrets }: ActContext, persons: readonly string[]) {
  const { rows } = await sql<{ person_id: string; facts: Record<string, unknown>; facts_sealed: Buffer | null }>`
    select p.id as person_id, r.facts, r.facts_sealed from shice.person p
    join shice.roster_entry r on r.campaign_id = ${campaign.id} and r.id_number_index = p.id_number_index
    where p.id = any(${[...persons]}::uuid[]) order by r.id`.execute(tx);
  return new Map<string, { place: number; facts: KnownFacts }>(
    rows.map((row, place) => [row.person_id, { place, facts: openFacts(row, secrets) }]),
  );
}

async function listSheets(
  { tx, campaign }: ActContext,
  { application, after, limit }: { application?: string | undefined; after: string | undefined; limit: number },
) {
  const { rows } = await sql<{
    id: string;
    number: string;
    school: string;
    material: string;
    concerns: string;
    signer: string;
    issued_at: Temporal.Instant;
    issued_by: string;
    entries: number;
  }>`
    select s.id, s.number, o.name as school, s.material, s.concerns, s.signer, s.issued_at, t.display_name as issued_by,
      (select count(*)::int from shice.school_sheet_item i where i.sheet_id = s.id) as entries
    from shice.school_sheet s join shice.organisation o on o.id = s.school_id join shice.account t on t.id = s.issued_by
    where s.campaign_id = ${campaign.id} and s.id < ${after ?? "ffffffff-ffff-ffff-ffff-ffffffffffff"}::uuid
      and (${application ?? null}::uuid is null or exists (select from shice.school_sheet_item i
        where i.sheet_id = s.id and i.application_id = ${application ?? null}::uuid))
    order by s.id desc limit ${limit + 1}`.execute(tx);
  return rows;
}
