import { findProblem } from "@shice/contract/client.ts";
import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { checkForm, type FormPlan } from "@shice/rules/form/check-form.ts";
import { ApplicationDraft, type FormField } from "@shice/rules/form/form.ts";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api, client, noteEnd, queryClient } from "../ui/client.ts";
import { clearJournal, readJournal, writeJournal } from "./journal.ts";
import { type Clash, mergeDrafts } from "./merge.ts";
import type { About, Own } from "./own.ts";

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
export function useDraft(campaign: string, own: Own, about: About, plan: FormPlan, nowOf: () => string): Draft {
  const [start] = useState(() => startOf(own));
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

  const send = useCallback(async (): Promise<boolean> => {
    const form = newest.current;
    dirty.current = false;
    setState({ kind: "saving" });
    try {
      const answer = await client.applicant.saveDraft({
        ...{ campaign, application: own.id, version: base.current.version },
        form: withoutPhoto(form),
      });
      base.current = savedOf(answer);
      setSaved(base.current);
      // Whatever else shows the application shows it as it is now.
      queryClient.setQueryData(api.applicant.own.queryOptions({ input: { campaign } }).queryKey, answer);
      if (!dirty.current) clearJournal(own.id);
      setState({ kind: "saved", at: timeText() });
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

    /** Somebody saved in between: their state becomes the base, and what was typed here is laid on it. */
    async function meet(): Promise<boolean> {
      const theirs = await client.applicant.own({ campaign });
      if (theirs === null || theirs.id !== own.id) {
        setState({ kind: "refused", sentence: "这份申请已在别处删除或撤回，请刷新页面查看。" });
        return false;
      }
      const before = base.current.form;
      base.current = savedOf(theirs);
      const { merged, clashes: found } = mergeDrafts(before, newest.current, base.current.form);
      newest.current = merged;
      setValues(merged);
      setSaved(base.current);
      if (found.length > 0) {
        setClashes(found);
        setState({ kind: "kept", why: "别处有改动，请先选择" });
        return false;
      }
      return await send();
    }
  }, [campaign, own.id]);

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
      writeJournal(own.id, { base: base.current.form, version: base.current.version, form, at: Date.parse(nowOf()) });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), pauseMs);
    },
    [own.id, save, nowOf],
  );

  const set = useCallback(
    (field: FormField, value: unknown) => {
      const form: Record<string, unknown> = { ...newest.current };
      if (value === undefined) delete form[field];
      else form[field] = value;
      change(form as ApplicationDraft);
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

  const findings = useMemo(() => {
    const { person } = about;
    const now = Temporal.Instant.from(nowOf());
    const typed = checkForm({ form: values, person, plan, now }).map((finding) => ({
      level: finding.level,
      code: finding.code,
      field: finding.field,
      sentence: checksSentenceOf(finding),
    }));
    // Whether one may register at all needs the directory and the restriction list: the server says it with each save.
    return [...typed, ...saved.findings.filter(({ code }) => code.startsWith("eligibility."))];
  }, [values, about, plan, saved, nowOf]);

  return {
    ...{ values, version: saved.version, findings, state, clashes, restored: start.dirty, set },
    took: (version, photo) => {
      base.current = { ...base.current, version, form: withPhoto(base.current.form, photo) };
      newest.current = withPhoto(newest.current, photo);
      setValues(newest.current);
      setSaved(base.current);
    },
    resolve: (choices) => {
      const form: Record<string, unknown> = { ...newest.current };
      for (const { field, theirs } of clashes) {
        if (choices.get(field) !== "theirs") continue;
        if (theirs === undefined) delete form[field];
        else form[field] = theirs;
      }
      setClashes([]);
      change(form as ApplicationDraft);
      void save();
    },
    flush: save,
  };
}

/** The form as saved; or, where the browser kept something newer, that laid on it. */
function startOf(own: Own): { form: ApplicationDraft; dirty: boolean; clashes: Clash[] } {
  const form = formOf(own);
  const kept = readJournal(own.id);
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

function timeText(): string {
  return new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format();
}
