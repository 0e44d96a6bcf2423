import { useSyncExternalStore } from "react";

let ended = false;
const listeners = new Set<() => void>();

/** Says that the session has ended while a page was open; or that it goes on. */
export function setSessionEnded(now: boolean): void {
  ended = now;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSessionEnded(): boolean {
  return useSyncExternalStore(subscribe, () => ended);
}
