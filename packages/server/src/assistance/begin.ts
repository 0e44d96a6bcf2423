import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { endOfStage } from "@shice/rules/calendar/window.ts";
import { checkDocumentNumber, normaliseIdNumber, partsOfIdNumber } from "@shice/rules/identity/id-number.ts";
import { checkName, nameKeyOf, normaliseName } from "@shice/rules/identity/name.ts";
import { getCase } from "../case/get-case.ts";
import { placePatchOf } from "../case/school-place.ts";
import { startApplication } from "../case/start-application.ts";
import { transitionOne } from "../case/transition.ts";
import { insertAssistedSave } from "../form/assisted-fields.ts";
import { prefill } from "../form/form-surroundings.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { audit } from "../request/audit.ts";
import { type ActContext, actOutcomeOf } from "../request/run-act.ts";
import {
  addEntry,
  correctUnregisteredName,
  type EntryRow,
  findEntry,
  getTeacher,
  idNumberPurpose,
  isOnAnyRoster,
  takeUpDraft,
} from "./queries.ts";

/** Somebody who is not on the roster yet, as the clerk types it off the document. */
interface NamedPerson {
  school: string;
  name: string;
  documentKind: string;
  idNumber: string;
}

/**
 * Takes in hand the draft of a teacher of the own school: the one there is, or a new one, filled in from what roster and
 * last registration know. Repeated, it finds the same draft again. What the teacher had typed alone stays.
 * @throws RefusalError request.not-found, assistance.elsewhere, assistance.name-differs, case.own, case.wrong-state,
 * stage.over, roster.elsewhere, roster.school-unknown, account.id-number, account.name, application.draft-closed
 */
export async function beginAssistance(ctx: ActContext, entry: EntryRow): Promise<string> {
  const { actor, secrets } = ctx;
  const parts = partsOfIdNumber(secrets.decrypt(entry.id_number_sealed, idNumberPurpose));
  const teacher = await getTeacher(ctx, entry.id, parts);
  if (teacher.person_id === actor.personId) throw new RefusalError({ code: "case.own" });
  if (nameKeyOf(teacher.name) !== nameKeyOf(entry.name) && !(await correctUnregisteredName(ctx, entry.id))) {
    throw new RefusalError({ code: "assistance.name-differs", field: "name" });
  }
  if (teacher.place === "elsewhere") throw new RefusalError({ code: "assistance.elsewhere" });
  const isNew = teacher.place === "none";
  const application = isNew ? await startHere(ctx, entry, teacher.person_id) : await takeHere(ctx, entry, teacher);
  const held = await getCase(ctx, application);
  if (held.facts.state === "draft" && held.facts.assisted) return application;
  // The one door says whether it may be, and puts it on record; the teacher, where there is an account, is told.
  actOutcomeOf(
    await transitionOne(ctx, "assist", { applicationId: application, held, set: { assisted_at: ctx.now.toString() } }),
  );
  await insertAssistedSave(ctx, application, []);
  if (isNew) await prefill(ctx, application);
  await audit(ctx, { action: "assist-begin", subjectKind: "application", subjectId: application });
  return application;
}

async function startHere(ctx: ActContext, entry: EntryRow, personId: string): Promise<string> {
  const end = endOfStage(ctx.campaign.calendar, "confirm");
  if (end !== undefined && Temporal.Instant.compare(ctx.now, end) >= 0) {
    throw new RefusalError({ code: "stage.over", stage: "confirm", endedAt: end.toString() });
  }
  const place = await placePatchOf(ctx, entry.school_id);
  return await startApplication(ctx, { id: personId, name: entry.name }, place);
}

async function takeHere(
  ctx: ActContext,
  entry: EntryRow,
  { application_id: application, place }: { application_id: string | null; place: string },
): Promise<string> {
  if (application === null) throw new Error("the application of the entry has no id");
  if (place === "nowhere") await takeUpDraft(ctx, entry.id);
  return application;
}

/** The roster's entry of somebody named by the clerk; who stands on none is put on the own school's with this. */
export async function entryOf(ctx: ActContext, person: NamedPerson): Promise<EntryRow> {
  const { documentKind } = person;
  const [finding] = checkDocumentNumber(documentKind, person.idNumber).filter(({ level }) => level === "blocks");
  if (finding !== undefined) {
    throw new RefusalError({ code: "account.id-number", sentence: checksSentenceOf(finding), field: "idNumber" });
  }
  if (checkName(person.name).length > 0) throw new RefusalError({ code: "account.name", field: "name" });
  const idNumber = normaliseIdNumber(person.idNumber);
  const name = normaliseName(person.name);
  const index = ctx.secrets.blindIndex(idNumber, idNumberPurpose);
  const known = await findEntry(ctx, { index });
  if (known !== undefined) {
    if (nameKeyOf(known.name) !== nameKeyOf(name)) {
      throw new RefusalError({ code: "assistance.name-differs", field: "name" });
    }
    return known;
  }
  if (await isOnAnyRoster(ctx, index)) throw new RefusalError({ code: "roster.elsewhere", field: "idNumber" });
  const place = await placePatchOf(ctx, person.school);
  if (!("id" in ctx.actor.scope) || place.confirmation_point_id !== ctx.actor.scope.id) {
    throw new RefusalError({ code: "roster.school-unknown", field: "school" });
  }
  return await addEntry(ctx, { name, documentKind, idNumber, index }, place);
}
