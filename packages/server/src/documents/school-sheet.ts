import { fullDayText } from "@shice/contract/sentences/days.zh.ts";
import { proofTextOf } from "@shice/rules/materials/proof-text.ts";
import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Sheet } from "../platform/typesetting/typesetter.ts";
import type { ActContext } from "../request/run-act.ts";

interface ProofRow {
  sheet_id: string;
  sheet_number: string;
  material: string;
  concerns: string;
  signer: string;
  issued_at: Temporal.Instant;
  school: string;
  entries: number;
  position: number;
  number: string;
  name: string;
  subject: string | null;
  id_number_sealed: Buffer;
  facts: { year?: number; grade?: string };
}

/** One teacher's proof with all that its page or row says. */
type Proof = {
  title: string;
  /** The sheet's number, the teacher's place on it, and how many stand there. */
  number: string;
  position: number;
  of: number;
  school: string;
  signer: string;
  day: string;
  application: string;
  name: string;
  idNumber: string;
  year: string;
  grade: string;
  text: string;
  graded: boolean;
  asPages: boolean;
};

interface Printed {
  sheet: Sheet;
  number: string;
  title: string;
  entries: number;
}

/**
 * A school's proofs (annex 1 of the notice: 样表): a page for each teacher, or one signed sheet of rows, as the plan says
 * unless the caller asks for the other; in the order of the roster, with room for signature and seal.
 * @throws RefusalError request.not-found
 */
export async function schoolSheetOf(
  ctx: ActContext,
  sheetId: string,
  layout: "person" | "rows" | undefined,
): Promise<Printed> {
  const rows = await listProofRows(ctx, [sheetId]);
  const proofs = rows.map((row) => proofOf(ctx, row));
  const [first] = proofs;
  const [{ issued_at: at } = { issued_at: undefined }] = rows;
  if (first === undefined || at === undefined) throw new RefusalError({ code: "request.not-found" });
  const { title, number, school, signer, day, year } = first;
  const asPages = (layout ?? (first.asPages ? "person" : "rows")) === "person";
  const document = { title, number, campaign: ctx.campaign.title };
  return {
    sheet: asPages
      ? { template: "proof.typ", at, document: { ...document, pages: proofs } }
      : {
          template: "proof-rows.typ",
          at,
          document: {
            ...document,
            school,
            signer,
            day,
            year,
            people: proofs,
            graded: first.graded && proofs.some(({ grade }) => grade !== ""),
          },
        },
    number,
    title,
    entries: proofs.length,
  };
}

/**
 * Several sheets as one file, teacher by teacher in the order of the roster, each with the proofs in the order of the
 * notice: printed once, it is the order in which the bags are filled (Notice §三(二)5–7).
 * @throws RefusalError request.not-found when one of them is not there
 */
export async function schoolSheetsOf(ctx: ActContext, sheetIds: readonly string[]): Promise<Printed> {
  const rows = await listProofRows(ctx, sheetIds);
  const found = new Set(rows.map(({ sheet_id }) => sheet_id));
  const [first] = rows;
  if (first === undefined || sheetIds.some((id) => !found.has(id))) {
    throw new RefusalError({ code: "request.not-found" });
  }
  const title = "学校证明";
  const [at = first.issued_at] = rows
    .map(({ issued_at }) => issued_at)
    .toSorted((a, b) => Temporal.Instant.compare(b, a));
  const document = {
    title,
    number: first.sheet_number,
    campaign: ctx.campaign.title,
    pages: rows.map((row) => proofOf(ctx, row)),
  };
  return {
    sheet: { template: "proof.typ", at, document },
    number: first.sheet_number,
    title,
    entries: rows.length,
  };
}

/** The proofs of these sheets, teacher by teacher as the roster has them; who is not on it follows by number. */
async function listProofRows({ tx, campaign }: ActContext, sheetIds: readonly string[]): Promise<ProofRow[]> {
  const items = campaign.plan.materials.map(({ key }) => key);
  const { rows } = await sql<ProofRow>`
    select s.id as sheet_id, s.number as sheet_number, s.material, s.concerns, s.signer, s.issued_at, o.name as school,
      (select count(*)::int from shice.school_sheet_item c where c.sheet_id = s.id) as entries,
      i.position, a.number, a.name, a.subject, p.id_number_sealed, i.facts
    from shice.school_sheet s join shice.organisation o on o.id = s.school_id
    join shice.school_sheet_item i on i.sheet_id = s.id
    join shice.application a on a.campaign_id = i.campaign_id and a.id = i.application_id
    join shice.person p on p.id = a.person_id
    left join shice.roster_entry r on r.campaign_id = s.campaign_id and r.id_number_index = p.id_number_index
    where s.campaign_id = ${campaign.id} and s.id = any(${[...sheetIds]}::uuid[])
    order by ${sheetIds.length === 1 ? sql`i.position` : sql`r.id nulls last, a.number, array_position(${items}::text[], s.material)`}`.execute(
    tx,
  );
  return rows;
}

function proofOf({ campaign, secrets }: ActContext, row: ProofRow): Proof {
  const variant = campaign.plan.materials
    .find(({ key }) => key === row.material)
    ?.variants.find(({ concerns }) => concerns === row.concerns);
  const title = variant?.name ?? row.material;
  const day = row.issued_at.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate();
  const values = {
    name: row.name,
    idNumber: secrets.decrypt(row.id_number_sealed, "person.id-number"),
    school: row.school,
    subject: row.subject ?? "",
    year: String(row.facts.year ?? ""),
    grade: row.facts.grade ?? "",
  };
  const { name, idNumber, year, grade } = values;
  return {
    title,
    number: row.sheet_number,
    position: row.position,
    of: row.entries,
    school: row.school,
    signer: row.signer,
    day: fullDayText(day.toString()),
    application: row.number,
    name,
    idNumber,
    year,
    grade,
    text: proofTextOf(variant?.proof, title, values),
    graded: variant?.proof?.includes("【考核结果】") === true,
    asPages: variant?.onePerPerson !== false,
  };
}
