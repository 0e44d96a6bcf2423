import type { JobContext } from "../platform/jobs.ts";

/** What a task is given when a test does the queue's work: its first try, with nobody else at work. */
export function jobContext(signal?: AbortSignal): JobContext {
  return {
    attempt: 1,
    signal,
    exclusively: async (_name, work) => {
      await work();
      return true;
    },
  };
}
