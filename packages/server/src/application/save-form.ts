import { endOfStage } from "@shice/rules/calendar/window.ts";
import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { changedFields, listUnopened } from "@shice/rules/form/check-form.ts";
import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import { replyByOf } from "@shice/rules/lifecycle/reply.ts";
import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Room } from "./act.ts";
import { assistedPatchOf, isWrittenBySchool, recordAssistedSave } from "./assisted.ts";
import type { Case } from "./facts.ts";
import { formPatchOf, openForm } from "./form-store.ts";
import { getCase } from "./get-case.ts";
import { findOpenReturn } from "./open-return.ts";
import { type PatchColumn, patchable } from "./patch.ts";
import { type Place, placePatchOf } from "./place.ts";

/**
 * The application, if it may be changed now: a draft also while the window is closed (only submitting waits for it to
 * open), until the confirmation ends; a returned form until its reply time. The school's clerk goes on with what they
 * said to fill in: drafts alone, never what was returned, which its teacher answers.
 * @throws RefusalError case.changed, reply.over, application.draft-closed, case.wrong-state, assistance.not-begun, and
 * for the clerk all that the lifecycle has against assisting
 */
export async function getEditable(room: Room, applicationId: string, version: number | undefined): Promise<Case> {
  const found = await getCase(room, applicationId);
  const { facts } = found;
  if (isWrittenBySchool(room)) {
    const setting = { calendar: found.calendar, conclusions: room.campaign.conclusions, now: room.now };
    const refusal = refusalOf("assist", facts, room.actor, { version }, setting);
    if (refusal !== undefined) throw new RefusalError(refusal);
    if (!facts.assisted) throw new RefusalError({ code: "assistance.not-begun" });
    return found;
  }
  const last = facts.last === null ? null : { ...facts.last, at: facts.last.at.toString() };
  if (version !== undefined && version !== facts.version) {
    throw new RefusalError({ code: "case.changed", expected: version, version: facts.version, last });
  }
  if (facts.state === "returned") {
    const replyBy = replyByOf(facts, found.calendar);
    if (replyBy !== undefined && Temporal.Instant.compare(room.now, replyBy) >= 0) {
      throw new RefusalError({ code: "reply.over", replyBy: replyBy.toString() });
    }
  } else if (facts.state === "draft") {
    const end = endOfStage(found.calendar, "confirm");
    if (end !== undefined && Temporal.Instant.compare(room.now, end) >= 0) {
      throw new RefusalError({ code: "application.draft-closed" });
    }
  } else {
    throw new RefusalError({ code: "case.wrong-state", transition: "submit", state: facts.state, last });
  }
  return found;
}

/**
 * Saves what was typed; a returned form takes changes to what was asked alone. The photo is kept by its upload. Of a
 * form that the school fills in it stays known which entries are the school's, and each save of a clerk's is on record.
 * @throws RefusalError as `getEditable`, application.not-opened, assistance.other-school
 */
export async function saveForm(
  room: Room,
  applicationId: string,
  typed: ApplicationDraft,
  version: number | undefined,
): Promise<void> {
  const { facts, row } = await getEditable(room, applicationId, version);
  const stored = openForm(row, room.secrets);
  const { photo: _, ...entered } = typed;
  const form = stored.photo === undefined ? entered : { ...entered, photo: stored.photo };
  const changed = changedFields(stored, form);
  if (facts.state === "returned") {
    const open = await findOpenReturn(room.tx, room.campaign.id, applicationId);
    const opened = open?.asked.flatMap((asked) => asked.opens) ?? [];
    const unopened = listUnopened(opened, changed);
    // A reason without named fields ("other grounds") leaves the whole form open.
    if (opened.length > 0 && unopened.length > 0) {
      const fields = unopened.map((field) => Reflect.get(fieldTitles, field) ?? field);
      throw new RefusalError({ code: "application.not-opened", fields });
    }
  }

  const moved = form.schoolId !== undefined && form.schoolId !== row.school_id;
  const place: Partial<Place> = moved && form.schoolId !== undefined ? await placePatchOf(room, form.schoolId) : {};
  if (isWrittenBySchool(room) && moved && place.confirmation_point_id !== facts.confirmationPointId) {
    throw new RefusalError({ code: "assistance.other-school", field: "schoolId" });
  }
  const patch = { ...formPatchOf(form, room.secrets), ...place, ...assistedPatchOf(room, row, changed) };
  const sets = Object.entries(patch).map(([column, value]) => {
    const type = patchable[column as PatchColumn];
    const text = type === "jsonb" ? JSON.stringify(value) : value;
    return sql`${sql.id(column)} = ${text}::${sql.raw(type)}`;
  });
  await sql`
    update shice.application set version = version + 1, changed_at = ${room.now.toString()}, ${sql.join(sets)}
    where campaign_id = ${room.campaign.id} and id = ${applicationId}`.execute(room.tx);
  await forgetComparisons(room, applicationId, changed);
  await recordAssistedSave(room, applicationId, changed);
}

/** What was compared with the original counts for the value that stood there: a changed one is compared anew. */
async function forgetComparisons({ tx, campaign }: Room, applicationId: string, changed: readonly string[]) {
  const fields = comparedFields.filter((field) => changed.includes(field === "name" ? "certificateName" : field));
  if (fields.length === 0) return;
  await tx
    .deleteFrom("shice.certificate_check")
    .where("campaign_id", "=", campaign.id)
    .where("application_id", "=", applicationId)
    .where("field", "in", fields)
    .execute();
}
