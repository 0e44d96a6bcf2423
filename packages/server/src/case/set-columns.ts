import type { Secrets } from "../platform/secrets.ts";
import { canonicalJson, type Json, type JsonObject } from "./history.ts";
import { type Patch, type PatchColumn, patchable } from "./patch.ts";

/** The columns of an application that acts may set, as a row has them. */
type SettableColumns = Readonly<Record<PatchColumn, unknown>>;

/**
 * Columns that a teacher, or the school for them, writes while the form is open (`isFormOpen`), without an act. Their
 * values are on record from the act that closes the form.
 */
const typedColumns = [
  "name",
  "school_id",
  "confirmation_point_id",
  "authority_id",
  "review_body_id",
  "newly_hired",
  "certificate_kind",
  "certificate_issued_on",
  "certificate_number_index",
  "post_kind",
  "subject",
  "form",
  "form_sealed",
  "flags",
  "assisted_at",
  "assisted_fields",
  "attested_at",
] as const satisfies readonly PatchColumn[];
const typed: ReadonlySet<string> = new Set(typedColumns);

/** Columns that say something of the person beyond the act: the history keeps keyed digests of them. */
const personal: ReadonlySet<string> = new Set([
  "name",
  "certificate_issued_on",
  "certificate_number_index",
  "subject",
  "form",
  "form_sealed",
  "carried_over",
  "ethics",
  "fit",
] satisfies PatchColumn[]);

export const patchColumns = Object.keys(patchable).filter((column): column is PatchColumn => column in patchable);

/** Whether the columns of the form change without an act in this state. */
export function isFormOpen(state: string): boolean {
  return state === "draft" || state === "returned";
}

export function isTypedColumn(column: string): boolean {
  return typed.has(column);
}

/**
 * What the history says of the columns that an act sets. An act on an open form also puts the form on record as it then
 * is: from there on nothing changes it but acts.
 */
export function setColumnsOf(
  secrets: Secrets,
  application: SettableColumns & { readonly id: string; readonly state: string; readonly version: number },
  patch: Patch,
): JsonObject {
  const { id, state, version } = application;
  const columns = patchColumns.filter((column) => column in patch || (isFormOpen(state) && isTypedColumn(column)));
  const values = columns.map((column) => {
    const value = column in patch ? patch[column] : application[column];
    return [column, columnValueOf(secrets, id, column, value)] as const;
  });
  return { version: version + 1, ...Object.fromEntries(values) };
}

/** An application with all that the first row of its history puts on record. */
export type StartedColumns = SettableColumns & {
  readonly id: string;
  readonly number: string;
  readonly person_id: string;
  readonly version: number;
};

/** What an application holds at a moment, as the history says it: where the replay of later acts begins. */
export function heldColumnsOf(secrets: Secrets, application: StartedColumns): JsonObject {
  const { id, number, person_id, version } = application;
  const held = patchColumns.map((column) => [column, columnValueOf(secrets, id, column, application[column])] as const);
  return { number, person_id, version, ...Object.fromEntries(held.filter(([, value]) => value !== null)) };
}

/** What a new application holds before anything is known of it. */
export const emptyColumns = {
  plan_version: null,
  school_id: null,
  confirmation_point_id: null,
  authority_id: null,
  review_body_id: null,
  name: null,
  registration_kind: "first",
  newly_hired: false,
  certificate_kind: null,
  certificate_issued_on: null,
  certificate_number_index: null,
  certificate_version: null,
  post_kind: null,
  subject: null,
  form: {},
  form_sealed: null,
  flags: [],
  submitted_at: null,
  reply_by: null,
  answer_to: null,
  withdrawal_asked_at: null,
  withdrawal_released_at: null,
  carried_over: null,
  assisted_at: null,
  assisted_fields: [],
  attested_at: null,
  ethics: null,
  fit: null,
  mark_with: null,
  manifest_id: null,
  preliminary_conclusion: null,
  reviewed_conclusion: null,
  final_conclusion: null,
  notice_id: null,
  published_conclusion: null,
  report_id: null,
  decision_id: null,
} as const satisfies SettableColumns;

/**
 * The one way a column's value is written in the history, from a patch or from a row as it was read: instants in UTC to
 * the microsecond, as PostgreSQL keeps them, bytes as hexadecimal. A personal value is a keyed digest, bound to its case
 * and column.
 */
function columnValueOf(secrets: Secrets, applicationId: string, column: PatchColumn, value: unknown): Json {
  const plain = plainValueOf(column, value);
  if (plain === null || !personal.has(column)) return plain;
  return secrets.macOf("column value", canonicalJson([applicationId, column, plain])).toString("base64url");
}

function plainValueOf(column: PatchColumn, value: unknown): Json {
  if (value === null || value === undefined) return null;
  switch (patchable[column]) {
    case "timestamptz":
      return Temporal.Instant.from(String(value)).round({ smallestUnit: "microsecond" }).toString();
    case "bytea":
      return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : String(value);
    case "jsonb":
    case "text[]":
      return JSON.parse(JSON.stringify(value));
    case "boolean":
      return value === true;
    case "integer":
      return Number(value);
    default:
      return String(value);
  }
}
