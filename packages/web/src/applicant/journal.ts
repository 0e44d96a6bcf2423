import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { z } from "zod";
import { HeldEntries } from "./entries.ts";

/** What was typed and has not reached the server yet, kept in the browser: a closed tab or an empty battery loses nothing. */
const Entry = z.object({
  base: ApplicationDraft,
  version: z.int(),
  form: ApplicationDraft,
  held: HeldEntries.default({}),
  at: z.number(),
});
type JournalEntry = z.infer<typeof Entry>;

/** `draft`: the application, and who fills it in here. */
const keyOf = (draft: string) => `shice-draft-${draft}`;

export function readJournal(draft: string): JournalEntry | undefined {
  try {
    const parsed = Entry.safeParse(JSON.parse(localStorage.getItem(keyOf(draft)) ?? "null"));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** A browser that forbids or has run out of storage goes on without. */
export function writeJournal(draft: string, entry: JournalEntry): void {
  try {
    localStorage.setItem(keyOf(draft), JSON.stringify(entry));
  } catch {}
}

export function clearJournal(draft: string): void {
  try {
    localStorage.removeItem(keyOf(draft));
  } catch {}
}
