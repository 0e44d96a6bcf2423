import type { z } from "zod";

/** Where a text is kept: for all tabs of this browser and for later, or for this tab alone. */
type Place = "browser" | "tab";

/** Texts that the browser did not take: they last as long as the page. */
const refused: Record<Place, Map<string, string>> = { browser: new Map(), tab: new Map() };

// A browser that forbids storage throws already when the object is named.
const storageOf = (place: Place): Storage => (place === "browser" ? localStorage : sessionStorage);

/** The text kept under a key; a browser that forbids storage has only what this page has written. */
export function readText(place: Place, key: string): string | undefined {
  const unstored = refused[place].get(key);
  if (unstored !== undefined) return unstored;
  try {
    return storageOf(place).getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text; where the browser forbids storage or has run out of it, the page keeps the text itself. */
export function writeText(place: Place, key: string, text: string): void {
  try {
    storageOf(place).setItem(key, text);
    refused[place].delete(key);
  } catch {
    refused[place].set(key, text);
  }
}

/** Whether the text under a key outlasts the page: false if the browser has refused to store it. */
export function isStored(place: Place, key: string): boolean {
  return !refused[place].has(key);
}

/** Deletes what is kept under a key. */
export function removeText(place: Place, key: string): void {
  refused[place].delete(key);
  try {
    storageOf(place).removeItem(key);
  } catch {}
}

/** The value kept as JSON under a key; undefined where there is none, or where the text does not fit the schema. */
export function readValue<Value>(place: Place, key: string, schema: z.ZodType<Value>): Value | undefined {
  const text = readText(place, key);
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
