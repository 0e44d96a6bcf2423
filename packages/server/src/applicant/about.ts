import { registrationKindOf, reopensOn } from "@shice/rules/eligibility/eligibility.ts";
import { ApplicationPart, formFields } from "@shice/rules/form/form.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import { sql } from "kysely";
import type { Room } from "../application/act.ts";
import { attachmentViewOf, listAttachments } from "../application/attachments.ts";
import { openForm } from "../application/form-store.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { listEarlier, raisingOf } from "./queries.ts";
import { saveForm } from "./save-form.ts";

interface AboutRow {
  name: string;
  document_kind: string;
  id_number_sealed: Buffer;
  sex: string | null;
  born_on: string | null;
  newly_hired: boolean;
  state: string;
  conclusion: string | null;
  lending_school: string | null;
  point: string | null;
  authority: string | null;
  roster: { school: string; facts: Record<string, unknown> } | null;
  earlier: { form: Record<string, unknown>; sealed: string | null; school: string | null } | null;
  notice: {
    id: string;
    number: string;
    position: number;
    conclusion: string;
    endsAt: string;
    closed: boolean;
  } | null;
  appeals: { raisedAt: string; answerBy: string; statement: string; outcome: string | null; answer: string | null }[];
  decision: { number: string; decidedAt: string } | null;
}

/** What the teacher needs to know around the own application; everything of it is the teacher's own, or public. */
export async function aboutViewOf(room: Room, applicationId: string) {
  const { tx, campaign, secrets } = room;
  const { plan } = campaign;
  const row = await getAboutRow(room, applicationId);
  const attachments = await listAttachments(tx, campaign.id, applicationId);
  const { kind: registrationKind } = registrationKindOf(raisingOf(campaign, await listEarlier(room)));
  const standing = { newlyHired: row.newly_hired, registrationKind };
  return {
    lendingSchool: row.lending_school,
    confirmationPoint: row.point,
    authority: row.authority,
    person: {
      name: row.name,
      documentKind: row.document_kind,
      idNumber: secrets.decrypt(row.id_number_sealed, "person.id-number"),
      sex: row.sex,
      bornOn: row.born_on,
    },
    known: knownOf(room, row),
    attachments: attachments.map(attachmentViewOf),
    materials: checklistOf(plan, standing).map((item) => ({
      key: item.key,
      item: item.item,
      name: item.name,
      suppliedBy: item.suppliedBy,
      originalSeen: item.originalSeen,
      copies: item.copies,
      copyStamped: item.copyStamped,
    })),
    registrationKind,
    notice: row.notice === null ? null : { ...row.notice, endsAt: instantText(row.notice.endsAt) },
    appeals: row.appeals.map((appeal) => ({
      ...appeal,
      raisedAt: instantText(appeal.raisedAt),
      answerBy: instantText(appeal.answerBy),
    })),
    decision:
      row.decision === null
        ? null
        : {
            number: row.decision.number,
            decidedAt: instantText(row.decision.decidedAt),
            revoked: row.state === "revoked",
          },
    nextOpensOn: nextOpensOn(room, row),
  };
}

async function getAboutRow({ tx, campaign, actor }: Room, applicationId: string): Promise<AboutRow> {
  const { rows } = await sql<AboutRow>`
    select p.name, p.document_kind, p.id_number_sealed, p.sex, p.born_on::text as born_on, a.newly_hired, a.state,
      a.final_conclusion as conclusion,
      (select o.name from shice.organisation o where o.id = (a.form ->> 'lendingSchoolId')::uuid) as lending_school,
      (select o.name from shice.organisation o where o.id = a.confirmation_point_id) as point,
      (select o.name from shice.organisation o where o.id = a.authority_id) as authority,
      (select jsonb_build_object('school', r.school_id, 'facts', r.facts) from shice.roster_entry r
        where r.campaign_id = a.campaign_id and r.id_number_index = p.id_number_index) as roster,
      (select jsonb_build_object('form', e.form, 'sealed', encode(e.form_sealed, 'base64'), 'school', e.school_id)
        from shice.application e
        where e.person_id = a.person_id and e.campaign_id <> a.campaign_id and e.state in ('concluded', 'marked', 'archived')
        order by e.state_since desc limit 1) as earlier,
      (select jsonb_build_object('id', n.id, 'number', n.number, 'position', e.position, 'conclusion', e.conclusion,
          'endsAt', n.ends_at, 'closed', n.closed_at is not null)
        from shice.public_notice n join shice.public_notice_entry e on e.notice_id = n.id
        where n.id = a.notice_id and e.application_id = a.id) as notice,
      coalesce((select jsonb_agg(jsonb_build_object('raisedAt', o.raised_at, 'answerBy', o.answer_by,
          'statement', o.statement, 'outcome', o.outcome, 'answer', o.answer) order by o.raised_at)
        from shice.objection o where o.campaign_id = a.campaign_id and o.application_id = a.id
          and o.account_id = ${actor.accountId}), '[]') as appeals,
      (select jsonb_build_object('number', d.number, 'decidedAt', d.decided_at)
        from shice.decision d where d.id = a.decision_id) as decision
    from shice.application a join shice.person p on p.id = a.person_id
    where a.campaign_id = ${campaign.id} and a.id = ${applicationId}`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new RefusalError({ code: "case.out-of-scope" });
  return row;
}

/** Values of the roster and of the last registration that hold by the form's own rules; the roster's come first. */
function knownOf({ secrets }: Room, { roster, earlier }: AboutRow) {
  const before =
    earlier === null
      ? {}
      : openForm(
          { form: earlier.form, form_sealed: earlier.sealed === null ? null : Buffer.from(earlier.sealed, "base64") },
          secrets,
        );
  const sources = [
    ["roster", roster === null ? {} : { ...roster.facts, schoolId: roster.school }],
    ["last-registration", before],
  ] as const;
  return sources.flatMap(([source, facts]) =>
    formFields
      .filter((field) => !notCarriedOver.has(field))
      .flatMap((field) => {
        const parsed = ApplicationPart.safeParse({ [field]: Reflect.get(facts, field) });
        const value = parsed.success ? parsed.data[field] : undefined;
        return value === undefined ? [] : [{ field, value, source }];
      }),
  );
}

/** What is of one cycle alone: a file of another application, and what happened since. */
const notCarriedOver = new Set<string>([
  ...["photo", "certificateNumberAttested", "newlyHired", "probationFinishedOn", "inductionTrainingPassed"],
  ...["assessments", "trainingHours", "interruption"],
]);

/** From when the next registration can be applied for; null where this one does not run, or nothing is decided. */
function nextOpensOn({ campaign: { plan } }: Room, { conclusion, decision, state }: AboutRow): string | null {
  const raises = plan.conclusions.find(({ key }) => key === conclusion)?.raisesOrdinal === true;
  if (decision === null || !raises || state === "revoked") return null;
  const decidedOn = Temporal.Instant.from(instantText(decision.decidedAt))
    .toZonedDateTimeISO(plan.timeZone)
    .toPlainDate();
  return reopensOn(plan, decidedOn).toString();
}

/** A moment as PostgreSQL writes it into JSON, as the contract writes it. */
function instantText(text: string): string {
  return Temporal.Instant.from(text).toString();
}

/**
 * Fills a draft that was just begun from the roster and the last registration: each value the teacher would otherwise
 * type again, and may change. A school that has left the directory since is not taken over.
 */
export async function prefill(room: Room, applicationId: string): Promise<void> {
  const known = knownOf(room, await getAboutRow(room, applicationId));
  const form: Record<string, unknown> = {};
  for (const { field, value } of known) form[field] ??= value;
  if (Object.keys(form).length === 0) return;
  if (typeof form["schoolId"] === "string" && !(await isOpenSchool(room, form["schoolId"]))) delete form["schoolId"];
  await saveForm(room, applicationId, ApplicationPart.parse(form), undefined);
}

async function isOpenSchool({ tx, campaign }: Room, schoolId: string): Promise<boolean> {
  const { rows } = await sql`
    select from shice.school s join shice.organisation o on o.id = s.organisation_id
    join shice.campaign_body b on b.organisation_id = s.authority_id and b.campaign_id = ${campaign.id} and b.part = 'authority'
    where s.organisation_id = ${schoolId} and o.valid_to is null`.execute(tx);
  return rows.length > 0;
}
