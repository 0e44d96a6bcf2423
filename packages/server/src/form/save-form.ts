import { endOfStage } from "@shice/rules/calendar/window.ts";
import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { changedFields, listUnopened } from "@shice/rules/form/check-form.ts";
import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { keysOf, titleOf } from "@shice/rules/keys.ts";
import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import { replyByOf } from "@shice/rules/lifecycle/reply.ts";
import { sql } from "kysely";
import type { Case } from "../case/facts.ts";
import { getCase } from "../case/get-case.ts";
import { findOpenReturn } from "../case/open-return.ts";
import { patchable } from "../case/patch.ts";
import { settingOf } from "../case/rule-setting.ts";
import { type CasePlace, placePatchOf } from "../case/school-place.ts";
import { formPatchOf, openForm } from "../case/sealed-form.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { assistedPatchOf, isWrittenBySchool, recordAssistedSave } from "./assisted-fields.ts";

/**
 * The application, if it may be changed now: a draft also while the window is closed (only submitting waits for it to
 * open), until the confirmation ends; a returned form until its reply time. The school's clerk goes on with what they
 * said to fill in: drafts alone, never what was returned, which its teacher answers.
 * @throws RefusalError case.changed, reply.over, application.draft-closed, case.wrong-state, assistance.not-begun, and
 * for the clerk all that the lifecycle has against assisting
 */
export async function getEditable(ctx: ActContext, applicationId: string, version: number | undefined): Promise<Case> {
  const found = await getCase(ctx, applicationId);
  const { facts } = found;
  if (isWrittenBySchool(ctx)) {
    const refusal = refusalOf("assist", facts, ctx.actor, { version }, settingOf(ctx, found));
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
    if (replyBy !== undefined && Temporal.Instant.compare(ctx.now, replyBy) >= 0) {
      throw new RefusalError({ code: "reply.over", replyBy: replyBy.toString() });
    }
  } else if (facts.state === "draft") {
    const end = endOfStage(found.calendar, "confirm");
    if (end !== undefined && Temporal.Instant.compare(ctx.now, end) >= 0) {
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
  ctx: ActContext,
  applicationId: string,
  typed: ApplicationDraft,
  version: number | undefined,
): Promise<void> {
  const { facts, row } = await getEditable(ctx, applicationId, version);
  const stored = openForm(row, ctx.secrets);
  const { photo: _, ...entered } = typed;
  const form = stored.photo === undefined ? entered : { ...entered, photo: stored.photo };
  const changed = changedFields(stored, form);
  if (facts.state === "returned") {
    const open = await findOpenReturn(ctx.tx, ctx.campaign.id, applicationId);
    const opened = open?.asked.flatMap((asked) => asked.opens) ?? [];
    const unopened = listUnopened(opened, changed);
    // A reason without named fields ("other grounds") leaves the whole form open.
    if (opened.length > 0 && unopened.length > 0) {
      const fields = unopened.map((field) => titleOf(fieldTitles, field));
      throw new RefusalError({ code: "application.not-opened", fields });
    }
  }

  const moved = form.schoolId !== undefined && form.schoolId !== row.school_id;
  const place: Partial<CasePlace> = moved && form.schoolId !== undefined ? await placePatchOf(ctx, form.schoolId) : {};
  if (isWrittenBySchool(ctx) && moved && place.confirmation_point_id !== facts.confirmationPointId) {
    throw new RefusalError({ code: "assistance.other-school", field: "schoolId" });
  }
  const patch = { ...formPatchOf(form, ctx.secrets), ...place, ...assistedPatchOf(ctx, row, changed) };
  const sets = keysOf(patch).map((column) => {
    const value = patch[column];
    const type = patchable[column];
    const text = type === "jsonb" ? JSON.stringify(value) : value;
    return sql`${sql.id(column)} = ${text}::${sql.raw(type)}`;
  });
  await sql`
    update shice.application set version = version + 1, changed_at = ${ctx.now.toString()}, ${sql.join(sets)}
    where campaign_id = ${ctx.campaign.id} and id = ${applicationId}`.execute(ctx.tx);
  await forgetComparisons(ctx, applicationId, changed);
  await recordAssistedSave(ctx, applicationId, changed);
}

/** What was compared with the original counts for the value that stood there: a changed one is compared anew. */
async function forgetComparisons({ tx, campaign }: ActContext, applicationId: string, changed: readonly string[]) {
  const fields = comparedFields.filter((field) => changed.includes(field === "name" ? "certificateName" : field));
  if (fields.length === 0) return;
  await tx
    .deleteFrom("shice.certificate_check")
    .where("campaign_id", "=", campaign.id)
    .where("application_id", "=", applicationId)
    .where("field", "in", fields)
    .execute();
}
