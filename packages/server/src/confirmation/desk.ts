import { formValueText } from "@shice/contract/form-text.zh.ts";
import { markOf, versionByYear } from "@shice/rules/certificate/mark.ts";
import { changedFields } from "@shice/rules/form/check-form.ts";
import { type ApplicationDraft, type FormField, formFields } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { lastActOf } from "@shice/rules/lifecycle/refusal.ts";
import { type State, stateTitles } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import type { Case } from "../case/facts.ts";
import { getCase } from "../case/get-case.ts";
import { openForm } from "../case/sealed-form.ts";
import { noteSight } from "../case/sight.ts";
import { stateText } from "../case/state-sql.ts";
import { transitionOne } from "../case/transition.ts";
import { attachmentViewOf, listAttachments } from "../form/attachments.ts";
import { findRosterFacts } from "../form/roster-facts.ts";
import { findSchoolName } from "../form/school-name.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { applicationNames, personNamed } from "../platform/name-search.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { type ActContext, actOutcomeOf, runAct, runRead } from "../request/run-act.ts";
import { recordChecks } from "./checks.ts";
import { type Claim, claim, dropClaim, listClaims, mustBeFree } from "./claims.ts";
import { confirmRecordOf, withdrawalForgotten } from "./confirm-record.ts";

/** How many people a search shows: more is no search. */
const mostFound = 20;
/** What can be confirmed comes first, then what will be, then what was. */
const deskOrder = ["submitted", "returned", "draft", "confirmed", "sent-back"] as const satisfies readonly State[];

/** The confirmation desk: a pile of folders, a scanner, a keyboard (Notice §三(二)). */
export const deskRoutes = {
  findAtDesk: api.confirmation.findAtDesk.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const wanted = scannedIn(input.text);
      const rows = await findCases(ctx, wanted);
      const claims = await listClaims(
        ctx,
        rows.map(({ id }) => id),
      );
      return {
        exact: wanted.kind !== "words" && rows.length === 1,
        items: rows.map(({ id, number, name, name_on_certificate, state, school, flags }) => {
          const held = claims.get(id);
          return {
            id,
            number,
            name,
            nameOnCertificate: name_on_certificate,
            state,
            school,
            flags,
            stateTitle: stateTitles[state],
            held: held === undefined ? null : heldViewOf(held),
          };
        }),
      };
    }),
  ),

  lookAtDesk: api.confirmation.lookAtDesk.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const found = await getCase(ctx, input.application);
      const form = openForm(found.row, ctx.secrets);
      const { plan } = ctx.campaign;
      const { certificate_issued_on: issuedOn, certificate_version: seen } = found.row;
      const [claims, attachments, differs, changed] = await Promise.all([
        listClaims(ctx, [found.id]),
        listAttachments(ctx.tx, ctx.campaign.id, found.id),
        listDifferences(ctx, found, form),
        listChanged(ctx, found, form),
      ]);
      const held = claims.get(found.id);
      return {
        held: held === undefined ? null : heldViewOf(held),
        attachments: attachments.map((attachment) => attachmentViewOf(attachment, ctx.secrets)),
        differs,
        changed,
        certificateVersion: seen,
        versionByYear: versionByYear(plan, issuedOn) ?? null,
        markWith: markOf(plan, issuedOn, seen),
      };
    }),
  ),

  takeUp: api.confirmation.takeUp.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { id } = await getCase(ctx, input.application);
      const held = await claim(ctx, id, input.reason);
      await noteSight(ctx, [id], "took-up");
      if (input.reason !== undefined) {
        await audit(ctx, { action: "take-over-folder", subjectKind: "application", subjectId: id });
      }
      return heldViewOf(held);
    }),
  ),

  putDown: api.confirmation.putDown.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      await dropClaim(ctx, input.application);
      return { done: true as const };
    }),
  ),

  confirmAtDesk: api.confirmation.confirmAtDesk.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const found = await getCase(ctx, input.application);
      mustBeSeenVersion(found, input.version);
      await mustBeFree(ctx, found.id);
      await recordChecks(ctx, found, input);
      return await confirmOne(ctx, found.id);
    }),
  ),
};

/** Confirms a case that no colleague holds, and gives its folder back. */
export async function confirmOne(ctx: ActContext, application: string, version?: number) {
  const answer = actOutcomeOf(
    await transitionOne(ctx, "confirm", {
      applicationId: application,
      input: { version },
      record: confirmRecordOf,
      set: withdrawalForgotten,
    }),
  );
  await dropClaim(ctx, application);
  return answer;
}

/** Recording checks may change the case's version, so the version that the desk saw is compared before. */
function mustBeSeenVersion({ facts }: Case, seen: number | undefined): void {
  if (seen === undefined || seen === facts.version) return;
  throw new RefusalError({ code: "case.changed", expected: seen, version: facts.version, last: lastActOf(facts) });
}

function heldViewOf({ by, since, mine }: Claim) {
  return { by, since: since.toString(), mine };
}

type Scanned = { kind: "id" | "number" | "words"; text: string };

/** A slip's code holds the case's address; the bar code its number; a keyboard gives a name or its sound. */
function scannedIn(text: string): Scanned {
  const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text)?.[0];
  if (id !== undefined) return { kind: "id", text: id };
  const number = text.normalize("NFKC").replace(/\s/g, "");
  return /^\d{8,20}$/.test(number) ? { kind: "number", text: number } : { kind: "words", text };
}

interface FoundRow {
  id: string;
  number: string;
  name: string;
  name_on_certificate: string | null;
  state: State;
  school: string | null;
  flags: number;
}

async function findCases({ tx, campaign }: ActContext, { kind, text }: Scanned): Promise<FoundRow[]> {
  const condition =
    kind === "id"
      ? sql`a.id = ${text}::uuid`
      : kind === "number"
        ? sql`a.number = ${text}`
        : text === ""
          ? sql`a.state = ${stateText("submitted")}`
          : personNamed(text, applicationNames);
  // What can be confirmed comes first, in the order of arrival.
  const { rows } = await sql<FoundRow>`
    select a.id, a.number, a.name, a.name_on_certificate, a.state, o.name as school, cardinality(a.flags) as flags
    from shice.application a left join shice.organisation o on o.id = a.school_id
    where a.campaign_id = ${campaign.id} and ${condition}
    order by array_position(array[${sql.join(deskOrder.map(stateText))}], a.state) nulls last,
      a.submitted_at nulls last, a.id
    limit ${mostFound}`.execute(tx);
  return rows;
}

/** Where the roster knows something else than was entered: one of the two papers is wrong. */
async function listDifferences(ctx: ActContext, { row }: Case, form: ApplicationDraft) {
  const known = await findRosterFacts(ctx, row.person_id);
  return formFields.flatMap((field) => {
    const roster = textOf(field, known[field]);
    const entered = textOf(field, form[field]);
    if (roster === "" || roster === entered) return [];
    return [{ field, title: fieldTitles[field], entered: entered === "" ? "未填写" : entered, roster }];
  });
}

/** What was changed since the last return, for the next look. */
async function listChanged(ctx: ActContext, { row }: Case, form: ApplicationDraft) {
  const { rows } = await sql<{ form_before: Record<string, unknown> | null; form_before_sealed: Buffer | null }>`
    select form_before, form_before_sealed from shice.return_request
    where campaign_id = ${ctx.campaign.id} and application_id = ${row.id} and outcome = 'answered'
    order by round desc limit 1`.execute(ctx.tx);
  const [last] = rows;
  if (last === undefined || last.form_before === null) return [];
  const before = openForm({ form: last.form_before, form_sealed: last.form_before_sealed }, ctx.secrets);
  const fields = changedFields(before, form).filter((field): field is FormField => field in fieldTitles);
  return await Promise.all(
    fields.map(async (field) => ({
      field,
      title: fieldTitles[field],
      from: await wordsOf(ctx, field, before[field]),
      to: await wordsOf(ctx, field, form[field]),
    })),
  );
}

async function wordsOf(ctx: ActContext, field: FormField, value: unknown): Promise<string> {
  if (field === "photo") return value === undefined ? "无" : "有（已更换）";
  const isSchool = (field === "schoolId" || field === "lendingSchoolId") && typeof value === "string";
  const words = isSchool ? await findSchoolName(ctx, value) : textOf(field, value);
  return words === null || words === "" ? "未填写" : words;
}

function textOf(field: FormField, value: unknown): string {
  return value === undefined ? "" : formValueText(field, value);
}
