import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

/** What the thread is given at its start, and with each document. */
export interface WorkerSetting {
  templates: string;
  fontFolders: string[];
}
export interface WorkerJob {
  number: number;
  template: string;
  document: string;
  /** Pictures by the name under which the document speaks of them. */
  files: { name: string; bytes: Uint8Array }[];
  /** Seconds since 1970, for the file's own date: the same data give the same bytes. */
  createdAt: number;
}
export type WorkerAnswer = { number: number; pdf: Uint8Array } | { number: number; failure: string };

/** How many documents a thread sets before what it remembers of them is thrown away. */
const rememberedDocuments = 40;

const { templates, fontFolders } = workerData as WorkerSetting;
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: fontFolders }] });
let made = 0;

parentPort?.on("message", (job: WorkerJob) => {
  parentPort?.postMessage(answerOf(job));
});

function answerOf({ number, template, document, files, createdAt }: WorkerJob): WorkerAnswer {
  const paths = files.map(({ name }) => join(templates, name));
  try {
    for (const [at, { bytes }] of files.entries()) compiler.mapShadow(paths[at] ?? "", Buffer.from(bytes));
    const compiled = compiler.compile({ mainFilePath: join(templates, template), inputs: { document } });
    const { result } = compiled;
    if (result === null) {
      const error = compiled.takeError();
      return { number, failure: JSON.stringify(error?.shortDiagnostics ?? "no document") };
    }
    return { number, pdf: compiler.pdf(result, { creationTimestamp: createdAt }) };
  } catch (error) {
    return { number, failure: String(error) };
  } finally {
    for (const path of paths) compiler.unmapShadow(path);
    made += 1;
    if (made % rememberedDocuments === 0) compiler.evictCache(0);
  }
}
