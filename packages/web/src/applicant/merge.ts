import { changedFields } from "@shice/rules/form/check-form.ts";
import { type ApplicationDraft, type FormField, formFields } from "@shice/rules/form/form.ts";

/** A field that was changed here and elsewhere, to different values. */
export interface Clash {
  field: FormField;
  mine: unknown;
  theirs: unknown;
}

/** The draft with this value of one field; without the field where there is none. */
export function withField(draft: ApplicationDraft, field: FormField, value: unknown): ApplicationDraft {
  const next = { ...draft, [field]: value };
  if (value === undefined) delete next[field];
  return next;
}

/**
 * Brings what was typed here together with what was saved elsewhere since `base`: each side's own changes are both kept;
 * only what both changed differently is a clash, in which `mine` stands until somebody chooses.
 */
export function mergeDrafts(
  base: ApplicationDraft,
  mine: ApplicationDraft,
  theirs: ApplicationDraft,
): { merged: ApplicationDraft; clashes: Clash[] } {
  const changedHere = new Set(changedFields(base, mine));
  const changedThere = new Set(changedFields(base, theirs));
  const differs = new Set(changedFields(mine, theirs));
  let merged = theirs;
  const clashes: Clash[] = [];
  for (const field of formFields) {
    if (!changedHere.has(field)) continue;
    merged = withField(merged, field, mine[field]);
    if (changedThere.has(field) && differs.has(field)) {
      clashes.push({ field, mine: mine[field], theirs: theirs[field] });
    }
  }
  return { merged, clashes };
}
