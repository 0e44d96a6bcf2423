import { Worker } from "node:worker_threads";
import type { Cell } from "@shice/rules/sheet/cell.ts";
import { type Sniffed, type SniffRefusal, sniff } from "./sniff.ts";

/** A sheet's cells; hidden sheets are not read. */
export interface SheetCells {
  name: string;
  rows: Cell[][];
}

export interface Workbook {
  sheets: SheetCells[];
  /** Names of sheets that were left out because they are hidden. */
  hidden: string[];
  macros: boolean;
}

export type WorkbookRefusal =
  | SniffRefusal
  | { code: "workbook.too-many-rows"; most: number }
  | { code: "workbook.took-too-long"; seconds: number };

export interface ReadingLimits {
  rows: number;
  seconds: number;
}

/** What the thread is given, and what it answers. */
export interface ReaderJob {
  bytes: Uint8Array;
  kind: Sniffed["kind"];
  rows: number;
}
export type ReaderAnswer =
  | { sheets: SheetCells[]; hidden: string[] }
  | { refusal: { code: "workbook.broken" } | { code: "workbook.encrypted" } | { code: "workbook.too-many-rows" } };

const limits: ReadingLimits = { rows: 200_000, seconds: 60 };

/**
 * Reads a spreadsheet (.xlsx, .xls, .xlsb, .ods, text with tabs or commas) in a thread of its own, which is ended when
 * it takes too long or too much memory: a hostile file harms nobody else. Values alone are read: of formulas their last
 * result, of macros nothing.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  { rows, seconds }: ReadingLimits = limits,
): Promise<Workbook | WorkbookRefusal> {
  const sniffed = sniff(bytes);
  if ("code" in sniffed) return sniffed;
  const answer = await readInThread({ bytes, kind: sniffed.kind, rows }, seconds);
  if (answer === "too-long") return { code: "workbook.took-too-long", seconds };
  if ("refusal" in answer) {
    return answer.refusal.code === "workbook.too-many-rows"
      ? { code: "workbook.too-many-rows", most: rows }
      : answer.refusal;
  }
  return { ...answer, macros: sniffed.macros };
}

/** Starting a thread takes longer than reading most books: one that has read a small book waits for the next. */
const smallBytes = 1024 * 1024;
const idleMs = 10_000;
let spare: Worker | undefined;

function startThread(): Worker {
  return new Worker(new URL("reader-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 1536 },
  });
}

function readInThread(job: ReaderJob, seconds: number): Promise<ReaderAnswer | "too-long"> {
  const worker = spare ?? startThread();
  spare = undefined;
  worker.removeAllListeners();
  worker.ref();
  const { promise, resolve } = Promise.withResolvers<ReaderAnswer | "too-long">();
  const timer = setTimeout(() => resolve("too-long"), seconds * 1000);
  worker.once("message", resolve);
  // Out of memory, or what a reader stumbles over: nothing can be told of such a file but that it cannot be read.
  worker.once("error", () => resolve({ refusal: { code: "workbook.broken" } }));
  worker.once("exit", () => resolve({ refusal: { code: "workbook.broken" } }));
  worker.postMessage(job);
  return promise.then((answer) => {
    clearTimeout(timer);
    const isSound = answer !== "too-long" && !("refusal" in answer);
    if (isSound && job.bytes.length < smallBytes && spare === undefined) setAside(worker);
    else void worker.terminate();
    return answer;
  });
}

function setAside(worker: Worker): void {
  const leave = () => {
    if (spare === worker) spare = undefined;
    void worker.terminate();
  };
  worker.removeAllListeners();
  worker.once("error", leave).once("exit", leave);
  spare = worker;
  worker.unref();
  setTimeout(() => spare === worker && leave(), idleMs).unref();
}
