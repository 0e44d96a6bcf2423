import { z } from "zod";
import { isStored, readValue, writeText } from "../../ui/browser-storage.ts";
import { Ticks } from "./ticks.ts";

/** A confirmation that waits; its key lets the server do it once, where its answer alone was lost. */
const OutboxItem = z.object({
  key: z.uuid(),
  post: z.string(),
  campaign: z.string(),
  application: z.uuid(),
  name: z.string(),
  version: z.int(),
  ticks: Ticks,
  /** Why it was not taken when it did arrive. */
  refused: z.string().optional(),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

const storageKey = "shice-desk-outbox";
const Outbox = z.array(OutboxItem);
const listeners = new Set<() => void>();
let shown: readonly OutboxItem[] | undefined;

/** Everything that waits, in the order in which it was confirmed; of all tabs. */
export function readOutbox(): readonly OutboxItem[] {
  return readValue("browser", storageKey, Outbox) ?? [];
}

/** Where the waiting confirmations are, in words: the browser has stored them, or only this page has them. */
export function outboxPlaceText(): string {
  return isStored("browser", storageKey) ? "存在本机" : "只在本页（浏览器不允许存储，请不要关闭本页）";
}

function writeOutbox(next: readonly OutboxItem[]): void {
  writeText("browser", storageKey, JSON.stringify(next));
  shown = next;
  for (const listener of listeners) listener();
}

/** Keeps a confirmation until it is sent; one of the same application stands in the place of the one before. */
export function addToOutbox(waiting: OutboxItem): void {
  writeOutbox([...readOutbox().filter(({ application }) => application !== waiting.application), waiting]);
}

export function removeFromOutbox(key: string): void {
  writeOutbox(readOutbox().filter((waiting) => waiting.key !== key));
}

/** The confirmation stays, with the sentence why the server did not take it, and is not sent again. */
export function refuseInOutbox(key: string, sentence: string): void {
  writeOutbox(readOutbox().map((each) => (each.key === key ? { ...each, refused: sentence } : each)));
}

/** The first that waits under a post: it was done in that part, and counts in no other. */
export function findNextToSend(post: string): OutboxItem | undefined {
  return readOutbox().find((waiting) => waiting.refused === undefined && waiting.post === post);
}

/** The same list until it changes, as React asks of a store. */
export function shownOutbox(): readonly OutboxItem[] {
  shown ??= readOutbox();
  return shown;
}

/** Calls the listener after each change; what it returns ends that. */
export function listenToOutbox(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
