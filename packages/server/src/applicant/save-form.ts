import { endOfStage } from "@shice/rules/calendar/window.ts";
import { changedFields, listUnopened } from "@shice/rules/form/check-form.ts";
import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { replyByOf } from "@shice/rules/lifecycle/reply.ts";
import { sql } from "kysely";
import type { Room } from "../application/act.ts";
import { formPatchOf, openForm } from "../application/form-store.ts";
import { getCase } from "../application/get-case.ts";
import { type PatchColumn, patchable } from "../application/patch.ts";
import { placePatchOf } from "../application/place.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { findOpenReturn } from "./queries.ts";

/**
 * Saves what was typed. A draft is kept also while the window is closed (only submitting waits for it to open), until
 * the confirmation ends; a returned form takes changes to what was asked alone, until its reply time.
 */
export async function saveForm(
  room: Room,
  applicationId: string,
  form: ApplicationDraft,
  version: number | undefined,
): Promise<void> {
  const found = await getCase(room, applicationId);
  const { facts, row } = found;
  if (version !== undefined && version !== facts.version) {
    const last = facts.last === null ? null : { ...facts.last, at: facts.last.at.toString() };
    throw new RefusalError({ code: "case.changed", expected: version, version: facts.version, last });
  }
  if (facts.state === "returned") {
    const replyBy = replyByOf(facts, found.calendar);
    if (replyBy !== undefined && Temporal.Instant.compare(room.now, replyBy) >= 0) {
      throw new RefusalError({ code: "reply.over", replyBy: replyBy.toString() });
    }
    const open = await findOpenReturn(room.tx, room.campaign.id, applicationId);
    const opened = open?.asked.flatMap((asked) => asked.opens) ?? [];
    const unopened = listUnopened(opened, changedFields(openForm(row, room.secrets), form));
    // A reason without named fields ("other grounds") leaves the whole form open.
    if (opened.length > 0 && unopened.length > 0) {
      const fields = unopened.map((field) => Reflect.get(fieldTitles, field) ?? field);
      throw new RefusalError({ code: "application.not-opened", fields });
    }
  } else if (facts.state === "draft") {
    const end = endOfStage(found.calendar, "confirm");
    if (end !== undefined && Temporal.Instant.compare(room.now, end) >= 0) {
      throw new RefusalError({ code: "application.draft-closed" });
    }
  } else {
    const last = facts.last === null ? null : { ...facts.last, at: facts.last.at.toString() };
    throw new RefusalError({ code: "case.wrong-state", transition: "submit", state: facts.state, last });
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
