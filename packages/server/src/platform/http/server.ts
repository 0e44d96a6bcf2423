import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { OpenAPIHandler } from "@orpc/openapi/fastify";
import { type AnyRouter, type Context, ORPCError } from "@orpc/server";
import { speakChinese } from "@shice/contract/input-sentences.zh.ts";
import type { Problem } from "@shice/contract/problem.ts";
import { problemOf } from "@shice/contract/problem-of.ts";
import type { AnyRefusal } from "@shice/contract/sentences.zh.ts";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Log } from "../log.ts";
import { serveDescription } from "./api-description.ts";
import { mayBeLarge, openAllPlaces } from "./body-places.ts";
import { packAnswers } from "./pack-answers.ts";
import { RefusalError } from "./refusal-error.ts";
import { refusalOfThrown } from "./refusal-of-thrown.ts";
import { requestNumber } from "./request-number.ts";
import { type Call, callOf, partsOf, type RequestParts } from "./request-parts.ts";
import { isFromForeignPage } from "./same-site.ts";
import { guardHeaders, securityHeadersOf } from "./security-headers.ts";
import { isWellFormed } from "./well-formed.ts";

export const bodyLimitBytes = 2 * 1024 * 1024;
/** Long enough for two megabytes over a poor line. */
const requestTimeoutMs = 180_000;

/** Said once for all schemas of the process: what is wrong with a field, in Chinese. */
speakChinese();

interface HttpOptions<C extends Context> {
  router: AnyRouter;
  /** Makes what the handlers get: session, services. */
  contextOf: (parts: RequestParts) => Promise<C>;
  log: Log;
  publicUrl?: string | undefined;
  /** The account that a request comes from, asked before a large body is read; absent: nobody is known. */
  findCaller?: (parts: RequestParts) => Promise<string | undefined>;
  /** Pages and streaming uploads, which are routes of their own beside the API's operations. */
  routes?: (app: FastifyInstance, contextOf: (request: FastifyRequest) => Promise<C>) => void;
}

/**
 * The HTTP server: the router's operations under /api, JSON in, JSON or problem+json out, each request numbered,
 * guarded and logged without personal data; the API described at /api/openapi.json and /api/docs.
 */
export function openHttp<C extends Context>(options: HttpOptions<C>): FastifyInstance {
  const { log, publicUrl } = options;
  const docsNonce = randomBytes(16).toString("base64url");
  const guards = { docsNonce, https: publicUrl?.startsWith("https:") === true };
  const app = Fastify({
    bodyLimit: bodyLimitBytes,
    genReqId: requestNumber,
    requestIdHeader: false,
    logger: false,
    // A proxy on this machine tells the caller's address; nobody else is believed.
    trustProxy: "loopback",
    forceCloseConnections: "idle",
    // What came in before the stop is served.
    return503OnClosing: false,
    // A body that comes drop by drop holds its place no longer.
    requestTimeout: requestTimeoutMs,
    // A path that cannot be decoded: no hook has run.
    frameworkErrors: (error, request, reply) => {
      reply.headers({ ...securityHeadersOf(request.url, guards), "x-request-id": request.id });
      sendProblem(reply, told(error, request, log));
    },
    clientErrorHandler: answerUnreadable,
  });
  // text/plain would let a foreign page's form post to us without the browser asking first.
  app.removeContentTypeParser("text/plain");
  guardHeaders(app, guards);
  app.addHook("onRequest", (request, _reply, done) => {
    done(isFromForeignPage(request, publicUrl) ? new RefusalError({ code: "request.forbidden" }) : undefined);
  });
  admitLargeBodies(app, options);
  logAnswers(app, log);
  finishAnswers(app);
  packAnswers(app);
  endConnectionsOnStop(app);
  app.setErrorHandler((error, request, reply) => sendProblem(reply, told(error, request, log)));
  app.setNotFoundHandler((request, reply) => sendProblem(reply, problemOf({ code: "request.not-found" }, request.id)));

  serveDescription(app, options.router, { nonce: docsNonce });
  serveOperations(app, options);
  options.routes?.(app, (request) => options.contextOf(partsOf(request)));
  return app;
}

/**
 * Gives large bodies their places before they are read, whatever path they are sent to: those of people who have signed
 * in, and all others.
 */
function admitLargeBodies<C extends Context>(app: FastifyInstance, { findCaller }: HttpOptions<C>): void {
  const places = openAllPlaces();
  app.addHook("onRequest", async (request, reply) => {
    if (!mayBeLarge(request)) return;
    const caller = await findCaller?.(partsOf(request));
    await (caller === undefined ? places.strangers.take(reply, request.ip) : places.known.take(reply, caller));
  });
}

/** Every operation of the contract, by oRPC, behind Fastify's own body parser and its limit. */
function serveOperations<C extends Context>(app: FastifyInstance, { router, contextOf, log }: HttpOptions<C>): void {
  const calls = new WeakMap<object, Call>();
  const handler = new OpenAPIHandler<C>(router, {
    // Our problem is the body; oRPC's own error only carries it there.
    customErrorResponseBodyEncoder: ({ data }: ORPCError<string, unknown>) => data,
    clientInterceptors: [
      ({ next, context, path, procedure }) => {
        const call = calls.get(context);
        if (call !== undefined) {
          call.operation = path.join(".");
          call.route = `/api${procedure["~orpc"].route.path ?? ""}`;
        }
        return next();
      },
    ],
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next();
        } catch (error) {
          const call = calls.get(context);
          // Before an operation was called, only the request can be at fault: a query that cannot be taken apart.
          const unread = call !== undefined && call.operation === undefined && !(error instanceof ORPCError);
          const problem = unread
            ? problemOf({ code: "request.malformed" }, call.request.id)
            : told(error, call?.request, log);
          throw new ORPCError(problem.code, { status: problem.status, message: problem.title, data: problem });
        }
      },
    ],
  });
  app.all("/api/*", async (request, reply) => {
    const context = await contextOf(partsOf(request));
    calls.set(context, callOf(request));
    if (!isWellFormed(request.body)) throw new RefusalError({ code: "request.malformed" });
    const { matched } = await handler.handle(request, reply, { prefix: "/api", context });
    if (!matched) throw new RefusalError({ code: "request.not-found" });
  });
}

/** What a thrown thing is answered with; what is a fault, or may be one, goes to the log under the request's number. */
function told(error: unknown, request: FastifyRequest | undefined, log: Log): Problem {
  const number = request?.id ?? requestNumber();
  const { refusal, event } = refusalOfThrown(error, { bodyLimitBytes });
  if (event !== undefined) log[event.level]({ request: number, err: event.err }, event.text);
  if (request !== undefined) noteRefusal(request, refusal);
  return problemOf(refusal, number);
}

function noteRefusal(request: FastifyRequest, refusal: AnyRefusal): void {
  const call = callOf(request);
  call.refusal = refusal.code;
  if (refusal.code === "request.rate-limited") {
    call.responseHeaders.set("retry-after", String(Math.max(1, Math.ceil(refusal.retryAfterSeconds))));
  } else if (refusal.code === "server.unavailable" || refusal.code === "server.busy") {
    call.responseHeaders.set("retry-after", "5");
  }
}

function sendProblem(reply: FastifyReply, problem: Problem): void {
  reply.code(problem.status).type("application/problem+json; charset=utf-8").send(problem);
}

/** oRPC sends its answers itself: headers that a handler set, and the type of a problem, are added on the way out. */
function finishAnswers(app: FastifyInstance): void {
  app.addHook("onSend", (request, reply, payload, done) => {
    const { responseHeaders } = callOf(request);
    for (const [name, value] of responseHeaders) if (name !== "set-cookie") reply.header(name, value);
    const cookies = responseHeaders.getSetCookie();
    if (cookies.length > 0) reply.header("set-cookie", cookies);
    if (reply.statusCode >= 400 && String(reply.getHeader("content-type")).startsWith("application/json")) {
      reply.header("content-type", "application/problem+json; charset=utf-8");
    }
    done(null, payload);
  });
}

/** Node closes the connections that are idle when a stop begins; those busy then are closed with their last answer. */
function endConnectionsOnStop(app: FastifyInstance): void {
  let stopping = false;
  app.addHook("preClose", (done) => {
    stopping = true;
    done();
  });
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (stopping) reply.header("connection", "close");
    done(null, payload);
  });
  app.addHook("onResponse", (_request, _reply, done) => {
    if (stopping) setImmediate(() => app.server.closeIdleConnections());
    done();
  });
}

function logAnswers(app: FastifyInstance, log: Log): void {
  app.addHook("onResponse", (request, reply, done) => {
    const { operation, route, caller, refusal } = callOf(request);
    log.info(
      {
        request: request.id,
        method: request.method,
        route: route ?? request.routeOptions.url ?? "-",
        ...(operation === undefined ? {} : { operation }),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(caller?.accountId === undefined ? {} : { account: caller.accountId }),
        ...(caller?.role === undefined ? {} : { role: caller.role }),
        ...(refusal === undefined ? {} : { code: refusal }),
      },
      "request",
    );
    done();
  });
}

/** Bytes that are no HTTP, or headers beyond all measure: answered in the same shape, since no request exists. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusOfUnreadable(error.code);
  const body = JSON.stringify({
    ...problemOf({ code: "request.malformed" }, requestNumber()),
    status: Number.parseInt(status, 10),
  });
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      "content-type: application/problem+json; charset=utf-8",
      `content-length: ${Buffer.byteLength(body)}`,
      "connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}

function statusOfUnreadable(code: string | undefined): string {
  if (code === "HPE_HEADER_OVERFLOW") return "431 Request Header Fields Too Large";
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? "408 Request Timeout" : "400 Bad Request";
}
