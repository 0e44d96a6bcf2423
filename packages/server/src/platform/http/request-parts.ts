import { createHash } from "node:crypto";
import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import { RefusalError } from "./refusal-error.ts";

/** Who the log names as the caller. */
interface Caller {
  accountId?: string | undefined;
  role?: string | undefined;
}

/** What the modules need of one request. */
export interface RequestParts {
  requestId: string;
  /** The caller's address, for rate limits alone. */
  address: string;
  headers: Headers;
  /** Sent with the answer: cookies. */
  responseHeaders: Headers;
  /** The header `idempotency-key`, with a hash of what was asked under which post. */
  idempotency: { key: string; requestHash: Buffer } | null;
  /** Tells the log who is calling, once the session is known. */
  noteCaller(caller: Caller): void;
}

/** What becomes known of a request while it is served. */
export interface Call {
  request: FastifyRequest;
  responseHeaders: Headers;
  route?: string;
  operation?: string;
  caller?: Caller;
  refusal?: string;
}

const calls = new WeakMap<object, Call>();

export function callOf(request: FastifyRequest): Call {
  const known = calls.get(request.raw);
  if (known !== undefined) return known;
  const call: Call = { request, responseHeaders: new Headers() };
  calls.set(request.raw, call);
  return call;
}

/** @throws RefusalError input.invalid for an idempotency key of a wrong length or with strange signs */
export function partsOf(request: FastifyRequest): RequestParts {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const call = callOf(request);
  return {
    requestId: request.id,
    address: isIP(request.ip) === 0 ? "0.0.0.0" : request.ip,
    headers,
    responseHeaders: call.responseHeaders,
    idempotency: idempotencyOf(request, headers),
    noteCaller: (caller) => {
      call.caller = caller;
    },
  };
}

/** Only of requests whose body has been read: a stream has nothing yet by which a repetition could be known. */
function idempotencyOf(request: FastifyRequest, headers: Headers): RequestParts["idempotency"] {
  const key = headers.get("idempotency-key");
  const unread = request.body === undefined && Number(headers.get("content-length") ?? 0) > 0;
  if (key === null || unread) return null;
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) {
    const sentence = "idempotency-key 应为8至200个英文字母、数字或符号。";
    throw new RefusalError({
      code: "input.invalid",
      fields: [{ path: "idempotency-key", code: "input.invalid-format", sentence }],
    });
  }
  const requestHash = createHash("sha256")
    .update(`${request.method} ${request.url}\n${headers.get("shice-post") ?? ""}\n`)
    .update(JSON.stringify(request.body ?? null))
    .digest();
  return { key, requestHash };
}
