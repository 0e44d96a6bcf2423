import type { Problem } from "@shice/contract/problem.ts";
import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { isLasting } from "../ui/is-lasting.ts";
import { clockText } from "../ui/moment.ts";
import { type Entries, heldText, isSent, listHeld } from "./entries.ts";
import type { JournalEntry } from "./journal.ts";
import { type Clash, mergeDrafts } from "./merge.ts";

/** What the line above the form says of the last save. */
export type SaveState =
  | { kind: "saved"; at: string | undefined }
  | { kind: "typing" }
  | { kind: "saving" }
  /** Some entries are no values yet: the server keeps what it had of them, this browser what was typed. */
  | { kind: "held"; sentence: string }
  | { kind: "kept"; why: string }
  | { kind: "refused"; sentence: string };

/** Whether a save would bring the server anything: entries that are no values yet are not sent. */
export function isWorthSending(entries: Entries, saved: ApplicationDraft): boolean {
  return Object.keys(entries.held).length === 0 || !isSent(entries, saved);
}

/** After a save: when it was, or which entries it left out. `now`: an instant as text. */
export function settledState(entries: Entries, now: string): SaveState {
  const held = listHeld(entries);
  return held.length === 0 ? { kind: "saved", at: clockText(now) } : { kind: "held", sentence: heldText(held) };
}

/** What the browser still has to keep after a save: nothing, or the entries that the server could not take. */
export function journalAfterSave(
  entries: Entries,
  saved: { form: ApplicationDraft; version: number },
  now: string,
): JournalEntry | undefined {
  if (Object.keys(entries.held).length === 0) return undefined;
  return { ...entries, base: saved.form, version: saved.version, at: Date.parse(now) };
}

/** What follows a save that was not taken. */
type AfterFailure =
  /** Somebody saved in between: their state is read, and both sides' changes are brought together. */
  | { kind: "merge" }
  /** The server has judged it: only another entry helps. */
  | { kind: "stop"; state: SaveState }
  /** It is tried again by itself. */
  | { kind: "again"; state: SaveState };

/** `problem`: the server's answer; absent where there was none. */
export function afterFailure(problem: Problem | undefined): AfterFailure {
  if (problem?.code === "case.changed") return { kind: "merge" };
  if (problem !== undefined && isLasting(problem))
    return { kind: "stop", state: { kind: "refused", sentence: problem.title } };
  return { kind: "again", state: { kind: "kept", why: problem?.status === 401 ? "登录已失效" : "暂时连不上服务器" } };
}

/** The state saved elsewhere, with what was typed here laid on it; with clashes nothing is saved until they are chosen. */
export function mergeSaved(
  before: ApplicationDraft,
  { form, held }: Entries,
  theirs: ApplicationDraft,
): { entries: Entries; clashes: readonly Clash[]; state: SaveState | undefined } {
  const { merged, clashes } = mergeDrafts(before, form, theirs);
  return {
    entries: { form: merged, held },
    clashes,
    state: clashes.length === 0 ? undefined : { kind: "kept", why: "别处有改动，请先选择" },
  };
}
