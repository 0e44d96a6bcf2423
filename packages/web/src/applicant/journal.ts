import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { z } from "zod";
import { readValue, removeText, writeText } from "../ui/browser-storage.ts";
import { HeldEntries } from "./entries.ts";

/** What was typed and has not reached the server yet, kept in the browser: a closed tab or an empty battery loses nothing. */
const Entry = z.object({
  base: ApplicationDraft,
  version: z.int(),
  form: ApplicationDraft,
  held: HeldEntries.default({}),
  at: z.number(),
});
export type JournalEntry = z.infer<typeof Entry>;

/** `draft`: the application, and who fills it in here. */
const keyOf = (draft: string) => `shice-draft-${draft}`;

export function readJournal(draft: string): JournalEntry | undefined {
  return readValue("browser", keyOf(draft), Entry);
}

export function writeJournal(draft: string, entry: JournalEntry): void {
  writeText("browser", keyOf(draft), JSON.stringify(entry));
}

export function clearJournal(draft: string): void {
  removeText("browser", keyOf(draft));
}
