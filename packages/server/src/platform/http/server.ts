import { createHash } from "node:crypto";
import { isIP } from "node:net";
import { OpenAPIHandler } from "@orpc/openapi/fastify";
import { type AnyRouter, type Context, ORPCError, ValidationError } from "@orpc/server";
import { type Problem, problemOf } from "@shice/contract/problem.ts";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from "fastify";
import { z } from "zod";
import type { Log } from "../log.ts";
import { RefusalError } from "./refusal-error.ts";
import { guardHeaders } from "./security-headers.ts";

export const bodyLimitBytes = 2 * 1024 * 1024;

z.config({ ...z.locales.zhCN(), jitless: true });

/** The header values and marks of one request that the rooms need. */
export interface RequestParts {
  requestId: string;
  address: string;
  headers: Headers;
  responseHeaders: Headers;
  idempotency: { key: string; requestHash: Buffer } | null;
}

/**
 * The HTTP server: oRPC's router under /api, JSON in, JSON or problem+json out, each request numbered and logged
 * without personal data. `contextOf` makes what the handlers get (session, services).
 */
export function openHttp<C extends Context>({
  router,
  contextOf,
  log,
}: {
  router: AnyRouter;
  contextOf: (parts: RequestParts) => Promise<C>;
  log: Log;
}): FastifyInstance {
  const app = Fastify({
    bodyLimit: bodyLimitBytes,
    genReqId: () => crypto.randomUUID(),
    logger: false,
    trustProxy: "loopback",
    forceCloseConnections: "idle",
    return503OnClosing: true,
  });
  // text/plain would let a foreign page's form post to us without the browser asking first.
  app.removeContentTypeParser("text/plain");
  guardHeaders(app);
  app.addHook("onResponse", (request, reply, done) => {
    log.info(
      {
        request: request.id,
        method: request.method,
        route: patternOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      "request",
    );
    done();
  });
  app.addHook("onSend", (request, reply, payload, done) => {
    const cookies = cookiesToSet.get(request.raw)?.getSetCookie() ?? [];
    if (cookies.length > 0) reply.header("set-cookie", cookies);
    if (reply.statusCode >= 400 && reply.getHeader("content-type")?.toString().includes("json") === true) {
      reply.header("content-type", "application/problem+json; charset=utf-8");
    }
    done(null, payload);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOfThrown(error, request.id, log);
    reply.code(problem.status).type("application/problem+json").send(problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const problem = problemOf({ code: "request.not-found" }, request.id);
    reply.code(404).type("application/problem+json").send(problem);
  });

  const handler = new OpenAPIHandler(router, {
    customErrorResponseBodyEncoder: (error) => problemData(error),
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next();
        } catch (error) {
          throw orpcErrorOf(error, Reflect.get(context, "requestId"), log);
        }
      },
    ],
  });
  app.all("/api/*", async (request, reply) => {
    const parts = partsOf(request);
    const context = await contextOf(parts);
    const { matched } = await handler.handle(request, reply, { prefix: "/api", context });
    if (!matched) throw new RefusalError({ code: "request.not-found" });
  });
  return app;
}

/** oRPC sends the answer itself; cookies that a handler set are added on its way out. */
const cookiesToSet = new WeakMap<object, Headers>();

function partsOf(request: FastifyRequest): RequestParts {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const key = headers.get("idempotency-key");
  const responseHeaders = new Headers();
  cookiesToSet.set(request.raw, responseHeaders);
  return {
    requestId: request.id,
    address: isIP(request.ip) === 0 ? "0.0.0.0" : request.ip,
    headers,
    responseHeaders,
    idempotency: key === null ? null : { key, requestHash: hashOf(request) },
  };
}

function hashOf(request: FastifyRequest): Buffer {
  return createHash("sha256")
    .update(`${request.method} ${request.url}\n`)
    .update(JSON.stringify(request.body ?? null))
    .digest();
}

/** The route as it is written in the contract: never the path itself, which holds identifiers and searches. */
function patternOf(request: FastifyRequest): string {
  const path = request.url.split("?")[0] ?? "";
  if (!path.startsWith("/api/")) return request.routeOptions.url ?? "unknown";
  return path
    .split("/")
    .map((part, at) => (at < 3 || /^[a-z]+(-[a-z]+)*$/.test(part) ? part : "{}"))
    .join("/");
}

/** Fastify's own errors, and what was thrown outside oRPC. */
function problemOfThrown(error: unknown, requestId: string, log: Log): Problem {
  if (error instanceof RefusalError) return problemOf(error.refusal, requestId);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE")
    return problemOf({ code: "request.too-large", limitBytes: bodyLimitBytes }, requestId);
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return problemOf({ code: "request.media-type" }, requestId);
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) return problemOf({ code: "request.malformed" }, requestId);
  log.error({ request: requestId, err: error }, "unexpected error");
  return problemOf({ code: "server.error" }, requestId);
}

/** Anything thrown in a handler, as oRPC's error carrying our problem: the one place where that is decided. */
function orpcErrorOf(error: unknown, requestId: string, log: Log): ORPCError<string, Problem> {
  const problem = isOrpcError(error) ? problemOfOrpc(error, requestId, log) : problemOfInner(error, requestId, log);
  return new ORPCError(problem.code, { defined: false, status: problem.status, message: problem.title, data: problem });
}

function isOrpcError(error: unknown): error is ORPCError<string, unknown> {
  return error instanceof ORPCError;
}

function problemOfOrpc(error: ORPCError<string, unknown>, requestId: string, log: Log): Problem {
  if (error.code === "BAD_REQUEST" && error.cause instanceof ValidationError) {
    const fields = error.cause.issues.map((issue) => ({
      path: (issue.path ?? []).map((part) => String(typeof part === "object" ? part.key : part)).join("."),
      sentence: issue.message,
    }));
    return problemOf({ code: "input.invalid", fields }, requestId);
  }
  if (error.code === "BAD_REQUEST") return problemOf({ code: "request.malformed" }, requestId);
  if (error.code === "NOT_FOUND") return problemOf({ code: "request.not-found" }, requestId);
  log.error({ request: requestId, err: error.cause ?? error }, "unexpected error");
  return problemOf({ code: "server.error" }, requestId);
}

/** Unique violations and failed serialisation are conflicts with another act; a lost database is told as such. */
function problemOfInner(error: unknown, requestId: string, log: Log): Problem {
  if (error instanceof RefusalError) return problemOf(error.refusal, requestId);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (["23505", "40001", "40P01", "55P03"].includes(code)) {
    log.warn({ request: requestId, err: error }, "conflict");
    return problemOf({ code: "request.conflict" }, requestId);
  }
  if (/^(08|53|57P)/.test(code) || ["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE"].includes(code)) {
    log.error({ request: requestId, err: error }, "database unavailable");
    return problemOf({ code: "server.unavailable" }, requestId);
  }
  log.error({ request: requestId, err: error }, "unexpected error");
  return problemOf({ code: "server.error" }, requestId);
}

function problemData(error: ORPCError<string, unknown>): unknown {
  return error.data;
}
