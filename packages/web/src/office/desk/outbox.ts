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
const Waiting = z.object({
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
type Waiting = z.infer<typeof Waiting>;

const storageKey = "shice-desk-outbox";
const listeners = new Set<() => void>();
let shown: readonly Waiting[] = readOutbox();
let sending = false;

export function readOutbox(): readonly Waiting[] {
  try {
    const parsed = z.array(Waiting).safeParse(JSON.parse(localStorage.getItem(storageKey) ?? "[]"));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

function write(next: readonly Waiting[]): void {
  localStorage.setItem(storageKey, JSON.stringify(next));
  shown = next;
  for (const listener of listeners) listener();
}

/** Keeps a confirmation until the line is back. */
export function keep(waiting: Waiting): void {
  write([...readOutbox().filter(({ application }) => application !== waiting.application), waiting]);
}

export function forget(key: string): void {
  write(readOutbox().filter((waiting) => waiting.key !== key));
}

/** Sends what waits, in order, under the post it was done under; what the server refuses stays, with its sentence. */
export async function flush(onSent: (name: string) => void = () => {}): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (let waiting = nextToSend(); waiting !== undefined; waiting = nextToSend()) {
      if ((await sendOne(waiting, onSent)) === "no line") return;
    }
  } finally {
    sending = false;
    // What lies open stays as it is; its number counts down, everything else is read anew when it is next looked at.
    await queryClient.invalidateQueries({ refetchType: "none" });
    await queryClient.refetchQueries({ queryKey: api.cases.countQueue.key(), type: "active" });
  }
}

function nextToSend(): Waiting | undefined {
  return readOutbox().find(({ refused, post }) => refused === undefined && post === (currentPost() ?? ""));
}

async function sendOne(waiting: Waiting, onSent: (name: string) => void): Promise<"done" | "no line"> {
  const { key, campaign, application, version, ticks, name } = waiting;
  try {
    await client.confirmation.confirmAtDesk(
      { campaign, application, version, ...checksOf(ticks) },
      { context: { idempotencyKey: key } },
    );
    clearTicks(application);
    forget(key);
    onSent(name);
    return "done";
  } catch (error) {
    const problem = findProblem(error);
    noteEnd(error);
    // Still no line, a busy server, or a session that has ended: it waits on.
    if (problem === undefined || problem.status >= 500 || problem.status === 401 || problem.status === 429) {
      return "no line";
    }
    write(readOutbox().map((each) => (each.key === key ? { ...each, refused: sentenceOfError(error) } : each)));
    return "done";
  }
}

export function useOutbox(): readonly Waiting[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}
