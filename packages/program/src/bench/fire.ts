import autocannon from "autocannon";
import type { Prepared } from "./load.ts";

/** How many callers send at the same time. */
export const connections = 32;

export interface Call {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A call that carries JSON, as somebody or as nobody. */
export function post(path: string, body: object, cookie?: string): Call {
  return {
    method: "POST",
    path,
    headers: { "content-type": "application/json", ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify(body),
  };
}

/** Each once: what has been submitted cannot be submitted again. */
export function takeEach(list: readonly Prepared[], make: (prepared: Prepared) => Call): () => Call {
  let at = 0;
  return () => {
    const next = list[at++];
    if (next === undefined) throw new Error("too few requests were prepared");
    return make(next);
  };
}

/** One after the other, and again from the first. */
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

/** Sends as fast as answers come, from 32 connections. @throws Error when anything but success is answered */
export async function fire(url: string, call: () => Call, amount: number): Promise<Fired> {
  const begun = performance.now();
  const result = await autocannon({
    url,
    connections,
    amount,
    // It looks whether all is answered once each so many milliseconds; by default a round would take whole seconds.
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
