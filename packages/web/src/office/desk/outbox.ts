import { findProblem } from "@shice/contract/client.ts";
import { useSyncExternalStore } from "react";
import { z } from "zod";
import { api, client, noteEnd, queryClient } from "../../ui/client.ts";
import { currentPost } from "../../ui/post.ts";
import { sentenceOfError } from "../../ui/problem.tsx";
import { checksOf, clearTicks, Ticks } from "./ticks.ts";

/**
 * Confirmations on their way: the desk goes on to the next folder while they are sent, and where the line is down they
 * wait in the browser, the one thing that may. Each has its key, so that one whose answer alone was lost is not done twice.
 */
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
type OutboxItem = z.infer<typeof OutboxItem>;

const storageKey = "shice-desk-outbox";
const listeners = new Set<() => void>();
let shown: readonly OutboxItem[] = readOutbox();
let sending = false;

export function readOutbox(): readonly OutboxItem[] {
  try {
    const parsed = z.array(OutboxItem).safeParse(JSON.parse(localStorage.getItem(storageKey) ?? "[]"));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

function writeOutbox(next: readonly OutboxItem[]): void {
  localStorage.setItem(storageKey, JSON.stringify(next));
  shown = next;
  for (const listener of listeners) listener();
}

/** Keeps a confirmation until the line is back. */
export function addToOutbox(waiting: OutboxItem): void {
  writeOutbox([...readOutbox().filter(({ application }) => application !== waiting.application), waiting]);
}

export function removeFromOutbox(key: string): void {
  writeOutbox(readOutbox().filter((waiting) => waiting.key !== key));
}

/** Sends what waits, in order, under the post it was done under; what the server refuses stays, with its sentence. */
export async function sendOutbox(onSent: (name: string) => void = () => {}): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (let waiting = findNextToSend(); waiting !== undefined; waiting = findNextToSend()) {
      if ((await sendOne(waiting, onSent)) === "offline") return;
    }
  } finally {
    sending = false;
    // What lies open stays as it is; its number counts down, everything else is read anew when it is next looked at.
    await queryClient.invalidateQueries({ refetchType: "none" });
    await queryClient.refetchQueries({ queryKey: api.cases.countQueue.key(), type: "active" });
  }
}

function findNextToSend(): OutboxItem | undefined {
  return readOutbox().find(({ refused, post }) => refused === undefined && post === (currentPost() ?? ""));
}

async function sendOne(waiting: OutboxItem, onSent: (name: string) => void): Promise<"done" | "offline"> {
  const { key, campaign, application, version, ticks, name } = waiting;
  try {
    await client.confirmation.confirmAtDesk(
      { campaign, application, version, ...checksOf(ticks) },
      { context: { idempotencyKey: key } },
    );
    clearTicks(application);
    removeFromOutbox(key);
    onSent(name);
    return "done";
  } catch (error) {
    const problem = findProblem(error);
    noteEnd(error);
    // Still no line, a busy server, or a session that has ended: it waits on.
    if (problem === undefined || problem.status >= 500 || problem.status === 401 || problem.status === 429) {
      return "offline";
    }
    writeOutbox(readOutbox().map((each) => (each.key === key ? { ...each, refused: sentenceOfError(error) } : each)));
    return "done";
  }
}

export function useOutbox(): readonly OutboxItem[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}
