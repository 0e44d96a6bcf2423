import { findProblem } from "@shice/contract/client.ts";
import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { checkForm, type FormPlan } from "@shice/rules/form/check-form.ts";
import { ApplicationDraft, type FormField } from "@shice/rules/form/form.ts";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { noteEnd } from "../ui/client.ts";
import { clockText } from "../ui/moment.ts";
import type { Side } from "./form-host.tsx";
import { clearJournal, readJournal, writeJournal } from "./journal.ts";
import { type Clash, mergeDrafts, withField } from "./merge.ts";
import type { AboutForm, Own } from "./own-application.ts";

/** How long typing may pause before it is saved, and how long a save that failed waits for its next try. */
const pauseMs = 800;
const againMs = 4000;

export type SaveState =
  | { kind: "saved"; at: string | undefined }
  | { kind: "typing" }
  | { kind: "saving" }
  | { kind: "kept"; why: string }
  | { kind: "refused"; sentence: string };

export interface DraftFinding {
  level: string;
  code: string;
  field?: string | undefined;
  sentence: string;
}

/** What a page of the form works with. */
export interface Draft {
  values: ApplicationDraft;
  version: number;
  findings: readonly DraftFinding[];
  state: SaveState;
  clashes: readonly Clash[];
  /** Something typed was found in this browser that had not reached the server. */
  restored: boolean;
  set(field: FormField, value: unknown): void;
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
  const [start] = useState(() => startOf(own, side.journal));
  const [values, setValues] = useState(start.form);
  const [state, setState] = useState<SaveState>({ kind: "saved", at: undefined });
  const [clashes, setClashes] = useState<readonly Clash[]>(start.clashes);
  const [saved, setSaved] = useState<Saved>(() => savedOf(own));
  const newest = useRef(start.form);
  const base = useRef<Saved>(savedOf(own));
  const dirty = useRef(start.dirty);
  const running = useRef<Promise<boolean> | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const saveAgain = useRef<() => unknown>(() => undefined);

  /** Somebody saved in between: their state becomes the base, and what was typed here is laid on it. */
  const adopt = useCallback((theirs: Own): boolean => {
    const before = base.current.form;
    base.current = savedOf(theirs);
    const { merged, clashes: found } = mergeDrafts(before, newest.current, base.current.form);
    newest.current = merged;
    setValues(merged);
    setSaved(base.current);
    if (found.length === 0) return true;
    setClashes(found);
    setState({ kind: "kept", why: "别处有改动，请先选择" });
    return false;
  }, []);

  const send = useCallback(async (): Promise<boolean> => {
    const form = newest.current;
    dirty.current = false;
    setState({ kind: "saving" });
    try {
      const answer = await side.save({ version: base.current.version, form: withoutPhoto(form) });
      // As it was sent: where the server put digits right, that is no change that somebody made.
      base.current = { ...savedOf(answer), form: withPhoto(form, formOf(answer).photo) };
      setSaved(base.current);
      side.keep(answer);
      if (!dirty.current) clearJournal(side.journal);
      setState({ kind: "saved", at: clockText(nowOf()) });
      return true;
    } catch (thrown) {
      dirty.current = true;
      noteEnd(thrown);
      const problem = findProblem(thrown);
      if (problem?.code === "case.changed") return await meet();
      const lasting = problem !== undefined && problem.status !== 401 && problem.status < 500 && problem.status !== 429;
      if (lasting) setState({ kind: "refused", sentence: problem.title });
      else {
        setState({ kind: "kept", why: problem?.status === 401 ? "登录已失效" : "暂时连不上服务器" });
        timer.current = setTimeout(() => saveAgain.current(), againMs);
      }
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
    (form: ApplicationDraft) => {
      newest.current = form;
      dirty.current = true;
      setValues(form);
      setState({ kind: "typing" });
      writeJournal(side.journal, {
        base: base.current.form,
        version: base.current.version,
        form,
        at: Date.parse(nowOf()),
      });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), pauseMs);
    },
    [side, save, nowOf],
  );

  const set = useCallback(
    (field: FormField, value: unknown) => {
      change(withField(newest.current, field, value));
    },
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
    const typed = checkForm({ form: values, person, plan, now, numbersRead }).map((finding) => ({
      level: finding.level,
      code: finding.code,
      field: finding.field,
      sentence: checksSentenceOf(finding),
    }));
    // Whether one may register at all needs the directory and the restriction list: the server says it with each save.
    return [...typed, ...saved.findings.filter(({ code }) => code.startsWith("eligibility."))];
  }, [values, about, plan, saved, nowOf]);

  return {
    values,
    version: saved.version,
    findings,
    state,
    clashes,
    restored: start.dirty,
    set,
    took: (version, photo) => {
      base.current = { ...base.current, version, form: withPhoto(base.current.form, photo) };
      newest.current = withPhoto(newest.current, photo);
      setValues(newest.current);
      setSaved(base.current);
    },
    resolve: (choices) => {
      let form = newest.current;
      for (const { field, theirs } of clashes) {
        if (choices.get(field) === "theirs") form = withField(form, field, theirs);
      }
      setClashes([]);
      change(form);
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

/** The form as saved; or, where the browser kept something newer, that laid on it. */
function startOf(own: Own, journal: string): { form: ApplicationDraft; dirty: boolean; clashes: Clash[] } {
  const form = formOf(own);
  const kept = readJournal(journal);
  if (kept === undefined || own.version < kept.version) return { form, dirty: false, clashes: [] };
  const { merged, clashes } = mergeDrafts(kept.base, kept.form, form);
  return { form: merged, dirty: true, clashes };
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

/** What can be saved: a half-typed day or number is left out until it is one, and the photo is kept by its upload. */
function withoutPhoto(form: ApplicationDraft): ApplicationDraft {
  const { photo: _, ...rest } = form;
  const parsed = ApplicationDraft.safeParse(rest);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]));
  return ApplicationDraft.parse(Object.fromEntries(Object.entries(rest).filter(([field]) => !wrong.has(field))));
}
