import { Problem } from "@shice/contract/problem.ts";

/** Measurements of a rehearsal's calls: number, duration and refusals. */
export interface Measure {
  fetch(request: Request): Promise<Response>;
  calls(): Record<string, { calls: number; p50Ms: number; p99Ms: number; maxMs: number }>;
  refusals(): Record<string, number>;
  /** One example sentence for each refusal. */
  sentences(): Record<string, string>;
  requests(): number;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Measures every request that passes through it. The signal aborts running requests and refuses the next. */
export function startMeasure(signal?: AbortSignal): Measure {
  const times = new Map<string, number[]>();
  const refused = new Map<string, number>();
  const said = new Map<string, string>();
  let requests = 0;
  return {
    async fetch(request) {
      const begun = performance.now();
      const response = await fetch(request, signal === undefined ? {} : { signal });
      const name = `${request.method} ${new URL(request.url).pathname.replace(uuid, "{}").replace(/\/campaigns\/[^/]+/, "/campaigns/{}")}`;
      const list = times.get(name) ?? [];
      list.push(performance.now() - begun);
      times.set(name, list);
      requests += 1;
      if (response.status >= 400) {
        const { data: problem } = Problem.safeParse(await response.clone().json());
        const { code, title } = problem ?? { code: String(response.status), title: "" };
        refused.set(code, (refused.get(code) ?? 0) + 1);
        said.set(code, title);
      }
      return response;
    },
    calls: () =>
      Object.fromEntries(
        [...times]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, list]) => {
            const sorted = list.toSorted((a, b) => a - b);
            const at = (share: number) =>
              Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
            return [name, { calls: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }];
          }),
      ),
    refusals: () => Object.fromEntries([...refused].sort(([a], [b]) => (a < b ? -1 : 1))),
    sentences: () => Object.fromEntries(said),
    requests: () => requests,
  };
}
