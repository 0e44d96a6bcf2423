import { createHash } from "node:crypto";

/** One row of an application's history, as it is hashed. Instants are ISO strings in UTC, at most microseconds. */
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
  planVersion: number;
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
 * The hash that chains a history row to the one before in its application: SHA-256 over the previous
 * hash and the row's canonical text. The first row's previous hash is empty.
 */
export function historyHashOf(previousHash: Uint8Array, row: HistoryRow): Buffer {
  return createHash("sha256")
    .update(previousHash)
    .update(canonicalJson({ ...row }))
    .digest();
}
