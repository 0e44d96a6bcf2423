import { RefusalError } from "../platform/http/refusal-error.ts";

/** A cursor is the sort key of the last row, opaque to the caller; a page is found by it, never by an offset. */
export function cursorOf(...key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** @throws RefusalError input.cursor when the text is none of our cursors */
export function parseCursor(text: string | undefined, parts: number): string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (Array.isArray(key) && key.length === parts && key.every((part) => typeof part === "string")) return key;
  } catch {
    // falls through: a text that is no JSON is no cursor either
  }
  throw new RefusalError({ code: "input.cursor", field: "after" });
}

/** Cuts a list that was read one longer than the page, and makes the cursor of the next page. */
export function cutPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  keyOf: (row: Row) => readonly string[],
): { items: Item[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(itemOf), next: rows.length > limit && last !== undefined ? cursorOf(...keyOf(last)) : null };
}
