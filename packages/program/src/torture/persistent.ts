import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Measure } from "@shice/rehearsal/measure.ts";
import type { TransitionName } from "@shice/rules/lifecycle/transition-names.ts";
import { z } from "zod";

/** An acknowledged act on an application: the state that its answer names, or its transition where it names none. */
export interface Acknowledged {
  application: string;
  result: string;
}

/** Acts whose answers name no state, by the end of their address; the application stands in the address. */
const actsWithoutState = new Map<string, TransitionName>([
  ["district-facts", "record-facts"],
  ["corrections", "ask-correction"],
  ["receive-conclusion", "sign-for"],
]);
export const transitionsWithoutState: readonly TransitionName[] = [...actsWithoutState.values()];

export interface Persistent {
  measure: Measure;
  /** Acknowledged acts, each once by its idempotency key, however often it was sent. */
  acknowledged(): Acknowledged[];
  /** Number of requests finally answered. */
  answered(): number;
  /** Number of requests sent again because no answer came or the database was unavailable. */
  repeated(): number;
  /** Internal errors where a refusal was expected. */
  faults(): string[];
}

const patienceMs = 180_000;
/** Refusals that mean "not yet". */
const wait = new Set(["idempotency.running", "account.being-made"]);

/**
 * Repeats each request until it is answered, as a good client does, with one idempotency key for all attempts. A
 * request before sign-in has no key, so its repetition is handled separately after a lost answer: a person already
 * registered signs in.
 */
export function makePersistent(measure: Measure): Persistent {
  const acts = new Map<string, Acknowledged[]>();
  const faults: string[] = [];
  let repeated = 0;
  let answered = 0;

  async function send(original: Request): Promise<Response> {
    const changes = original.method !== "GET";
    const headers = new Headers(original.headers);
    if (changes && !headers.has("idempotency-key")) headers.set("idempotency-key", randomUUID());
    const request = new Request(original, { headers });
    const begun = performance.now();
    for (let attempt = 1; ; attempt++) {
      const response = await measure.fetch(request.clone()).catch(() => undefined);
      const code = response === undefined || response.ok ? undefined : await codeOf(response);
      if (response?.status === 500) faults.push(`${request.method} ${new URL(request.url).pathname}`);
      const lost = response === undefined || response.status >= 500 || wait.has(code ?? "");
      if (!lost) {
        answered += 1;
        const answer = attempt === 1 ? response : await answerAfterLoss(request, response, code);
        if (changes && answer.ok) {
          const named = listActs(await answer.clone().json());
          note(headers.get("idempotency-key") ?? "", [...named, ...actWithoutStateOf(request.url)]);
        }
        return answer;
      }
      if (performance.now() - begun > patienceMs) {
        const last = response === undefined ? "silence" : `${response.status} ${code ?? ""}`;
        throw new Error(`no answer to ${request.method} ${request.url}, at last ${last}`);
      }
      repeated += 1;
      await sleep(Math.min(1000, 50 * attempt));
    }
  }

  /** The lost answer may have been a success: then the repetition is refused as already done. */
  async function answerAfterLoss(request: Request, response: Response, code: string | undefined): Promise<Response> {
    const { pathname, origin } = new URL(request.url);
    if (pathname === "/api/account/register" && code === "account.taken") {
      const { idNumber, password } = Registration.parse(await request.clone().json());
      return await send(
        new Request(`${origin}/api/account/sign-in`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ identifier: idNumber, password }),
        }),
      );
    }
    if (pathname === "/api/account/verify-email" && code === "token.spent") return Response.json({ done: true });
    return response;
  }

  function note(key: string, acknowledged: Acknowledged[]): void {
    if (!acts.has(key)) acts.set(key, acknowledged);
  }

  return {
    measure: { ...measure, fetch: send },
    acknowledged: () => [...acts.values()].flat(),
    answered: () => answered,
    repeated: () => repeated,
    faults: () => faults,
  };
}

async function codeOf(response: Response): Promise<string | undefined> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  if (typeof body !== "object" || body === null) return undefined;
  return "code" in body && typeof body.code === "string" ? body.code : undefined;
}

function actWithoutStateOf(url: string): Acknowledged[] {
  const [, application, name = ""] = /\/applications\/([^/]+)\/([^/]+)$/.exec(new URL(url).pathname) ?? [];
  const result = actsWithoutState.get(name);
  return application === undefined || result === undefined ? [] : [{ application, result }];
}

/** What a registration sends, as far as the sign-in after it needs it. */
const Registration = z.object({ idNumber: z.string(), password: z.string() });
/** The fields by which an object in an answer is known as the outcome of an act. */
const Done = z
  .object({ application: z.unknown(), state: z.unknown(), version: z.unknown(), ok: z.unknown() })
  .partial();

/** Every outcome of an act in an answer: of one application, or of the rows of a bulk act that were done. */
function listActs(value: unknown): Acknowledged[] {
  if (Array.isArray(value)) return value.flatMap(listActs);
  if (typeof value !== "object" || value === null) return [];
  const { application, state, version, ok } = Done.parse(value);
  if (typeof application === "string" && typeof state === "string" && typeof version === "number") {
    return ok === false ? [] : [{ application, result: state }];
  }
  return Object.values(value).flatMap(listActs);
}
