import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import { createWorker, OEM } from "tesseract.js";

// What digits look like is the same in every language: the smallest model reads them, from the disk, without a network.
const langPath = fileURLToPath(new URL("./4.0.0_best_int", import.meta.resolve("@tesseract.js-data/eng/package.json")));
const port = parentPort;
if (port === null) throw new Error("reader-worker was not started as a thread");

const recogniser = await createWorker("eng", OEM.LSTM_ONLY, {
  langPath,
  cacheMethod: "none",
  gzip: true,
  // The promise is rejected as well; without this the thread would end.
  errorHandler: () => undefined,
});
// A page of about A4 or a booklet at the size scans are kept in.
await recogniser.setParameters({ user_defined_dpi: "200" });

port.on("message", async (jpeg: Uint8Array) => {
  try {
    const { data } = await recogniser.recognize(Buffer.from(jpeg));
    port.postMessage(data.text);
  } catch {
    port.postMessage(null);
  }
});
