import { useSyncExternalStore } from "react";

let reached = true;
const listeners = new Set<() => void>();

function set(now: boolean): void {
  if (now === reached) return;
  reached = now;
  for (const listener of listeners) listener();
}

/** An answer came: the line is up. */
export function noteAnswer(): void {
  set(true);
}

/** No answer came at all: the line or the server is down. */
export function noteSilence(): void {
  set(false);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the server answered when it was last asked. */
export function useReached(): boolean {
  return useSyncExternalStore(subscribe, () => reached);
}
