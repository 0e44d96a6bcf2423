import { problemOf } from "@shice/contract/problem-of.ts";
import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { callOf } from "./request-parts.ts";

/** What is measured beside the calls themselves, read when somebody asks. */
interface Measured {
  /** Connections of the pool: open, idle, and requests that wait for one. */
  pool(): { open: number; idle: number; waiting: number };
  /** Jobs by state; may fail while the database is away. */
  jobs(): Promise<Readonly<Record<string, number>>>;
}

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/**
 * Counts and times every call by operation, and tells it at /api/metrics in the format of Prometheus: to callers on this
 * machine alone, since a proxy passes on whose call it is. Names no person.
 */
export function serveMetrics(app: FastifyInstance, measured: Measured): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const calls = new Histogram({
    name: "shice_call_duration_seconds",
    help: "Calls by operation or route, method and status",
    labelNames: ["operation", "method", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  new Gauge({
    name: "shice_database_connections",
    help: "Connections of the program's pool; waiting: requests without one",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(measured.pool())) this.set({ state }, count);
    },
  });
  new Gauge({
    name: "shice_jobs",
    help: "Jobs in the queue by state",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      // Without the database there is nothing to tell of the queue; the rest is told all the same.
      const jobs = await measured.jobs().catch(() => ({}));
      this.reset();
      for (const [state, count] of Object.entries(jobs)) this.set({ state }, count);
    },
  });
  app.addHook("onResponse", (request, reply, done) => {
    const { operation } = callOf(request);
    const labels = { method: request.method, status: String(reply.statusCode) };
    calls.observe({ operation: operation ?? request.routeOptions.url ?? "-", ...labels }, reply.elapsedTime / 1000);
    done();
  });
  app.get("/api/metrics", async (request, reply) => {
    if (!loopback.has(request.ip)) {
      return reply
        .code(404)
        .type("application/problem+json; charset=utf-8")
        .send(problemOf({ code: "request.not-found" }, request.id));
    }
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
