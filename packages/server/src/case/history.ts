import { createHash } from "node:crypto";
import type { Secrets } from "../platform/secrets.ts";

/** One row of an application's history, as it is bound by its code. Instants are ISO strings in UTC, at most microseconds. */
export interface HistoryRow {
  campaignId: string;
  applicationId: string;
  sequence: number;
  transition: string;
  fromState: string | null;
  toState: string;
  at: string;
  role: string;
  accountId: string | null;
  personId: string | null;
  postId: string | null;
  organisationId: string | null;
  reason: string | null;
  record: JsonObject;
  changes: JsonObject;
  /** The application's columns that the act set (set-columns.ts). */
  sets: JsonObject;
  planVersion: number;
}

/** An application's end of its history, with what is believed of it without reading the history. */
export interface HistoryHead {
  campaign_id: string;
  id: string;
  last_sequence: number;
  last_hash: Uint8Array;
  state: string;
  final_conclusion: string | null;
  decision_id: string | null;
  certificate_kind: string | null;
}

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * JSON with sorted keys and no white space, so that the same values always give the same text
 * (the idea of RFC 8785; our values hold no exotic numbers).
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

/**
 * The keyed code that chains a history row to the one before in its application: over the previous code and the row's
 * canonical text. The first row's previous code is empty.
 */
export function historyMacOf(secrets: Secrets, previousHash: Uint8Array, row: HistoryRow): Buffer {
  const previous = Buffer.from(previousHash).toString("hex");
  return secrets.macOf("history", canonicalJson([previous, { ...row }]));
}

/**
 * The keyed code beside an application, over the end of its history. It is overwritten by each act, so that a history
 * cut at its end lacks the code that belongs to its new end. The certificate's kind counts once it is decided upon.
 */
export function headMacOf(secrets: Secrets, head: HistoryHead): Buffer {
  const { campaign_id, id, last_sequence, last_hash, state, final_conclusion, decision_id, certificate_kind } = head;
  const kind = decision_id === null ? null : certificate_kind;
  const hash = Buffer.from(last_hash).toString("hex");
  const text = canonicalJson([campaign_id, id, last_sequence, hash, state, final_conclusion, decision_id, kind]);
  return secrets.macOf("history head", text);
}

/**
 * How rows were chained before codes were keyed: SHA-256 over the previous hash and the row's canonical text. Such rows
 * are believed only as far as the seal of the upgrade covers them.
 */
export function plainHistoryHashOf(previousHash: Uint8Array, { sets: _, ...row }: HistoryRow): Buffer {
  return createHash("sha256")
    .update(previousHash)
    .update(canonicalJson({ ...row }))
    .digest();
}
