import { createHash } from "node:crypto";
import { connect } from "node:net";
import { oc } from "@orpc/contract";
import { implement } from "@orpc/server";
import { findProblem, makeClientFor } from "@shice/contract/client.ts";
import { Problem } from "@shice/contract/problem.ts";
import { findRefusal } from "@shice/contract/testing.ts";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openLog } from "../log.ts";
import { RefusalError } from "./refusal-error.ts";
import type { RequestParts } from "./request-parts.ts";
import { bodyLimitBytes, openHttp } from "./server.ts";

const contract = {
  greet: oc
    .route({ method: "POST", path: "/people/{id}/greeting", summary: "问候" })
    .input(
      z.object({
        id: z.uuid(),
        name: z.string().min(2).max(50),
        ages: z.array(z.int().min(1)).optional(),
        email: z.email().optional(),
        mood: z.enum(["good", "bad"]).optional(),
      }),
    )
    .output(z.object({ text: z.string(), key: z.string().nullable(), post: z.string().nullable() })),
  refuse: oc.route({ method: "POST", path: "/refusal" }).input(z.object({ what: z.string() })),
  list: oc
    .route({ method: "GET", path: "/people" })
    .input(z.object({ limit: z.coerce.number().int().max(500).default(50) }))
    .output(z.object({ limit: z.int() })),
  remove: oc.route({ method: "DELETE", path: "/people/{id}" }).input(z.object({ id: z.string() })),
  wait: oc.route({ method: "POST", path: "/wait" }).output(z.object({ done: z.boolean() })),
  lie: oc.route({ method: "POST", path: "/lie" }).output(z.object({ number: z.int() })),
};

const lines: string[] = [];
const log = openLog("debug", { write: (line: string) => lines.push(line) });
const api = implement(contract).$context<{ parts: RequestParts }>();
let release = () => {};
let waiting: () => void = () => {};

const thrown: Record<string, () => unknown> = {
  window: () =>
    new RefusalError({ code: "window.closed", stage: "apply", why: "nightly", opensAt: "2017-10-09T23:00:00Z" }),
  "wrong-field": () => new RefusalError({ code: "conclusion.unknown", conclusion: "优秀", field: "conclusion" }),
  hidden: () => new RefusalError({ code: "case.out-of-scope" }),
  "rate-limited": () => new RefusalError({ code: "request.rate-limited", retryAfterSeconds: 30 }),
  unique: () =>
    Object.assign(new Error('duplicate key value violates "x"'), { code: "23505", detail: "Key (n)=（李建国）" }),
  deadlock: () => Object.assign(new Error("deadlock"), { code: "40P01" }),
  "zero-sign": () => Object.assign(new Error("invalid byte sequence"), { code: "22021" }),
  "database-gone": () => Object.assign(new Error("terminating connection"), { code: "57P01" }),
  "connection-lost": () => new Error("Connection terminated unexpectedly"),
  bug: () => new TypeError("cannot read 李建国 110105194912310021"),
  "no-error": () => "a text",
};

const router = {
  greet: api.greet.handler(({ input, context: { parts } }) => {
    parts.noteCaller({ accountId: "0198a000-0000-7000-8000-000000000009", role: "school-clerk" });
    parts.responseHeaders.append("set-cookie", "a=1; HttpOnly");
    parts.responseHeaders.append("set-cookie", "b=2; HttpOnly");
    return { text: `你好，${input.name}`, key: parts.idempotency?.key ?? null, post: parts.headers.get("shice-post") };
  }),
  refuse: api.refuse.handler(({ input }) => {
    throw thrown[input.what]?.();
  }),
  list: api.list.handler(({ input }) => input),
  remove: api.remove.handler(() => undefined),
  wait: api.wait.handler(async () => {
    await new Promise<void>((resolve) => {
      release = resolve;
      waiting();
    });
    return { done: true };
  }),
  lie: api.lie.handler(() => ({ number: "三" }) as unknown as { number: number }),
};

let app: FastifyInstance;
let url: string;
const id = "0198a000-0000-7000-8000-000000000001";

beforeAll(async () => {
  app = openHttp({ router, contextOf: async (parts) => ({ parts }), log });
  url = await app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => app.close());

/** The answer to a request that must fail, checked to be a whole problem. */
async function problemFrom(path: string, init: RequestInit = {}): Promise<{ problem: Problem; headers: Headers }> {
  const answer = await fetch(url + path, init);
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  const problem = Problem.parse(await answer.json());
  expect(problem.status).toBe(answer.status);
  expect(answer.headers.get("x-request-id")).toBe(problem.request);
  expect(problem.title).toMatch(/[。!]$/);
  return { problem, headers: answer.headers };
}

function post(body: string, headers: Record<string, string> = {}): RequestInit {
  return { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
}

test("a typed call is answered, with the cookies that the handler set", async () => {
  const cookies: string[] = [];
  const client = makeClientFor(contract, url, {
    post: () => "post-1",
    fetch: async (request) => {
      const answer = await fetch(request);
      cookies.push(...answer.headers.getSetCookie());
      return answer;
    },
  });
  const greeting = await client.greet({ id, name: "李建国" }, { context: { idempotencyKey: "a-key-of-mine" } });
  expect(greeting).toEqual({ text: "你好，李建国", key: "a-key-of-mine", post: "post-1" });
  expect(cookies).toEqual(["a=1; HttpOnly", "b=2; HttpOnly"]);
  expect(await client.list({ limit: 7 })).toEqual({ limit: 7 });
});

test("a refusal arrives at the client typed, with sentence, status and figures", async () => {
  const client = makeClientFor(contract, url);
  const error = await client.refuse({ what: "window" }).catch((failure: unknown) => failure);
  const refusal = findRefusal(error);
  expect(refusal).toEqual({ code: "window.closed", stage: "apply", why: "nightly", opensAt: "2017-10-09T23:00:00Z" });
  if (refusal?.code === "window.closed") expect(refusal.opensAt).toBe("2017-10-09T23:00:00Z");
  expect(findProblem(error)).toMatchObject({ status: 409, title: expect.stringContaining("2017年10月10日7:00") });
});

test("the client tells a proxy's error page from a problem", async () => {
  const client = makeClientFor(contract, url, {
    fetch: async () => new Response("<h1>502</h1>", { status: 502, headers: { "content-type": "text/html" } }),
  });
  const error = await client.list({}).catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(Error);
  expect(findProblem(error)).toBeUndefined();
});

test("wrong input names every field, its path and what to do, and does not repeat what was entered", async () => {
  const body = JSON.stringify({ name: "李", ages: [3, 0], email: "110105194912310021", mood: "so-so" });
  const { problem } = await problemFrom(`/api/people/${id}/greeting`, post(body));
  expect(problem).toMatchObject({ status: 422, code: "input.invalid" });
  expect(problem.fields).toEqual([
    { path: "name", code: "input.too-small", sentence: "不得少于2个字符。" },
    { path: "ages.1", code: "input.too-small", sentence: "不得小于1。" },
    { path: "email", code: "input.invalid-format", sentence: "请填写有效的电子邮箱，如 zhang@example.com。" },
    { path: "mood", code: "input.invalid-value", sentence: "请在所列选项中选择。" },
  ]);
  expect(JSON.stringify(problem)).not.toContain("110105194912310021");
  const missing = await problemFrom(`/api/people/${id}/greeting`, post("{}"));
  expect(missing.problem.fields).toEqual([
    { path: "name", code: "input.invalid-type", sentence: "此项为必填项，请填写。" },
  ]);
});

test.for([
  ["broken JSON", "/api/refusal", post('{"what":'), 400, "request.malformed"],
  ["an empty body called JSON", "/api/refusal", post(""), 400, "request.malformed"],
  ["__proto__", "/api/refusal", post('{"__proto__":{"what":"bug"}}'), 400, "request.malformed"],
  ["constructor.prototype", "/api/refusal", post('{"constructor":{"prototype":{"a":1}}}'), 400, "request.malformed"],
  ["text/plain", "/api/refusal", post('{"what":"bug"}', { "content-type": "text/plain" }), 415, "request.media-type"],
  [
    "a form",
    "/api/refusal",
    post("what=bug", { "content-type": "application/x-www-form-urlencoded" }),
    415,
    "request.media-type",
  ],
  ["an unknown path", "/api/nothing", {}, 404, "request.not-found"],
  ["the wrong verb", "/api/refusal", { method: "PUT" }, 404, "request.not-found"],
  ["a path outside the API", "/nothing", {}, 404, "request.not-found"],
  ["a path that cannot be decoded", "/api/%zz", {}, 400, "request.malformed"],
  ["a query of strange brackets", "/api/people?limit[a]=1&limit[b][]=2", {}, 422, "input.invalid"],
  ["an idempotency key too short", "/api/refusal", post("{}", { "idempotency-key": "short" }), 422, "input.invalid"],
] as const)("%s is refused", async ([, path, init, status, code]) => {
  const { problem } = await problemFrom(path, { ...init });
  expect([problem.status, problem.code]).toEqual([status, code]);
});

test("multipart is refused", async () => {
  const form = new FormData();
  form.set("what", "bug");
  const { problem } = await problemFrom("/api/refusal", { method: "POST", body: form });
  expect(problem.code).toBe("request.media-type");
});

test("a body over the limit is refused, one at the limit is read", async () => {
  const frame = JSON.stringify({ what: "" }).length;
  const over = await problemFrom(
    "/api/refusal",
    post(JSON.stringify({ what: "x".repeat(bodyLimitBytes - frame + 1) })),
  );
  expect(over.problem).toMatchObject({
    status: 413,
    code: "request.too-large",
    figures: { limitBytes: bodyLimitBytes },
  });
  const at = await problemFrom("/api/refusal", post(JSON.stringify({ what: "x".repeat(bodyLimitBytes - frame) })));
  expect(at.problem.status).toBe(500);
});

test.for([
  ["window", 409, "window.closed"],
  ["wrong-field", 422, "conclusion.unknown"],
  ["hidden", 404, "case.out-of-scope"],
  ["rate-limited", 429, "request.rate-limited"],
  ["unique", 409, "request.conflict"],
  ["deadlock", 409, "request.conflict"],
  ["zero-sign", 400, "request.malformed"],
  ["database-gone", 503, "server.unavailable"],
  ["connection-lost", 503, "server.unavailable"],
  ["bug", 500, "server.error"],
  ["no-error", 500, "server.error"],
] as const)("thrown %s is answered %i %s", async ([what, status, code]) => {
  const { problem, headers } = await problemFrom("/api/refusal", post(JSON.stringify({ what })));
  expect([problem.status, problem.code]).toEqual([status, code]);
  expect(JSON.stringify(problem)).not.toMatch(/李建国|110105/);
  const retryAfter = { 429: "30", 503: "5" }[problem.status] ?? null;
  expect(headers.get("retry-after")).toBe(retryAfter);
});

test("an answer unlike the contract is our fault, and its content stays inside", async () => {
  const { problem } = await problemFrom("/api/lie", { method: "POST" });
  expect(problem.code).toBe("server.error");
  expect(JSON.stringify(problem)).not.toContain("三");
});

test("an act sent by a foreign page is refused; one by our page or a program is not", async () => {
  const remove = (headers: Record<string, string>) => fetch(`${url}/api/people/1`, { method: "DELETE", headers });
  expect((await remove({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await remove({ "sec-fetch-site": "same-site" })).status).toBe(403);
  expect((await remove({ origin: "https://foreign.example" })).status).toBe(403);
  expect((await remove({ origin: "null" })).status).toBe(403);
  expect((await remove({ "sec-fetch-site": "same-origin", origin: url })).status).toBe(200);
  expect((await remove({ origin: url })).status).toBe(200);
  expect((await remove({})).status).toBe(200);
});

test("the hash of a request covers verb, path, post and body", async () => {
  const seen: string[] = [];
  const watch = openHttp({
    router,
    log,
    contextOf: async (parts) => {
      seen.push(parts.idempotency?.requestHash.toString("hex") ?? "none");
      return { parts };
    },
  });
  const at = await watch.listen({ host: "127.0.0.1", port: 0 });
  const send = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(at + path, post(body, { "idempotency-key": "12345678", ...headers }));
  await send("/api/refusal", '{"what":"window"}');
  await send("/api/refusal", '{"what": "window"}');
  await send("/api/refusal", '{"what":"hidden"}');
  await send("/api/refusal?a=1", '{"what":"window"}');
  await send("/api/refusal", '{"what":"window"}', { "shice-post": "p" });
  await watch.close();
  expect(seen[0]).toHaveLength(createHash("sha256").update("").digest("hex").length);
  expect(seen[1]).toBe(seen[0]);
  expect(new Set(seen).size).toBe(4);
});

test("bytes that are no HTTP get a problem and the end of the connection", async () => {
  const { port } = new URL(url);
  const text = await new Promise<string>((resolve, reject) => {
    let received = "";
    const socket = connect(Number(port), "127.0.0.1", () => socket.write("NOT HTTP AT ALL\r\n\r\n"));
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("end", () => resolve(received));
    socket.on("error", reject);
  });
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  expect(Problem.parse(JSON.parse(text.split("\r\n\r\n")[1] ?? "")).code).toBe("request.malformed");
});

test("every answer carries the guards; the API's lets nothing run", async () => {
  const answer = await fetch(`${url}/api/people`);
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  const page = await fetch(`${url}/nothing`);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
  expect(page.headers.get("content-security-policy")).not.toMatch(/script-src|unsafe-eval/);
});

test("the description is OpenAPI 3.1 with our problem as every operation's error", async () => {
  // biome-ignore lint/suspicious/noExplicitAny: a document read as it comes
  const document: any = await (await fetch(`${url}/api/openapi.json`)).json();
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.components.schemas.Problem.required).toEqual(["type", "title", "status", "code", "request"]);
  const greet = document.paths["/people/{id}/greeting"].post;
  expect(greet.summary).toBe("问候");
  expect(greet.responses.default.content["application/problem+json"].schema.$ref).toBe("#/components/schemas/Problem");
  expect(greet.parameters.map(({ name }: { name: string }) => name)).toEqual(["id", "shice-post", "idempotency-key"]);
  expect(document.paths["/people"].get.parameters.map(({ name }: { name: string }) => name)).toEqual([
    "limit",
    "shice-post",
  ]);
});

test("the readable description names no other host and runs only the script with its nonce", async () => {
  const answer = await fetch(`${url}/api/docs/`);
  const text = await answer.text();
  const nonce = /script-src 'self' 'nonce-([\w-]{20,})'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1];
  expect(nonce).toBeDefined();
  expect(text.match(/<script/g)).toHaveLength(text.split(`nonce="${nonce}"`).length - 1);
  expect(text).not.toMatch(/https?:\/\//);
  expect(text).toMatch(/"telemetry": false/);
  expect(text).toMatch(/"withDefaultFonts": false/);
  const script = await fetch(`${url}/api/docs/js/scalar.js`);
  expect(script.headers.get("content-type")).toMatch(/javascript/);
  expect((await script.text()).length).toBeGreaterThan(100_000);
});

test("a stop lets a running request end, closes idle connections and takes no new ones", async () => {
  const stopping = openHttp({ router, contextOf: async (parts) => ({ parts }), log });
  const at = await stopping.listen({ host: "127.0.0.1", port: 0 });
  await fetch(`${at}/api/people`);
  const begun = new Promise<void>((resolve) => {
    waiting = resolve;
  });
  const slow = fetch(`${at}/api/wait`, { method: "POST" });
  await begun;
  let closed = false;
  const closing = stopping.close().then(() => {
    closed = true;
  });
  await expect(fetch(`${at}/api/people`)).rejects.toThrow();
  expect(closed).toBe(false);
  release();
  const answer = await slow;
  expect([answer.status, await answer.json()]).toEqual([200, { done: true }]);
  await closing;
});

test("the log names route, operation, account and role, and nothing that was entered", async () => {
  lines.length = 0;
  const planted = ["110105194912310021", "13812345678", "李建国", "li.jianguo@example.com", "秘密的理由"];
  const [idNumber, mobile, name, email, reason] = planted;
  const asked = encodeURIComponent(`${name}${idNumber}`);
  const headers = {
    "user-agent": `${name}`.replace(/./g, "x") + mobile,
    cookie: `s=${mobile}`,
    "idempotency-key": `${idNumber}`,
  };
  await fetch(
    `${url}/api/people/${asked}/greeting?q=${asked}&mail=${email}`,
    post(JSON.stringify({ name: reason }), headers),
  );
  await fetch(`${url}/api/people/${id}/greeting?q=${mobile}`, post(JSON.stringify({ name, email }), headers));
  await fetch(`${url}/${asked}/${mobile}?q=${email}`);
  await fetch(`${url}/api/${asked}/${mobile}`, { method: "POST" });
  await fetch(`${url}/api/%zz${idNumber}`);
  for (const what of Object.keys(thrown)) await fetch(`${url}/api/refusal?q=${email}`, post(JSON.stringify({ what })));
  const text = lines.join("");
  expect(lines.length).toBeGreaterThan(10);
  for (const secret of planted) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encodeURIComponent(`${secret}`));
  }
  const greeted = lines.map((line) => JSON.parse(line)).find((line) => line.account !== undefined);
  expect(greeted).toMatchObject({
    operation: "greet",
    route: "/api/people/{id}/greeting",
    method: "POST",
    status: 200,
    role: "school-clerk",
    msg: "request",
  });
  const fault = lines.map((line) => JSON.parse(line)).find((line) => line.err?.kind === "TypeError");
  expect(fault.err.stack[0]).toContain("server.test.ts");
});
