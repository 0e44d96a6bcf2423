import { refusalTextOf } from "@shice/contract/problem-of.ts";
import { assistedEntryText } from "@shice/contract/sentences/assistance.zh.ts";
import { endText } from "@shice/contract/sentences/moment.ts";
import { endOfStage } from "@shice/rules/calendar/window.ts";
import { sittingsOf } from "@shice/rules/form/assisted.ts";
import { formFields } from "@shice/rules/form/form.ts";
import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import { type Case, loadCases } from "../case/facts.ts";
import { getCase } from "../case/get-case.ts";
import { settingOf } from "../case/rule-setting.ts";
import { listAssistedSaves } from "../form/assisted-fields.ts";
import { surroundingsOf } from "../form/form-surroundings.ts";
import { formViewOf } from "../form/form-view.ts";
import { saveForm } from "../form/save-form.ts";
import { arrangeAttachments, keepAttachment } from "../form/uploads.ts";
import { brokenConstraintOf, brokenKeyOf } from "../platform/database/constraint.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { beginAssistance, entryOf } from "./begin.ts";
import {
  type AssistedRow,
  askAttestation,
  findEntry,
  hasAccount,
  listAssisted,
  listSchools,
  noteAsked,
} from "./queries.ts";

/** The clerk fills in, the teacher attests: what only the teacher may do is in the module of the applicant. */
export const assistanceRoutes = {
  start: api.assistance.start.handler(({ input, context }) =>
    againIfMet(() =>
      runAct(context, input.campaign, async (ctx) => {
        const { entry: id, person } = input;
        if ((id === undefined) === (person === undefined)) {
          throw new RefusalError({ code: "assistance.whom", field: "person" });
        }
        const entry = person === undefined ? await findEntry(ctx, { id: id ?? "" }) : await entryOf(ctx, person);
        if (entry === undefined) throw new RefusalError({ code: "request.not-found" });
        return { application: await beginAssistance(ctx, entry) };
      }),
    ),
  ),

  list: api.assistance.list.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const after = parseCursor(input.after, 2);
      const rows = await listAssisted(ctx, { attested: input.attested === "yes", after, limit: input.limit });
      const drafts = rows.filter(({ state }) => state === "draft").map(({ id }) => id);
      const cases = await readCases(ctx, drafts, { lock: false, checkForm: true });
      return cutPage(
        rows,
        input.limit,
        (row) => itemOf(row, cases.get(row.id)?.facts.blockingFindings.length ?? 0),
        (row) => [row.assisted_at.toString(), row.id],
      );
    }),
  ),

  listSchools: api.assistance.listSchools.handler(({ input, context }) =>
    runRead(context, input.campaign, listSchools),
  ),

  getForm: api.assistance.getForm.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      await mustBeAssisted(ctx, input.application);
      await audit(ctx, { action: "assist-view", subjectKind: "application", subjectId: input.application });
      return await formViewOf(ctx, input.application);
    }),
  ),

  about: api.assistance.about.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      await mustBeAssisted(ctx, input.application);
      return await surroundingsOf(ctx, input.application);
    }),
  ),

  saveForm: api.assistance.saveForm.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      await saveForm(ctx, input.application, input.form, input.version);
      return await formViewOf(ctx, input.application);
    }),
  ),

  addAttachment: api.assistance.addAttachment.handler(({ input, context }) => keepAttachment(context, input)),

  arrangeAttachments: api.assistance.arrangeAttachments.handler(({ input, context }) =>
    runAct(context, input.campaign, (ctx) => arrangeAttachments(ctx, input.application, input.slot, input.pages)),
  ),

  askAttestation: api.assistance.askAttestation.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const ids = [...new Set(input.applications)];
      const cases = await readCases(ctx, ids, { lock: true, checkForm: false });
      const rows = [];
      for (const application of ids) {
        const refusal = await askOne(ctx, cases.get(application));
        rows.push({
          application,
          ok: refusal === undefined,
          ...(refusal === undefined ? {} : { refusal: refusalTextOf(refusal) }),
        });
      }
      const done = rows.filter(({ ok }) => ok).length;
      return { done, refused: rows.length - done, rows };
    }),
  ),

  listSittings: api.assistance.listSittings.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { materials } = ctx.campaign.plan;
      const nameOf = (key: string) => materials.find((known) => known.key === key)?.variants[0]?.name;
      const saves = await listAssistedSaves(ctx, input.application);
      const sittings = sittingsOf(saves.map(({ clerk_name: by, ...save }) => ({ by, ...save })));
      return sittings.map(({ by, organisation, from, until, fields }) => ({
        clerk: by,
        organisation,
        from: from.toString(),
        until: until.toString(),
        entries: inFormOrder(fields).map((entry) => assistedEntryText(entry, nameOf)),
      }));
    }),
  ),
};

/** As they stand on the form, scans last. */
function inFormOrder(entries: readonly string[]): string[] {
  const fields = formFields.filter((field) => entries.includes(field));
  return [...fields, ...entries.filter((entry) => !fields.some((field) => field === entry))];
}

/** Two clerks, or a clerk and the teacher, began at the same moment: the second try finds what the other has made. */
async function againIfMet<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const met = brokenKeyOf(error) === "campaign_id, person_id" || brokenConstraintOf(error) === "once_on_the_roster";
    if (!met) throw error;
    return await work();
  }
}

/** @throws RefusalError case.out-of-scope, assistance.not-begun: what the teacher fills in alone is not the clerk's to open here */
async function mustBeAssisted(ctx: ActContext, application: string): Promise<void> {
  const { facts } = await getCase(ctx, application);
  if (!facts.assisted) throw new RefusalError({ code: "assistance.not-begun" });
}

function readCases(
  { tx, campaign, now, secrets }: ActContext,
  ids: readonly string[],
  how: { lock: boolean; checkForm: boolean },
): Promise<Map<string, Case>> {
  return loadCases(tx, campaign, ids, { now, secrets, ...how });
}

/** Asks one teacher to look through what was entered for them; the refusal where that cannot be. */
async function askOne(ctx: ActContext, found: Case | undefined) {
  const { campaign, now } = ctx;
  if (found === undefined) return { code: "case.out-of-scope" } as const;
  const refusal = refusalOf("assist", found.facts, ctx.actor, {}, settingOf(ctx, found));
  if (refusal !== undefined) return refusal;
  if (!found.facts.assisted) return { code: "assistance.not-begun" } as const;
  const end = endOfStage(found.calendar, "apply");
  if (end !== undefined && Temporal.Instant.compare(now, end) >= 0) {
    return { code: "stage.over", stage: "apply", endedAt: end.toString() } as const;
  }
  if (!(await hasAccount(ctx, found.facts.personId))) return { code: "assistance.no-account" } as const;
  const localDayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate();
  const { attestation_asked_at: askedAt } = found.row;
  if (askedAt !== null && localDayOf(askedAt).equals(localDayOf(now)))
    return { code: "assistance.asked-today" } as const;
  await askAttestation(ctx, found.id, {
    day: localDayOf(now).toString(),
    end: end === undefined ? "" : endText(end.toString()),
  });
  await noteAsked(ctx, found.id);
  await audit(ctx, { action: "ask-attestation", subjectKind: "application", subjectId: found.id });
  return undefined;
}

function itemOf(row: AssistedRow, missing: number) {
  return {
    application: row.id,
    number: row.number,
    name: row.name,
    school: row.school,
    state: row.state,
    stateTitle: stateTitles[row.state],
    begunAt: row.assisted_at.toString(),
    lastAt: (row.last_at ?? row.assisted_at).toString(),
    clerk: row.clerk,
    attestedAt: row.attested_at?.toString() ?? null,
    registered: row.registered,
    askedAt: row.asked_at?.toString() ?? null,
    missing,
  };
}
