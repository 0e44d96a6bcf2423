import { expect, test } from "vitest";
import { Problem } from "./problem.ts";
import { problemOf, refusalTextOf, statusOf } from "./problem-of.ts";
import type { AnyRefusal } from "./sentences.zh.ts";
import { findRefusalOf } from "./testing.ts";

const request = "7K2M-Q9XA-3FTD";

const refusals: readonly [AnyRefusal, number][] = [
  [{ code: "window.closed", stage: "apply", why: "nightly", opensAt: "2017-10-09T23:00:00Z" }, 409],
  [{ code: "case.changed", expected: 3, version: 4, last: null }, 409],
  [{ code: "duty.acted-before", duty: "review", acted: "confirm" }, 409],
  [{ code: "case.out-of-scope" }, 404],
  [{ code: "role.not-yours", role: "applicant", roles: ["school-clerk"] }, 403],
  [{ code: "conclusion.unknown", conclusion: "优秀", field: "conclusion" }, 422],
  [{ code: "input.invalid", fields: [{ path: "a.0", code: "input.too-small", sentence: "不得小于1。" }] }, 422],
  [{ code: "request.unauthenticated" }, 401],
  [{ code: "request.too-large", limitBytes: 2_097_152 }, 413],
  [{ code: "request.rate-limited", retryAfterSeconds: 30 }, 429],
  [{ code: "idempotency.running" }, 409],
  [{ code: "server.unavailable" }, 503],
];

test.for(refusals)("%j becomes a problem and comes back whole", ([refusal, status]) => {
  const problem = problemOf(refusal, request);
  expect(Problem.parse(problem)).toEqual(problem);
  expect(problem).toMatchObject({ type: `urn:shice:refusal:${refusal.code}`, code: refusal.code, status, request });
  expect(statusOf(refusal)).toBe(status);
  expect(findRefusalOf(JSON.parse(JSON.stringify(problem)))).toEqual(refusal);
});

test("a refusal in a row of a bulk act has its sentence, a separate field, and its figures in one object", () => {
  expect(refusalTextOf({ code: "conclusion.unknown", conclusion: "优秀", field: "conclusion" })).toEqual({
    code: "conclusion.unknown",
    sentence: "“优秀”不是本批次方案规定的注册结论。",
    field: "conclusion",
    figures: { conclusion: "优秀" },
  });
  expect(refusalTextOf({ code: "case.own" })).toEqual({ code: "case.own", sentence: expect.stringContaining("本人") });
});

test("a problem from another program is not read as a refusal of ours", () => {
  const foreign = { type: "about:blank", title: "Nope", status: 409, code: "toString", request };
  expect(findRefusalOf(foreign)).toBeUndefined();
});
