import { useMutation } from "@tanstack/react-query";
import { type FocusEvent, type FormEvent, useState } from "react";
import { fieldProblemsOf } from "../problem.tsx";

/** Sentences by the name of the entry they concern. */
export type EntryErrors = Readonly<Record<string, string>>;

/**
 * Sends a form of a few entries: looked through first, then sent; whatever is wrong stands beside its entry, the first
 * of them is focused, and what was typed stays. A sentence goes as soon as its entry is put right, and an entry that is
 * left in an impossible state is refused at once.
 */
export function useSending<Answer>({
  check = () => ({}),
  send,
  onDone,
}: {
  check?: (entered: FormData) => EntryErrors;
  send: (entered: FormData) => Promise<Answer>;
  onDone?: (answer: Answer) => unknown;
}) {
  const [found, setFound] = useState<EntryErrors>({});
  /** What the server said of an entry: holds until that entry is changed. */
  const [refusals, setRefusals] = useState<EntryErrors>({});
  const [problem, setProblem] = useState<unknown>(null);
  const errors = { ...refusals, ...found };
  const sending = useMutation({
    mutationFn: send,
    retry: false,
    onSuccess: (answer) => onDone?.(answer),
    onError: (error) => {
      const answered = Object.fromEntries(fieldProblemsOf(error).map(({ path, sentence }) => [path, sentence]));
      setRefusals(answered);
      if (Object.keys(answered).length === 0) setProblem(error);
      focusFirst(answered);
    },
  });
  return {
    errors,
    /** What went wrong that no entry is to blame for. */
    problem,
    busy: sending.isPending,
    answer: sending.data,
    done: sending.isSuccess,
    /** What the form's element is wired with. */
    form: {
      noValidate: true,
      onSubmit: (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const entered = new FormData(event.currentTarget);
        const wrong = check(entered);
        setFound(wrong);
        setRefusals({});
        setProblem(null);
        if (Object.keys(wrong).length > 0) focusFirst(wrong);
        else sending.mutate(entered);
      },
      onInput: (event: FormEvent<HTMLFormElement>) => {
        const changed = nameOf(event.target);
        setRefusals((before) => only(before, (name) => name !== changed));
        if (Object.keys(found).length === 0) return;
        const wrong = check(new FormData(event.currentTarget));
        setFound(only(wrong, (name) => name in found));
      },
      onBlur: (event: FocusEvent<HTMLFormElement>) => {
        // Only on the way to another entry: a sentence that appears under the finger moves the button away.
        if (!(event.relatedTarget instanceof Element) || !event.relatedTarget.matches("input, select, textarea"))
          return;
        const left = nameOf(event.target);
        const entered = new FormData(event.currentTarget);
        if (left === null || textOf(entered, left) === "") return;
        setFound((before) => ({ ...before, ...only(check(entered), (name) => name === left) }));
      },
    },
  };
}

function nameOf(target: EventTarget): string | null {
  return target instanceof Element ? target.getAttribute("name") : null;
}

function only(errors: EntryErrors, kept: (name: string) => boolean): EntryErrors {
  return Object.fromEntries(Object.entries(errors).filter(([name]) => kept(name)));
}

/** Puts the keyboard into the first of these entries. */
export function focusFirst(errors: EntryErrors): void {
  const wrong = [...document.querySelectorAll<HTMLElement>("[name]")].find(
    (element) => (element.getAttribute("name") ?? "") in errors,
  );
  wrong?.focus();
}

/** What was typed into an entry; empty where there is none. */
export function textOf(entered: FormData, name: string): string {
  const value = entered.get(name);
  return typeof value === "string" ? value : "";
}
