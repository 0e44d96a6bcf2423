import { Worker } from "node:worker_threads";

/** Reads the digits and Latin letters on a page (Tesseract), without any network. */
export interface TextReader {
  /**
   * What stands on a picture, line by line; undefined where it cannot be read in time. One page after the other.
   * @throws Error when the reader is closed meanwhile
   */
  read(jpeg: Uint8Array): Promise<string | undefined>;
  close(): Promise<void>;
}

const patienceMs = 60_000;
/** The model takes a second to load, and a hundred megabytes while it is there. */
const idleMs = 60_000;

/**
 * Opens the reader; its thread begins with the first page and ends when none has come for a while. A page over which it
 * stumbles, or takes too long, ends the thread and harms nobody else.
 */
export function openTextReader({ patience = patienceMs }: { patience?: number } = {}): TextReader {
  let thread: Worker | undefined;
  let leaving: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function leave(): Promise<void> {
    const gone = thread;
    thread = undefined;
    clearTimeout(leaving);
    await gone?.terminate();
  }

  async function readOne(jpeg: Uint8Array): Promise<string | undefined> {
    if (closed) throw new Error("the reader is closed");
    clearTimeout(leaving);
    thread ??= startThread();
    thread.ref();
    const text = await answerOf(thread, jpeg, patience);
    // Cut off by the end of the program, a page is not one that cannot be read.
    if (closed) throw new Error("the reader is closed");
    if (text === undefined) await leave();
    else {
      thread.unref();
      leaving = setTimeout(leave, idleMs).unref();
    }
    return text;
  }

  return {
    read: (jpeg) => {
      const read = last.then(() => readOne(jpeg));
      last = read.catch(() => undefined);
      return read;
    },
    close: () => {
      closed = true;
      return leave();
    },
  };
}

function startThread(): Worker {
  // Its chatter is not the program's.
  const thread = new Worker(new URL("reader-worker.ts", import.meta.url), { stdout: true, stderr: true });
  thread.stdout.resume();
  thread.stderr.resume();
  // Without a listener an error of the thread would be the program's.
  thread.on("error", () => undefined);
  return thread;
}

function answerOf(thread: Worker, jpeg: Uint8Array, patience: number): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(() => resolve(undefined), patience);
  const answered = (text: string | null) => resolve(text ?? undefined);
  const ended = () => resolve(undefined);
  thread.once("message", answered).once("exit", ended);
  thread.postMessage(jpeg);
  return promise.finally(() => {
    clearTimeout(timer);
    thread.off("message", answered).off("exit", ended);
  });
}
