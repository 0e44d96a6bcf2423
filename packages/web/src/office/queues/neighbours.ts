import { z } from "zod";
import { readValue, writeText } from "../../ui/browser-storage.ts";

const key = "shice-queue";
const Rows = z.array(z.string());

/** The rows last listed in this tab, so that the case page can go to the next one without the list. */
export function rememberRows(ids: readonly string[]): void {
  writeText("tab", key, JSON.stringify(ids));
}

export function neighboursOf(id: string): { previous: string | undefined; next: string | undefined; place: string } {
  const ids = readRows();
  const at = ids.indexOf(id);
  if (at < 0) return { previous: undefined, next: undefined, place: "" };
  return { previous: ids[at - 1], next: ids[at + 1], place: `本页第${at + 1}件，共${ids.length}件` };
}

function readRows(): string[] {
  return readValue("tab", key, Rows) ?? [];
}
