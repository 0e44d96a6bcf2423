import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Fonts, openFonts } from "./fonts.ts";
import type { WorkerAnswer, WorkerJob, WorkerSetting } from "./worker.ts";

type Printable = string | number | boolean | null | readonly Printable[] | { readonly [name: string]: Printable };

export interface Sheet {
  /** A template in the folder of documents: `form.typ`. */
  template: string;
  document: { readonly [name: string]: Printable };
  files?: readonly { name: string; bytes: Uint8Array }[];
  /** For the file's own date. */
  at: Temporal.Instant;
}

interface TypesetSheet {
  pdf: Buffer;
  /** Characters that no font has; each stands in the sheet as its code point in a box. */
  missing: string[];
}

/** Sets sheets in threads of its own, so that requests are answered meanwhile. */
export interface Typesetter {
  typeset(sheet: Sheet): Promise<TypesetSheet>;
  close(): Promise<void>;
}

const templates = fileURLToPath(new URL("../../../../../documents", import.meta.url));
/** A thread that has set so many sheets gives its memory back by ending. */
const sheetsPerThread = 3000;
const patienceMs = 60_000;

interface Waiting {
  job: WorkerJob;
  resolve: (pdf: Buffer) => void;
  reject: (error: Error) => void;
}

interface Thread {
  worker: Worker;
  done: number;
  current: Waiting | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** Opens the threads when the first sheet is asked for. `extraFonts`: a folder of fonts with further characters. */
export function openTypesetter({
  threads: most = 2,
  extraFonts,
}: {
  threads?: number;
  extraFonts?: string | undefined;
} = {}): Typesetter {
  let fonts: Fonts | undefined;
  let number = 0;
  let closed = false;
  const queue: Waiting[] = [];
  const threads: Thread[] = [];

  function begin(folders: string[]): Thread {
    const setting: WorkerSetting = { templates, fontFolders: folders };
    const worker = new Worker(new URL("worker.ts", import.meta.url), { workerData: setting });
    const thread: Thread = { worker, done: 0, current: undefined, timer: undefined };
    worker.on("message", (answer: WorkerAnswer) => finish(thread, answer));
    worker.on("error", (error: Error) => fail(thread, error));
    worker.on("exit", () => fail(thread, new Error("a typesetting thread has ended")));
    worker.unref();
    threads.push(thread);
    return thread;
  }

  function finish(thread: Thread, answer: WorkerAnswer): void {
    const { current } = thread;
    clearTimeout(thread.timer);
    thread.current = undefined;
    thread.done += 1;
    if (current !== undefined) {
      if ("pdf" in answer) current.resolve(Buffer.from(answer.pdf));
      else current.reject(new Error(`a sheet could not be set: ${answer.failure}`));
    }
    if (thread.done >= sheetsPerThread) end(thread);
    pass();
  }

  function fail(thread: Thread, error: Error): void {
    clearTimeout(thread.timer);
    thread.current?.reject(error);
    thread.current = undefined;
    end(thread);
    pass();
  }

  function end(thread: Thread): void {
    const at = threads.indexOf(thread);
    if (at >= 0) threads.splice(at, 1);
    void thread.worker.terminate();
  }

  /** Hands waiting sheets to free threads, as long as there are both. */
  function pass(): void {
    while (queue.length > 0 && !closed) {
      const free =
        threads.find(({ current }) => current === undefined) ??
        (threads.length < most && fonts !== undefined ? begin(fonts.folders) : undefined);
      if (free === undefined) return;
      const next = queue.shift();
      if (next === undefined) return;
      free.current = next;
      free.timer = setTimeout(() => fail(free, new Error("a sheet took too long")), patienceMs).unref();
      free.worker.ref();
      free.worker.postMessage(next.job);
    }
    for (const { worker, current } of threads) if (current === undefined) worker.unref();
  }

  return {
    async typeset({ template, document, files = [], at }) {
      if (closed) throw new Error("the typesetter is closed");
      fonts ??= openFonts(extraFonts);
      const missing = new Set<string>();
      const marked = mark(document, fonts, missing);
      const job: WorkerJob = {
        number: number++,
        template,
        document: JSON.stringify({ ...(marked as object), fonts: fonts.families, missing: missing.size }),
        files: files.map(({ name, bytes }) => ({ name, bytes })),
        createdAt: Math.floor(at.epochMilliseconds / 1000),
      };
      const pdf = await new Promise<Buffer>((resolve, reject) => {
        queue.push({ job, resolve, reject });
        pass();
      });
      return { pdf, missing: [...missing] };
    },
    async close() {
      closed = true;
      for (const { reject } of queue.splice(0)) reject(new Error("the typesetter is closed"));
      await Promise.all(threads.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}

/** Puts the code point, between two private marks, in the place of each character that no font has. */
function mark(part: Printable, fonts: Fonts, missing: Set<string>): Printable {
  if (typeof part === "string") {
    // Pictures in SVG are drawn from their paths, not set from a font.
    if (part.startsWith("<svg")) return part;
    return Array.from(part, (character) => {
      if (fonts.has(character)) return character;
      missing.add(character);
      return `\u{E000}${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}\u{E001}`;
    }).join("");
  }
  if (Array.isArray(part)) return part.map((each) => mark(each, fonts, missing));
  if (typeof part === "object" && part !== null) {
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, mark(each, fonts, missing)]));
  }
  return part;
}
