import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { fieldProblemsOf } from "../problem.tsx";

/** Sentences by the name of the entry they concern. */
export type EntryErrors = Readonly<Record<string, string>>;

/**
 * Sends a form of a few entries: looked through first, then sent; whatever is wrong stands beside its entry, the first
 * of them is focused, and what was typed stays.
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
  const [errors, setErrors] = useState<EntryErrors>({});
  const sending = useMutation({
    mutationFn: send,
    retry: false,
    onSuccess: (answer) => onDone?.(answer),
    onError: (error) => {
      const told = Object.fromEntries(fieldProblemsOf(error).map(({ path, sentence }) => [path, sentence]));
      setErrors(told);
      focusFirst(told);
    },
  });
  return {
    errors,
    /** What went wrong that no entry is to blame for. */
    problem: sending.error !== null && Object.keys(errors).length === 0 ? sending.error : null,
    busy: sending.isPending,
    answer: sending.data,
    done: sending.isSuccess,
    submit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      const entered = new FormData(event.currentTarget);
      const found = check(entered);
      setErrors(found);
      if (Object.keys(found).length > 0) focusFirst(found);
      else sending.mutate(entered);
    },
  };
}

function focusFirst(errors: EntryErrors): void {
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
