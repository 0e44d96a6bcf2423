import autocannon from "autocannon";
import type { Prepared } from "./load.ts";

/** Number of concurrent callers. */
export const connections = 32;

export interface Call {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A request with JSON, signed in or anonymous. */
export function post(path: string, body: object, cookie?: string): Call {
  return {
    method: "POST",
    path,
    headers: { "content-type": "application/json", ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify(body),
  };
}

/** Sends each request once, because a submitted case cannot be submitted again. */
export function takeEach(list: readonly Prepared[], make: (prepared: Prepared) => Call): () => Call {
  let at = 0;
  return () => {
    const next = list[at++];
    if (next === undefined) throw new Error("too few requests were prepared");
    return make(next);
  };
}

/** Sends the requests in turn, starting again after the last. */
export function inTurn(list: readonly Prepared[], make: (prepared: Prepared) => Call): () => Call {
  let at = 0;
  return () => make(list[at++ % list.length] ?? { application: "", cookie: "" });
}

export interface Fired {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
}

/**
 * Sends requests on 32 connections, each as soon as the last is answered. @throws Error if any answer is not a success
 */
export async function fire(url: string, call: () => Call, amount: number): Promise<Fired> {
  const begun = performance.now();
  const result = await autocannon({
    url,
    connections,
    amount,
    // Interval in milliseconds for checking whether all are answered; the default would round up to whole seconds.
    sampleInt: 10,
    requests: [{ setupRequest: (request) => ({ ...request, ...call() }) }],
  });
  const seconds = (performance.now() - begun) / 1000;
  if (result.non2xx > 0 || result.errors > 0) {
    const { path, ...request } = call();
    const answer = await (await fetch(`${url}${path}`, request)).text();
    throw new Error(`${result.non2xx} of ${amount} requests were refused; one more was answered: ${answer}`);
  }
  return { requests: amount, seconds, p50: result.latency.p50, p99: result.latency.p99 };
}
