import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import { client } from "../ui/client.ts";
import type { Own } from "./MyPage.tsx";

/** How long typing may pause before it is saved. */
const pauseMs = 800;

/**
 * A draft that saves itself: what is typed goes to the server after a short pause, one save at a time, the newest last;
 * what could not be saved is kept and tried again. `state` says it in words.
 */
export function useDraft(campaign: string, own: Own) {
  const [values, setValues] = useState<ApplicationDraft>(() => own.form as ApplicationDraft);
  const [findings, setFindings] = useState(own.findings);
  const [state, setState] = useState("填写的内容会自动保存。");
  const [error, setError] = useState<unknown>(null);
  const newest = useRef<ApplicationDraft | undefined>(undefined);
  const saving = useRef<Promise<void> | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    await saving.current;
    const form = newest.current;
    if (form === undefined) return;
    newest.current = undefined;
    setState("正在保存……");
    saving.current = client.applicant
      .saveDraft({ campaign, application: own.id, form })
      .then((saved) => {
        setFindings(saved.findings);
        setError(null);
        setState(`已保存 ${new Intl.DateTimeFormat("zh-CN", { timeStyle: "short", hour12: false }).format()}`);
      })
      .catch((thrown: unknown) => {
        newest.current ??= form;
        setError(thrown);
        setState("还没有保存，填写的内容仍在本页。");
      });
    await saving.current;
  }, [campaign, own.id]);

  const change = useCallback(
    (entered: unknown) => {
      const form = draftOf(entered);
      setValues(form);
      newest.current = form;
      setState("正在填写……");
      clearTimeout(timer.current);
      timer.current = setTimeout(save, pauseMs);
    },
    [save],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (newest.current !== undefined) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
      void save();
    };
  }, [save]);

  return { values, findings, state, error, change, save, flush: save };
}

/** What of the form can be saved: empty entries and half-made lines are left out, nothing else is judged here. */
function draftOf(entered: unknown): ApplicationDraft {
  const known = Object.entries(entered as Record<string, unknown>).flatMap(([field, value]) => {
    if (value === undefined || value === null || value === "") return [];
    if (field === "assessments" && Array.isArray(value))
      return [[field, value.filter((row) => row?.year !== undefined && row?.grade !== undefined)] as const];
    if (field === "interruption") {
      const { semesters, reason } = value as { semesters?: unknown; reason?: unknown };
      return semesters == null || reason == null ? [] : ([[field, value]] as const);
    }
    return [[field, value] as const];
  });
  const whole = Object.fromEntries(known);
  const parsed = ApplicationDraft.safeParse(whole);
  if (parsed.success) return parsed.data;
  // A half-typed day or number is left out until it is one; all else is kept.
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]));
  return ApplicationDraft.parse(Object.fromEntries(known.filter(([field]) => !wrong.has(field))));
}
