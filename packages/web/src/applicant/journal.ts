import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { z } from "zod";

/** What was typed and has not reached the server yet, kept in the browser: a closed tab or an empty battery loses nothing. */
const Entry = z.object({ base: ApplicationDraft, version: z.int(), form: ApplicationDraft, at: z.number() });
export type JournalEntry = z.infer<typeof Entry>;

const keyOf = (application: string) => `shice-draft-${application}`;

export function readJournal(application: string): JournalEntry | undefined {
  try {
    const parsed = Entry.safeParse(JSON.parse(localStorage.getItem(keyOf(application)) ?? "null"));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** A browser that forbids or has run out of storage goes on without. */
export function writeJournal(application: string, entry: JournalEntry): void {
  try {
    localStorage.setItem(keyOf(application), JSON.stringify(entry));
  } catch {}
}

export function clearJournal(application: string): void {
  try {
    localStorage.removeItem(keyOf(application));
  } catch {}
}
