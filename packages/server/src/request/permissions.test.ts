import { isContractProcedure } from "@orpc/contract";
import { type AnyProcedure, call, isProcedure } from "@orpc/server";
import { contract } from "@shice/contract/contract.ts";
import { type Actor, type ActorScope, type Role, roles, scopeOfPost } from "@shice/rules/lifecycle/role.ts";
import { describe, expect, test } from "vitest";
import { router } from "../app.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { RequestContext, Services } from "./context.ts";
import { type Verdict, verdicts } from "./permissions.expected.ts";

type Caller = Exclude<Role, "system"> | "nobody" | "without-a-post";
const callers: readonly Caller[] = [
  ...roles.filter((role): role is Exclude<Role, "system"> => role !== "system"),
  "nobody",
  "without-a-post",
];
const refusals: readonly unknown[] = ["request.unauthenticated", "request.forbidden"];
const id = "0198a000-0000-7000-8000-000000000001";

function listOperations(part: object, path: readonly string[] = []): string[] {
  return Object.entries(part).flatMap(([key, value]) =>
    isContractProcedure(value) ? [[...path, key].join(".")] : listOperations(value, [...path, key]),
  );
}

function procedureOf(operation: string): AnyProcedure {
  let part: unknown = router;
  for (const key of operation.split(".")) part = (part as Record<string, unknown>)[key];
  if (!isProcedure(part)) throw new Error(`no ctx does ${operation}`);
  return part;
}

/** Whatever lies behind the first net: it is reached or not, and does nothing. */
const services = new Proxy({} as Services, {
  get(_target, name) {
    if (name === "config") return { training: true };
    throw new Error("behind the first net");
  },
});

function scopeOf(role: Exclude<Role, "system">): ActorScope {
  return role === "applicant" ? { kind: "applicant", id } : scopeOfPost(role, { id, kind: "authority" });
}

function contextOf(caller: Caller): RequestContext {
  const actor: Actor | null =
    caller === "nobody" || caller === "without-a-post"
      ? null
      : {
          role: caller,
          accountId: id,
          personId: caller === "applicant" ? id : null,
          postId: caller === "applicant" ? null : id,
          organisationId: caller === "applicant" ? null : id,
          scope: scopeOf(caller),
        };
  return {
    services,
    requestId: id,
    address: "127.0.0.1",
    idempotency: null,
    requestHeaders: new Headers(),
    responseHeaders: new Headers(),
    session:
      caller === "nobody"
        ? null
        : {
            id,
            token: "",
            accountId: id,
            kind: caller === "applicant" ? "applicant" : "staff",
            personId: actor?.personId ?? null,
            name: "王一明",
            emailVerified: true,
            expiresAt: Temporal.Instant.from("2017-11-06T02:00:00Z"),
            posts: [],
            actor,
          },
  };
}

/** The code by which the first net refuses; anything else, a fault of the input too, means it let the call through. */
async function netsAnswer(operation: string, caller: Caller, input: unknown): Promise<string> {
  try {
    await call(procedureOf(operation), input, { context: contextOf(caller) });
  } catch (error) {
    if (error instanceof RefusalError && refusals.includes(error.refusal.code)) return error.refusal.code;
  }
  return "admitted";
}

function expectedAnswer(verdict: Verdict, caller: Caller): string {
  if (verdict === "anyone") return "admitted";
  if (caller === "nobody") return "request.unauthenticated";
  if (verdict === "signed-in") return "admitted";
  return caller !== "without-a-post" && verdict.includes(caller) ? "admitted" : "request.forbidden";
}

const operations = listOperations(contract);

test("every operation has a verdict, and every verdict an operation", () => {
  expect(Object.keys(verdicts).toSorted()).toEqual(operations.toSorted());
});

describe.each(operations)("%s", (operation) => {
  test.each([
    ["without input", undefined],
    ["with input of no sense", { campaign: 7, applications: "all", application: null, limit: "all" }],
  ])("is open to whom the verdict says and to nobody else, %s", async (_how, input) => {
    const answers: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const caller of callers) {
      answers[caller] = await netsAnswer(operation, caller, input);
      expected[caller] = expectedAnswer(verdicts[operation] ?? [], caller);
    }
    expect(answers).toEqual(expected);
  });
});

test("no human being acts as the system", () => {
  for (const verdict of Object.values(verdicts)) expect(verdict).not.toContain("system");
});

test.each(["account-administrator", "security-administrator", "auditor"] as const)(
  "%s is let through to no act on an application",
  (power) => {
    const modules = ["applicant", "confirmation", "preliminary", "notice", "report", "review", "decision", "marking"];
    const acts = operations.filter((operation) => {
      const [module = "", name = ""] = operation.split(".");
      return modules.includes(module) && !/^(?:list|get)/.test(name);
    });
    expect(acts.length).toBeGreaterThan(50);
    for (const operation of acts) expect([operation, verdicts[operation]?.includes(power)]).toEqual([operation, false]);
  },
);
