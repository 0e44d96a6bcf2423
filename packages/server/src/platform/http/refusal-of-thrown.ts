import { ORPCError, ValidationError } from "@orpc/server";
import type { AnyRefusal } from "@shice/contract/sentences.zh.ts";
import { isDatabaseAway } from "../database/away.ts";
import { RefusalError } from "./refusal-error.ts";
import { UnavailableError } from "./unavailable-error.ts";

/** What a thrown thing is told as; `event` is set where the log must hear of it. */
interface Thrown {
  refusal: AnyRefusal;
  event?: { level: "warn" | "error"; text: string; err: unknown };
}

/**
 * Anything thrown while a request is served, as the refusal it is answered with: the one place where that is decided.
 * Refusals pass; wrong input names its fields; what collided with another act is a conflict; a database that is away is
 * said to be; everything else is a fault, logged and answered without detail.
 */
export function refusalOfThrown(error: unknown, { bodyLimitBytes }: { bodyLimitBytes: number }): Thrown {
  if (error instanceof RefusalError) return { refusal: error.refusal };
  if (isOrpcError(error)) return ofOrpc(error, bodyLimitBytes);
  const code = codeOf(error);
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE")
    return { refusal: { code: "request.too-large", limitBytes: bodyLimitBytes } };
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return { refusal: { code: "request.media-type" } };
  if (code.startsWith("FST_ERR_NOT_FOUND")) return { refusal: { code: "request.not-found" } };
  if (isClientFault(error)) return { refusal: { code: "request.malformed" } };
  if (collisions.has(code)) return { refusal: { code: "request.conflict" }, event: warn("conflict", error) };
  // What PostgreSQL cannot hold (a zero character, a year of seven digits) and no schema has caught.
  if (/^22[0-9A-Z]{3}$/.test(code)) {
    return { refusal: { code: "request.malformed" }, event: warn("input unfit for the database", error) };
  }
  if (error instanceof UnavailableError) {
    return { refusal: { code: "server.unavailable" }, event: { level: "error", text: error.message, err: error } };
  }
  if (isDatabaseAway(error)) {
    return {
      refusal: { code: "server.unavailable" },
      event: { level: "error", text: "database unavailable", err: error },
    };
  }
  return { refusal: { code: "server.error" }, event: { level: "error", text: "unexpected error", err: error } };
}

/** Unique and exclusion violations, failed serialisation, deadlock, a lock not gained in time. */
const collisions = new Set(["23505", "23P01", "40001", "40P01", "55P03"]);

function warn(text: string, err: unknown) {
  return { level: "warn", text, err } as const;
}

function ofOrpc(error: ORPCError<string, unknown>, bodyLimitBytes: number): Thrown {
  if (error.code === "BAD_REQUEST" && error.cause instanceof ValidationError) {
    const fields = error.cause.issues.map((issue) => ({
      path: (issue.path ?? []).map((part) => String(typeof part === "object" ? part.key : part)).join("."),
      code: issueCodeOf(issue),
      sentence: issue.message,
    }));
    return { refusal: { code: "input.invalid", fields } };
  }
  if (error.code === "BAD_REQUEST") return { refusal: { code: "request.malformed" } };
  if (error.code === "NOT_FOUND") return { refusal: { code: "request.not-found" } };
  if (error.cause !== undefined && !(error.cause instanceof ValidationError)) {
    return refusalOfThrown(error.cause, { bodyLimitBytes });
  }
  // An answer that is not what the contract promises: our fault, whatever was asked.
  return {
    refusal: { code: "server.error" },
    event: { level: "error", text: "answer unlike the contract", err: error },
  };
}

/** A check of our own names its code in the issue's `params`; otherwise Zod's kind of issue: `input.too-small`. */
function issueCodeOf(issue: object): string {
  const own: unknown =
    "params" in issue && typeof issue.params === "object" && issue.params !== null
      ? Reflect.get(issue.params, "code")
      : undefined;
  if (typeof own === "string") return own;
  return "code" in issue && typeof issue.code === "string"
    ? `input.${issue.code.replaceAll("_", "-")}`
    : "input.invalid";
}

function isOrpcError(error: unknown): error is ORPCError<string, unknown> {
  return error instanceof ORPCError;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Fastify marks what the caller did wrong with a status of 400 and above. */
function isClientFault(error: unknown): boolean {
  if (!(error instanceof Error) || !("statusCode" in error)) return false;
  const status = Number(error.statusCode);
  return status >= 400 && status < 500;
}
