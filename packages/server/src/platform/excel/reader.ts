import type { ChildProcess } from "node:child_process";
import type { Cell } from "@shice/rules/sheet/cell.ts";
import { startBoundedProcess } from "../bounded-process.ts";
import { RefusalError } from "../http/refusal-error.ts";
import { openTurns } from "../turns.ts";
import { type Sniffed, type SniffRefusal, sniff } from "./sniff.ts";

/** A sheet's cells, without gaps; blank cells at the end of a row are left out. Hidden sheets are not read. */
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

/** What the reading process may refuse a file for. */
export type ReaderRefusal =
  | { code: "workbook.broken" }
  | { code: "workbook.encrypted" }
  | { code: "workbook.too-old" }
  | { code: "workbook.too-large-inside"; most: number }
  | { code: "workbook.too-many-rows"; most: number }
  | { code: "workbook.too-much-text" }
  | { code: "workbook.stray-cell" };

type WorkbookRefusal =
  | SniffRefusal
  | ReaderRefusal
  | { code: "workbook.took-too-much" }
  | { code: "workbook.took-too-long"; seconds: number };

interface ReadingLimits {
  /** Rows in which something stands, a sheet. */
  rows: number;
  /** From the moment the reading begins. */
  seconds: number;
  /** All entries of a zip together, unpacked. */
  bytesInside: number;
  /** All cells of all sheets, and the characters in them. */
  cells: number;
  signs: number;
  /** How many may wait for their turn; who comes after them is told that the server is busy. */
  mostWaiting: number;
}

/** What the process is given. */
export interface ReaderJob {
  bytes: Uint8Array;
  kind: Sniffed["kind"];
  limits: Omit<ReadingLimits, "seconds" | "mostWaiting">;
}

/** What it answers: sheet by sheet and some rows at once, so that nobody else waits while an answer is taken in. */
export type ReaderMessage =
  | { kind: "sheet"; name: string }
  | { kind: "rows"; rows: Cell[][] }
  | { kind: "done"; hidden: string[] }
  | { kind: "refused"; refusal: ReaderRefusal };

/** 100,000 rows of 30 columns take some 60 MB inside, and 3,000,000 cells. */
const usual: ReadingLimits = {
  rows: 200_000,
  seconds: 60,
  bytesInside: 200 * 1024 * 1024,
  cells: 4_000_000,
  signs: 50_000_000,
  mostWaiting: Number.POSITIVE_INFINITY,
};

/** Files that are read at the same time, whoever sent them: rosters and school directories share these places. */
const turns = openTurns(2);

/**
 * Reads a spreadsheet (.xlsx, .xls, .xlsb, .ods, text with tabs or commas) in a process of its own, which is ended when
 * it takes too long or too much memory: a hostile file harms nobody else. Values alone are read: of formulas their last
 * result, of macros nothing.
 * @throws RefusalError server.busy
 */
export async function readWorkbook(
  bytes: Uint8Array,
  asked: Partial<ReadingLimits> = {},
): Promise<Workbook | WorkbookRefusal> {
  const { seconds, mostWaiting, ...limits } = { ...usual, ...asked };
  const sniffed = sniff(bytes, limits.bytesInside);
  if ("code" in sniffed) return sniffed;
  const giveBack = await turns.take(mostWaiting);
  if (giveBack === undefined) throw new RefusalError({ code: "server.busy" });
  try {
    const answer = await readInProcess({ bytes, kind: sniffed.kind, limits }, seconds);
    return "code" in answer ? answer : { ...answer, macros: sniffed.macros };
  } finally {
    giveBack();
  }
}

/** Starting a process takes longer than reading most books: one that has read a small book waits for the next. */
const smallBytes = 1024 * 1024;
const idleMs = 10_000;
const mostBooks = 100;
let spare: Reader | undefined;

interface Reader {
  child: ChildProcess;
  books: number;
}

function startReader(): Reader {
  return {
    child: startBoundedProcess(new URL("reader-process.ts", import.meta.url), { megabytes: 1536, cpuSeconds: 600 }),
    books: 0,
  };
}

type Answer = Omit<Workbook, "macros"> | WorkbookRefusal;

async function readInProcess(job: ReaderJob, seconds: number): Promise<Answer> {
  const reader = spare ?? startReader();
  spare = undefined;
  const { child } = reader;
  child.removeAllListeners();
  child.ref();
  child.channel?.ref();
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const timer = setTimeout(() => resolve({ code: "workbook.took-too-long", seconds }), seconds * 1000);
  const sheets: SheetCells[] = [];
  child.on("message", (message: ReaderMessage) => {
    if (message.kind === "sheet") sheets.push({ name: message.name, rows: [] });
    else if (message.kind === "rows") for (const row of message.rows) sheets.at(-1)?.rows.push(row);
    else if (message.kind === "done") resolve({ sheets, hidden: message.hidden });
    else resolve(message.refusal);
  });
  // The kernel or the heap's own bound has ended it: of such a file nothing more can be told.
  child.once("error", () => resolve({ code: "workbook.took-too-much" }));
  child.once("exit", () => resolve({ code: "workbook.took-too-much" }));
  child.send(job, (error) => error !== null && resolve({ code: "workbook.took-too-much" }));
  const answer = await promise;
  clearTimeout(timer);
  reader.books += 1;
  if (!("code" in answer) && job.bytes.length < smallBytes && spare === undefined && reader.books < mostBooks) {
    setAside(reader);
  } else {
    end(reader);
  }
  return answer;
}

function setAside(reader: Reader): void {
  const { child } = reader;
  child.removeAllListeners();
  const leave = () => {
    if (spare === reader) spare = undefined;
    end(reader);
  };
  child.once("error", leave).once("exit", leave);
  spare = reader;
  child.unref();
  child.channel?.unref();
  setTimeout(() => spare === reader && leave(), idleMs).unref();
}

function end({ child }: Reader): void {
  child.removeAllListeners();
  child.on("error", () => undefined);
  child.kill("SIGKILL");
}
