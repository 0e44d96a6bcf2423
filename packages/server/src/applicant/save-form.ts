import { endOfStage } from "@shice/rules/calendar/window.ts";
import { changedFields, listUnopened } from "@shice/rules/form/check-form.ts";
import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { replyByOf } from "@shice/rules/lifecycle/reply.ts";
import { sql } from "kysely";
import type { Room } from "../application/act.ts";
import type { Case } from "../application/facts.ts";
import { formPatchOf, openForm } from "../application/form-store.ts";
import { getCase } from "../application/get-case.ts";
import { type PatchColumn, patchable } from "../application/patch.ts";
import { placePatchOf } from "../application/place.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { findOpenReturn } from "./queries.ts";

/**
 * The application, if it may be changed now: a draft also while the window is closed (only submitting waits for it to
 * open), until the confirmation ends; a returned form until its reply time.
 * @throws RefusalError case.changed, reply.over, application.draft-closed, case.wrong-state
 */
export async function getEditable(room: Room, applicationId: string, version: number | undefined): Promise<Case> {
  const found = await getCase(room, applicationId);
  const { facts } = found;
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

/** Saves what was typed; a returned form takes changes to what was asked alone. The photo is kept by its upload. */
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
  if (facts.state === "returned") {
    const open = await findOpenReturn(room.tx, room.campaign.id, applicationId);
    const opened = open?.asked.flatMap((asked) => asked.opens) ?? [];
    const unopened = listUnopened(opened, changedFields(stored, form));
    // A reason without named fields ("other grounds") leaves the whole form open.
    if (opened.length > 0 && unopened.length > 0) {
      const fields = unopened.map((field) => Reflect.get(fieldTitles, field) ?? field);
      throw new RefusalError({ code: "application.not-opened", fields });
    }
  }

  const moved = form.schoolId !== undefined && form.schoolId !== row.school_id;
  const patch = {
    ...formPatchOf(form, room.secrets),
    ...(moved && form.schoolId !== undefined ? await placePatchOf(room, form.schoolId) : {}),
  };
  const sets = Object.entries(patch).map(([column, value]) => {
    const type = patchable[column as PatchColumn];
    const text = type === "jsonb" ? JSON.stringify(value) : value;
    return sql`${sql.id(column)} = ${text}::${sql.raw(type)}`;
  });
  await sql`
    update shice.application set version = version + 1, changed_at = ${room.now.toString()}, ${sql.join(sets)}
    where campaign_id = ${room.campaign.id} and id = ${applicationId}`.execute(room.tx);
}
