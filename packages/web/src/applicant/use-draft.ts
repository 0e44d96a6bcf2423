import { findProblem } from "@shice/contract/client.ts";
import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { checkForm } from "@shice/rules/form/check-form.ts";
import { ApplicationDraft, type FormField } from "@shice/rules/form/form.ts";
import type { FormPlan } from "@shice/rules/form/setting.ts";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { noteEnd } from "../ui/client.ts";
import {
  afterFailure,
  isWorthSending,
  journalAfterSave,
  mergeSaved,
  type SaveState,
  settledState,
} from "./draft-saves.ts";
import { type Entries, type HeldEntries, listHeld, startingEntries, withEntry, withHeldEntry } from "./entries.ts";
import type { Side } from "./form-host.tsx";
import { clearJournal, readJournal, writeJournal } from "./journal.ts";
import type { Clash } from "./merge.ts";
import type { AboutForm, Own } from "./own-application.ts";

/** How long typing may pause before it is saved, and how long a save that failed waits for its next try. */
const pauseMs = 800;
const againMs = 4000;

export interface DraftFinding {
  level: string;
  code: string;
  field?: string | undefined;
  sentence: string;
}

/** What a page of the form works with. */
export interface Draft {
  values: ApplicationDraft;
  /** Entries that cannot be saved as they stand; `values` has what the server keeps of these fields. */
  held: HeldEntries;
  version: number;
  findings: readonly DraftFinding[];
  state: SaveState;
  clashes: readonly Clash[];
  /** Something typed was found in this browser that had not reached the server. */
  restored: boolean;
  /** Changes a field; `typed` is what its control shows, where that is not the value itself. */
  set(field: FormField, value: unknown, typed?: unknown): void;
  /** Keeps what was typed where it is no value of the field, and says why it is not saved. */
  hold(field: FormField, typed: unknown, sentence: string): void;
  /** Takes the server's newest state, after an upload has changed it. */
  took(version: number, photo: string | undefined): void;
  resolve(choices: ReadonlyMap<FormField, "mine" | "theirs">): void;
  /** Takes in what was saved elsewhere since; what was typed here stays. */
  reread(): Promise<void>;
  /** Saves what is not saved yet; false where that did not succeed. */
  flush(): Promise<boolean>;
}

interface Saved {
  form: ApplicationDraft;
  version: number;
  findings: readonly DraftFinding[];
}

/**
 * A draft that saves itself: what is typed goes to the server after a short pause, one save at a time, the newest last;
 * until it is there it is kept in the browser too. Where another tab or device saved meanwhile, both sides' changes are
 * brought together, and what both changed is shown.
 */
export function useDraft(side: Side, own: Own, about: AboutForm, plan: FormPlan, nowOf: () => string): Draft {
  const [start] = useState(() => startingEntries(savedOf(own), readJournal(side.journal)));
  const [entries, setEntries] = useState(start.entries);
  const [state, setState] = useState<SaveState>({ kind: "saved", at: undefined });
  const [clashes, setClashes] = useState<readonly Clash[]>(start.clashes);
  const [saved, setSaved] = useState<Saved>(() => savedOf(own));
  const newest = useRef(start.entries);
  const base = useRef<Saved>(savedOf(own));
  const dirty = useRef(start.dirty);
  const running = useRef<Promise<boolean> | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const saveAgain = useRef<() => unknown>(() => undefined);

  /** Somebody saved in between: their state becomes the base, and what was typed here is laid on it. */
  const adopt = useCallback((theirs: Own): boolean => {
    const before = base.current.form;
    base.current = savedOf(theirs);
    const merged = mergeSaved(before, newest.current, base.current.form);
    newest.current = merged.entries;
    setEntries(newest.current);
    setSaved(base.current);
    if (merged.state === undefined) return true;
    setClashes(merged.clashes);
    setState(merged.state);
    return false;
  }, []);

  const send = useCallback(async (): Promise<boolean> => {
    const { form } = newest.current;
    dirty.current = false;
    if (!isWorthSending(newest.current, base.current.form)) {
      setState(settledState(newest.current, nowOf()));
      return true;
    }
    setState({ kind: "saving" });
    try {
      const answer = await side.save({ version: base.current.version, form: withoutPhoto(form) });
      // As it was sent: where the server put digits right, that is no change that somebody made.
      base.current = { ...savedOf(answer), form: withPhoto(form, formOf(answer).photo) };
      setSaved(base.current);
      side.keep(answer);
      if (!dirty.current) {
        const left = journalAfterSave(newest.current, base.current, nowOf());
        if (left === undefined) clearJournal(side.journal);
        else writeJournal(side.journal, left);
      }
      setState(settledState(newest.current, nowOf()));
      return true;
    } catch (thrown) {
      dirty.current = true;
      noteEnd(thrown);
      const next = afterFailure(findProblem(thrown));
      if (next.kind === "merge") return await meet();
      setState(next.state);
      if (next.kind === "again") timer.current = setTimeout(() => saveAgain.current(), againMs);
      return false;
    }

    async function meet(): Promise<boolean> {
      const theirs = await side.read();
      if (theirs === null || theirs.id !== own.id) {
        setState({ kind: "refused", sentence: "这份申请已在别处删除或撤回，请刷新页面查看。" });
        return false;
      }
      return adopt(theirs) && (await send());
    }
  }, [side, own.id, adopt, nowOf]);

  const save = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (running.current !== undefined) await running.current;
    if (!dirty.current) return true;
    running.current = send();
    try {
      return await running.current;
    } finally {
      running.current = undefined;
    }
  }, [send]);

  useEffect(() => {
    saveAgain.current = save;
  }, [save]);

  const change = useCallback(
    (next: Entries) => {
      newest.current = next;
      dirty.current = true;
      setEntries(next);
      setState({ kind: "typing" });
      writeJournal(side.journal, {
        ...next,
        base: base.current.form,
        version: base.current.version,
        at: Date.parse(nowOf()),
      });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), pauseMs);
    },
    [side, save, nowOf],
  );

  const set = useCallback(
    (field: FormField, value: unknown, typed: unknown = value) =>
      change(withEntry(newest.current, base.current.form, field, value, typed)),
    [change],
  );

  const hold = useCallback(
    (field: FormField, typed: unknown, sentence: string) =>
      change(withHeldEntry(newest.current, base.current.form, field, { typed, sentence })),
    [change],
  );

  useEffect(() => {
    if (dirty.current && start.clashes.length === 0) void save();
    const warn = (event: BeforeUnloadEvent) => {
      if (dirty.current) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
      void save();
    };
  }, [save, start]);

  // Read anew for another reason, and newer than what lies here: somebody else has saved.
  useEffect(() => {
    if (!dirty.current && running.current === undefined && own.version > base.current.version) adopt(own);
  }, [own, adopt]);

  const findings = useMemo(() => {
    const { person, attachments } = about;
    const now = Temporal.Instant.from(nowOf());
    const numbersRead = attachments.flatMap(({ numbers }) => numbers ?? []);
    const typed = checkForm({ form: entries.form, person, plan, now, numbersRead })
      // Of an entry that is held, nothing is said about the value that the server still has.
      .filter(({ field }) => !(field in entries.held))
      .map((finding) => ({
        level: finding.level,
        code: finding.code,
        field: finding.field,
        sentence: checksSentenceOf(finding),
      }));
    const held = listHeld(entries).map(({ field, title, sentence }) => ({
      level: "blocks",
      code: "form.malformed",
      field,
      sentence: checksSentenceOf({ level: "blocks", field, code: "form.malformed", title, sentence }),
    }));
    // Whether one may register at all needs the directory and the restriction list: the server says it with each save.
    return [...typed, ...held, ...saved.findings.filter(({ code }) => code.startsWith("eligibility."))];
  }, [entries, about, plan, saved, nowOf]);

  return {
    values: entries.form,
    held: entries.held,
    version: saved.version,
    findings,
    state,
    clashes,
    restored: start.dirty,
    set,
    hold,
    took: (version, photo) => {
      base.current = { ...base.current, version, form: withPhoto(base.current.form, photo) };
      newest.current = { ...newest.current, form: withPhoto(newest.current.form, photo) };
      setEntries(newest.current);
      setSaved(base.current);
    },
    resolve: (choices) => {
      let next = newest.current;
      for (const { field, theirs } of clashes) {
        if (choices.get(field) === "theirs") next = withEntry(next, base.current.form, field, theirs);
      }
      setClashes([]);
      change(next);
      void save();
    },
    reread: async () => {
      const theirs = await side.read();
      if (theirs === null || theirs.id !== own.id) return;
      side.keep(theirs);
      adopt(theirs);
    },
    flush: save,
  };
}

function savedOf(own: Own): Saved {
  return { form: formOf(own), version: own.version, findings: own.findings };
}

function formOf(own: Own): ApplicationDraft {
  const parsed = ApplicationDraft.safeParse(own.form);
  return parsed.success ? parsed.data : {};
}

function withPhoto(form: ApplicationDraft, photo: string | undefined): ApplicationDraft {
  const { photo: _, ...rest } = form;
  return photo === undefined ? rest : { ...rest, photo };
}

/** The photo is kept by its upload. */
function withoutPhoto({ photo: _, ...form }: ApplicationDraft): ApplicationDraft {
  return form;
}
