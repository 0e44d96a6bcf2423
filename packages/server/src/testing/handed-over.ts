import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { type HistoryRow, headMacOf, historyMacOf } from "../case/history.ts";
import { formPatchOf } from "../case/sealed-form.ts";
import { heldColumnsOf } from "../case/set-columns.ts";
import { type TransitionOutcome, transition } from "../case/transition.ts";
import { confirmRecordOf } from "../confirmation/confirm-record.ts";
import { withActContext } from "./act-context.ts";
import type { ApplicationFacts, District, Offices, Organisation } from "./offices-shape.ts";

/** Applications start here as `submitted`, with the first row of their history; the school's acts are real ones. */
export async function handOver(
  offices: Offices,
  district: District,
  count: number,
  facts: Partial<ApplicationFacts>,
): Promise<string[]> {
  const { clock } = offices;
  const back = clock.now();
  clock.set("2017-10-20T09:00");
  const ids = await confirmed(offices, district, count, facts);
  const acts = ids.map((applicationId) => ({ applicationId, record: { manifest: "1" } }));
  await withActContext(offices, district.clerk, async (ctx) => mustBeDone(await transition(ctx, "hand-over", acts)));
  clock.set(back.toZonedDateTimeISO("Asia/Shanghai").toPlainDateTime().toString());
  return ids;
}

/** Applications whose originals were seen, all of them, and that the school has confirmed. */
export async function confirmed(
  offices: Offices,
  district: District,
  count: number,
  facts: Partial<ApplicationFacts>,
): Promise<string[]> {
  const { campaign, clock, db, plan } = offices;
  const { clerk } = district;
  const ids = await submitted(offices, district, count, facts);
  await db.owner.query(
    `insert into shice.material_check (campaign_id, application_id, material, concerns, original_seen, copy_stamped, copies, supplied_by, signer, checked_by, checked_at)
     select $1, a.id, m.material, m.concerns, true, true, 2, m.supplied_by, '校长', $3, $4
     from unnest($2::uuid[]) as a(id), jsonb_to_recordset($5) as m(material text, concerns text, supplied_by text)`,
    [
      campaign.id,
      ids,
      clerk.accountId,
      clock.now().toString(),
      JSON.stringify(
        plan.materials.flatMap(({ key, variants }) =>
          variants
            .filter(({ concerns }) => concerns !== "newly-hired")
            .slice(0, 1)
            .map(({ concerns, suppliedBy }) => ({ material: key, concerns, supplied_by: suppliedBy })),
        ),
      ),
    ],
  );
  await db.owner.query(
    `insert into shice.certificate_check (campaign_id, application_id, field, agrees, checked_by, checked_at)
     select $1, a.id, f.field, true, $3, $4 from unnest($2::uuid[]) as a(id), unnest($5::text[]) as f(field)`,
    [campaign.id, ids, clerk.accountId, clock.now().toString(), [...comparedFields]],
  );
  const acts = ids.map((applicationId) => ({ applicationId, record: confirmRecordOf }));
  await withActContext(offices, clerk, async (ctx) => mustBeDone(await transition(ctx, "confirm", acts)));
  return ids;
}

function mustBeDone(outcomes: readonly TransitionOutcome[]): void {
  for (const outcome of outcomes) if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
}

/** Applications that wait for the school's desk. */
export async function submitted(
  offices: Offices,
  { authority, school }: District,
  count: number,
  facts: Partial<ApplicationFacts> = {},
): Promise<string[]> {
  const { centre, plan } = offices;
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(await submittedOne(offices, { authority, school, facts, centreId: plan.stages.review && centre.id }));
  }
  return ids;
}

/** What the plan's conditions ask of a serving teacher, as it suffices for 合格. */
const goodRecord = { trainingHours: 380, assessments: [{ year: 2016, grade: "competent" }] };

let serial = 0;

async function submittedOne(
  { campaign, clock, db }: Offices,
  {
    authority,
    school,
    facts,
    centreId,
  }: { authority: Organisation; school: Organisation; facts: Partial<ApplicationFacts>; centreId: string | undefined },
): Promise<string> {
  serial += 1;
  const at = clock.now().toString();
  const name = `张${String.fromCodePoint(0x4e00 + (serial % 2000))}明`;
  const idNumber = facts.idNumber ?? `invented ${serial}`;
  const complete = facts.complete && formPatchOf({ ...facts.complete, schoolId: school.id }, db.secrets);
  const { rows: persons } = await db.owner.query(
    `insert into shice.person (name, document_kind, id_number_sealed, id_number_index, created_at) values ($1, 'id-card', $2, $3, $4) returning id`,
    [name, db.secrets.encrypt(idNumber, "person.id-number"), db.secrets.blindIndex(idNumber, "person.id-number"), at],
  );
  const { rows: accounts } = await db.owner.query(
    `insert into shice.account (id, kind, person_id, display_name, created_at) values (gen_random_uuid(), 'applicant', $1, $2, $3) returning id`,
    [persons[0].id, name, at],
  );
  const { rows } = await db.owner.query(
    `insert into shice.application (campaign_id, number, person_id, name, state, plan_version, school_id, confirmation_point_id,
       authority_id, review_body_id, registration_kind, certificate_kind, certificate_issued_on, post_kind, subject, form, flags,
       created_at, changed_at, submitted_at, state_since, form_sealed, certificate_number_index)
     values ($1, $2, $3, $4, 'submitted', 1, $5, $5, $6, $7, $8, 'junior', $9, 'junior', '数学', $10, $11, $12, $12, $12, $12, $13, $14)
     returning *`,
    [
      campaign.id,
      `T${String(serial).padStart(6, "0")}`,
      persons[0].id,
      name,
      school.id,
      authority.id,
      centreId ?? null,
      facts.registrationKind ?? "periodic",
      facts.certificateIssuedOn ?? "2008-07-01",
      JSON.stringify(complete?.form ?? { ...goodRecord, ...facts.form }),
      facts.flags ?? [],
      at,
      complete?.form_sealed ?? null,
      complete?.certificate_number_index ?? null,
    ],
  );
  const applicationId: string = rows[0].id;
  const sets = heldColumnsOf(db.secrets, rows[0]);
  const history: HistoryRow = {
    campaignId: campaign.id,
    applicationId,
    sequence: 1,
    transition: "submit",
    fromState: null,
    toState: "submitted",
    at,
    role: "applicant",
    accountId: accounts[0].id,
    personId: persons[0].id,
    postId: null,
    organisationId: null,
    reason: null,
    record: {},
    changes: {},
    sets,
    planVersion: 1,
  };
  const hash = historyMacOf(db.secrets, Buffer.alloc(0), history);
  const headMac = headMacOf(db.secrets, { ...rows[0], last_sequence: 1, last_hash: hash });
  await db.owner.query(
    `insert into shice.application_history (campaign_id, application_id, sequence, transition, from_state, to_state, at, role,
       account_id, person_id, reason, record, changes, sets, plan_version, previous_hash, hash)
     values ($1, $2, 1, 'submit', null, 'submitted', $3, 'applicant', $4, $5, null, '{}', '{}', $7, 1, '', $6)`,
    [campaign.id, applicationId, at, history.accountId, history.personId, hash, JSON.stringify(sets)],
  );
  await db.owner.query(
    `update shice.application set last_sequence = 1, last_hash = $3, head_mac = $4 where campaign_id = $1 and id = $2`,
    [campaign.id, applicationId, hash, headMac],
  );
  return applicationId;
}
