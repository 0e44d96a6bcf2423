import { changedFields } from "@shice/rules/form/check-form.ts";
import { ApplicationDraft, type FormField, formFields } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { z } from "zod";
import { type Clash, mergeDrafts, withField } from "./merge.ts";

/** What was typed into a field and is no value of it yet, as its control keeps it, and why it cannot be saved. */
const HeldEntry = z.object({
  typed: z.unknown(),
  sentence: z.string(),
  /** Nothing of it is missing: the value itself is refused. */
  isWhole: z.boolean().optional(),
});
type HeldEntry = z.infer<typeof HeldEntry>;

/** Fields with an entry that cannot be sent. */
export const HeldEntries = z.partialRecord(z.enum(formFields), HeldEntry);
export type HeldEntries = z.infer<typeof HeldEntries>;

/**
 * A form while it is filled in. `form` holds only values that the server takes; where an entry is none, `form` keeps the
 * value that the server has, and `held` what was typed.
 */
export interface Entries {
  form: ApplicationDraft;
  held: HeldEntries;
}

/**
 * The entries with one field changed; a value that the draft's schema refuses is held, as its control keeps it: `typed`
 * where that is not the value itself.
 */
export function withEntry(
  entries: Entries,
  saved: ApplicationDraft,
  field: FormField,
  value: unknown,
  typed: unknown = value,
): Entries {
  const checked = ApplicationDraft.shape[field].safeParse(value);
  if (!checked.success) {
    const sentence = checked.error.issues[0]?.message ?? "";
    return withHeldEntry(entries, saved, field, { typed, sentence, isWhole: true });
  }
  const { [field]: _, ...held } = entries.held;
  return { form: withField(entries.form, field, value), held };
}

/** The entries with one field that holds no value yet: the server keeps what it has. */
export function withHeldEntry(
  { form, held }: Entries,
  saved: ApplicationDraft,
  field: FormField,
  entry: HeldEntry,
): Entries {
  return { form: withField(form, field, saved[field]), held: { ...held, [field]: entry } };
}

/** Whether a day, a list or another entry of several parts is still being typed: then it is no mistake yet. */
export function isHalfTyped(entry: HeldEntry | undefined): boolean {
  return entry !== undefined && typeof entry.typed !== "string" && entry.isWhole !== true;
}

/** Whether the server has everything of these entries that it can take. */
export function isSent({ form }: Entries, saved: ApplicationDraft): boolean {
  return changedFields(saved, form).length === 0;
}

/** What is held back, in the order of the form, with the title of each field. */
export function listHeld({ held }: Entries): { field: FormField; title: string; sentence: string }[] {
  return formFields.flatMap((field) => {
    const entry = held[field];
    return entry === undefined ? [] : [{ field, title: fieldTitles[field], sentence: entry.sentence }];
  });
}

/** The sentence of the line above the form where entries are held back. */
export function heldText(entries: readonly { title: string; sentence: string }[]): string {
  const fields = entries.map(({ title, sentence }) => `“${title}”没有保存：${sentence.replace(/。$/, "")}`);
  return `${fields.join("；")}。填写的内容留在这个浏览器里，服务器上仍是原来的内容。`;
}

/** What this browser kept of a draft that had not reached the server. */
interface KeptEntries extends Entries {
  base: ApplicationDraft;
  version: number;
}

/** The form as the server has it, with what this browser kept of a newer state laid on it. */
export function startingEntries(
  saved: { form: ApplicationDraft; version: number },
  kept: KeptEntries | undefined,
): { entries: Entries; dirty: boolean; clashes: Clash[] } {
  if (kept === undefined || saved.version < kept.version) {
    return { entries: { form: saved.form, held: {} }, dirty: false, clashes: [] };
  }
  const { merged, clashes } = mergeDrafts(kept.base, kept.form, saved.form);
  return { entries: { form: merged, held: kept.held }, dirty: true, clashes };
}
