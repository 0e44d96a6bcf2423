import { changedFields } from "@shice/rules/form/check-form.ts";
import { type ApplicationDraft, ApplicationPart, isSealed } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { titleOf } from "@shice/rules/keys.ts";
import { sql } from "kysely";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { CaseTransaction } from "./act-context.ts";
import type { Case } from "./facts.ts";
import { getCase } from "./get-case.ts";
import { changesBetween, formPatchOf, openForm } from "./sealed-form.ts";
import { type TransitionOutcome, transitionOne } from "./transition.ts";

const changesPurpose = "correction.changes";

/** Fields that a correction leaves alone: the school moves a case (transfer), the photo is an upload. */
const uncorrectable = ["schoolId", "seconded", "photo"];

/** A correction as it was asked for. */
interface AskedCorrection {
  id: string;
  application_id: string;
  changes: Record<string, unknown>;
  changes_sealed: Buffer | null;
  asked_by: string;
}

/**
 * Asks for a change of data after the preliminary decision; the next level grants it. Nothing is changed yet.
 * @throws RefusalError case.wrong-state, correction.field-unknown, correction.value-unfit, correction.nothing-changed
 */
export async function askCorrection(
  ctx: CaseTransaction,
  found: Case,
  changes: object,
  reason: string,
): Promise<string> {
  const { actor, campaign, now, secrets, tx } = ctx;
  const wanted = parseChanges(changes);
  const form = openForm(found.row, secrets);
  if (changedFields(form, { ...form, ...wanted }).length === 0) {
    throw new RefusalError({ code: "correction.nothing-changed", field: "changes" });
  }
  const entries = Object.entries(wanted);
  const open = Object.fromEntries(entries.filter(([field]) => !isSealed(field)));
  const sealed = Object.fromEntries(entries.filter(([field]) => isSealed(field)));
  const changesSealed =
    Object.keys(sealed).length === 0 ? null : secrets.encrypt(JSON.stringify(sealed), changesPurpose);
  const { rows } = await sql<{ id: string }>`
    insert into shice.correction (campaign_id, application_id, changes, changes_sealed, reason, asked_by, asked_at)
    values (${campaign.id}, ${found.id}, ${JSON.stringify(open)}::jsonb, ${changesSealed}, ${reason},
      ${actor.accountId}::uuid, ${now.toString()}::timestamptz)
    returning id`.execute(tx);
  const { id } = mustReturnRow(rows, "correction insert");
  const outcome = await transitionOne(ctx, "ask-correction", {
    applicationId: found.id,
    held: found,
    reason,
    record: { correction: id, fields: Object.keys(wanted) },
  });
  if (!outcome.ok) throw new RefusalError(outcome.refusal);
  return id;
}

/** What a correction asks for, in the clear: for whoever decides on it. */
export function revealChanges(
  { secrets }: CaseTransaction,
  { changes, changes_sealed }: AskedCorrection,
): Record<string, unknown> {
  if (changes_sealed === null) return changes;
  return { ...changes, ...JSON.parse(secrets.decrypt(changes_sealed, changesPurpose)) };
}

/** Makes the change, by the transition `correct`. The history tells sealed fields by name only. */
export async function applyCorrection(
  ctx: CaseTransaction,
  correction: AskedCorrection,
  reason: string,
): Promise<TransitionOutcome> {
  const wanted = parseChanges(revealChanges(ctx, correction));
  const held = await getCase(ctx, correction.application_id);
  const before = openForm(held.row, ctx.secrets);
  const after = { ...before, ...wanted };
  return await transitionOne(ctx, "correct", {
    applicationId: held.id,
    held,
    reason,
    record: { correction: correction.id, askedBy: correction.asked_by },
    changes: changesBetween(before, after, changedFields(before, after)),
    set: formPatchOf(after, ctx.secrets),
  });
}

/** @throws RefusalError correction.field-unknown, correction.value-unfit, correction.nothing-changed */
function parseChanges(changes: object): ApplicationDraft {
  const fields = Object.keys(changes);
  const unknown = fields.filter((field) => !(field in fieldTitles) || uncorrectable.includes(field));
  if (unknown.length > 0) {
    throw new RefusalError({ code: "correction.field-unknown", fields: unknown.map(fieldTitleOf), field: "changes" });
  }
  if (fields.length === 0) throw new RefusalError({ code: "correction.nothing-changed", field: "changes" });
  const parsed = ApplicationPart.safeParse(changes);
  if (parsed.success) return parsed.data;
  const unfit = [...new Set(parsed.error.issues.map(({ path }) => fieldTitleOf(String(path[0] ?? ""))))];
  throw new RefusalError({ code: "correction.value-unfit", fields: unfit, field: "changes" });
}

function fieldTitleOf(field: string): string {
  return titleOf(fieldTitles, field);
}
