import { findProblem } from "@shice/contract/client.ts";
import { useSyncExternalStore } from "react";
import { api, client, noteEnd, queryClient } from "../../ui/client.ts";
import { isLasting } from "../../ui/is-lasting.ts";
import { currentPost } from "../../ui/post.ts";
import { sentenceOfError } from "../../ui/problem.tsx";
import {
  findNextToSend,
  listenToOutbox,
  type OutboxItem,
  refuseInOutbox,
  removeFromOutbox,
  shownOutbox,
} from "./outbox-store.ts";
import { checksOf, clearTicks } from "./ticks.ts";

let sending = false;

/**
 * Sends what waits, in order, under the post it was done under; what the server refuses stays, with its sentence. The
 * desk goes on to the next folder meanwhile.
 */
export async function sendOutbox(onSent: (name: string) => void = () => {}): Promise<void> {
  if (sending) return;
  sending = true;
  const next = () => findNextToSend(currentPost() ?? "");
  try {
    for (let waiting = next(); waiting !== undefined; waiting = next()) {
      if ((await sendOne(waiting, onSent)) === "offline") return;
    }
  } finally {
    sending = false;
    // What lies open stays as it is; its number counts down, everything else is read anew when it is next looked at.
    await queryClient.invalidateQueries({ refetchType: "none" });
    await queryClient.refetchQueries({ queryKey: api.cases.countQueue.key(), type: "active" });
  }
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
    noteEnd(error);
    if (!isLasting(findProblem(error))) return "offline";
    refuseInOutbox(key, sentenceOfError(error));
    return "done";
  }
}

export function useOutbox(): readonly OutboxItem[] {
  return useSyncExternalStore(listenToOutbox, shownOutbox);
}
