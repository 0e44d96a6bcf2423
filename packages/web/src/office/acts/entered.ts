import type { Entered } from "./act-spec.ts";

const textOf = (entered: Entered, name: string) => {
  const value = entered[name];
  return typeof value === "string" ? value.trim() : "";
};

/** A required text, trimmed; the form has already refused an empty one. */
export function wordsOf(entered: Entered, name: string): string {
  return textOf(entered, name);
}

/** An optional text: undefined where nothing was entered, so that nothing is sent. */
export function findWords(entered: Entered, name: string): string | undefined {
  const text = textOf(entered, name);
  return text === "" ? undefined : text;
}

/** The chosen codes of a group of boxes. */
export function codesOf(entered: Entered, name: string): string[] {
  const value = entered[name];
  return Array.isArray(value) ? value.map(String) : [];
}
