import { registrationKindOf } from "@shice/rules/eligibility/eligibility.ts";
import { type ApplicationDraft, ApplicationPart, type FormField, formFields } from "@shice/rules/form/form.ts";
import { concludedStates } from "@shice/rules/lifecycle/state.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import { sql } from "kysely";
import { openForm } from "../case/sealed-form.ts";
import { stateList } from "../case/state-sql.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { attachmentViewOf, listAttachments } from "./attachments.ts";
import { listEarlier, raisingOf } from "./earlier-registrations.ts";
import { openFacts } from "./roster-facts.ts";
import { saveForm } from "./save-form.ts";

interface SurroundingsRow {
  person_id: string;
  name: string;
  document_kind: string;
  id_number_sealed: Buffer;
  sex: string | null;
  born_on: string | null;
  newly_hired: boolean;
  lending_school: string | null;
  point: string | null;
  authority: string | null;
  roster: { school: string; facts: Record<string, unknown>; sealed: string | null } | null;
  earlier: { form: Record<string, unknown>; sealed: string | null; school: string | null } | null;
}

/**
 * What whoever fills in a form needs to know around it: person, places, files, materials, what roster and last
 * registration say. As far as the actor's scope holds it: a school sees no registration that another one confirmed.
 */
export async function surroundingsOf(ctx: ActContext, applicationId: string) {
  const { tx, campaign, secrets } = ctx;
  const { plan } = campaign;
  const row = await getRow(ctx, applicationId);
  const attachments = await listAttachments(tx, campaign.id, applicationId);
  const { kind: registrationKind } = registrationKindOf(raisingOf(campaign, await listEarlier(ctx, row.person_id)));
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
    known: knownOf(ctx, row),
    attachments: attachments.map((attachment) => attachmentViewOf(attachment, secrets)),
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
  };
}

async function getRow({ tx, campaign }: ActContext, applicationId: string): Promise<SurroundingsRow> {
  const { rows } = await sql<SurroundingsRow>`
    select a.person_id, p.name, p.document_kind, p.id_number_sealed, p.sex, p.born_on::text as born_on, a.newly_hired,
      (select o.name from shice.organisation o where o.id = (a.form ->> 'lendingSchoolId')::uuid) as lending_school,
      (select o.name from shice.organisation o where o.id = a.confirmation_point_id) as point,
      (select o.name from shice.organisation o where o.id = a.authority_id) as authority,
      (select jsonb_build_object('school', r.school_id, 'facts', r.facts,
          'sealed', encode(r.facts_sealed, 'base64')) from shice.roster_entry r
        where r.campaign_id = a.campaign_id and r.id_number_index = p.id_number_index) as roster,
      (select jsonb_build_object('form', e.form, 'sealed', encode(e.form_sealed, 'base64'), 'school', e.school_id)
        from shice.application e
        where e.person_id = a.person_id and e.campaign_id <> a.campaign_id and e.state in ${stateList(concludedStates)}
        order by e.state_since desc limit 1) as earlier
    from shice.application a join shice.person p on p.id = a.person_id
    where a.campaign_id = ${campaign.id} and a.id = ${applicationId}`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new RefusalError({ code: "case.out-of-scope" });
  return row;
}

/** Values of the roster and of the last registration that hold by the form's own rules; the roster's come first. */
function knownOf({ secrets }: ActContext, { roster, earlier }: SurroundingsRow) {
  const before: ApplicationDraft =
    earlier === null
      ? {}
      : openForm(
          { form: earlier.form, form_sealed: earlier.sealed === null ? null : Buffer.from(earlier.sealed, "base64") },
          secrets,
        );
  const sources: readonly (readonly ["roster" | "last-registration", Partial<Record<FormField, unknown>>])[] = [
    ["roster", roster === null ? {} : { ...openRoster(roster, secrets), schoolId: roster.school }],
    ["last-registration", before],
  ];
  return sources.flatMap(([source, facts]) =>
    formFields
      .filter((field) => !notCarriedOver.has(field))
      .flatMap((field) => {
        const parsed = ApplicationPart.safeParse({ [field]: facts[field] });
        const value = parsed.success ? parsed.data[field] : undefined;
        return value === undefined ? [] : [{ field, value, source }];
      }),
  );
}

function openRoster({ facts, sealed }: NonNullable<SurroundingsRow["roster"]>, secrets: ActContext["secrets"]) {
  return openFacts({ facts, facts_sealed: sealed === null ? null : Buffer.from(sealed, "base64") }, secrets);
}

/** Of the last registration: what is of one cycle alone: a file of another application, and what happened since. */
const notCarriedOver = new Set<string>([
  "photo",
  "certificateNumberAttested",
  "newlyHired",
  "probationFinishedOn",
  "inductionTrainingPassed",
  "assessments",
  "trainingHours",
  "interruption",
]);

/**
 * Fills a draft that was just begun from the roster, the last registration and, for the teacher alone, the account: each
 * value that would otherwise be typed again, and may be changed. A school that has left the directory since is not taken over.
 */
export async function prefill(ctx: ActContext, applicationId: string): Promise<void> {
  const known = knownOf(ctx, await getRow(ctx, applicationId));
  // A clerk who fills in has an account too: it says nothing of the teacher.
  const form: Record<string, unknown> = ctx.actor.role === "applicant" ? await contactsOf(ctx) : {};
  for (const { field, value } of known) form[field] ??= value;
  if (Object.keys(form).length === 0) return;
  if (typeof form["schoolId"] === "string" && !(await isOpenSchool(ctx, form["schoolId"]))) delete form["schoolId"];
  await saveForm(ctx, applicationId, ApplicationPart.parse(form), undefined);
}

/** Mobile and e-mail as given with the account: where the teacher is reached now, which a roster seldom knows better. */
async function contactsOf({ tx, actor, secrets }: ActContext): Promise<{ mobile?: string; email?: string }> {
  const account = await tx
    .selectFrom("shice.account")
    .select(["email_sealed", "mobile_sealed"])
    .where("id", "=", actor.accountId)
    .executeTakeFirst();
  const { email_sealed: email = null, mobile_sealed: mobile = null } = account ?? {};
  return {
    ...(mobile === null ? {} : { mobile: secrets.decrypt(mobile, "account.mobile") }),
    ...(email === null ? {} : { email: secrets.decrypt(email, "account.email") }),
  };
}

async function isOpenSchool({ tx, campaign }: ActContext, schoolId: string): Promise<boolean> {
  const { rows } = await sql`
    select from shice.school s join shice.organisation o on o.id = s.organisation_id
    join shice.campaign_body b on b.organisation_id = s.authority_id and b.campaign_id = ${campaign.id} and b.part = 'authority'
    where s.organisation_id = ${schoolId} and o.valid_to is null`.execute(tx);
  return rows.length > 0;
}
