/**
 * The columns of an application that acts may set, with their types in SQL.
 * State, version and the history's head are set by transition.ts itself.
 */
export const patchable = {
  plan_version: "integer",
  school_id: "uuid",
  confirmation_point_id: "uuid",
  authority_id: "uuid",
  review_body_id: "uuid",
  name: "text",
  registration_kind: "text",
  newly_hired: "boolean",
  certificate_kind: "text",
  certificate_issued_on: "date",
  certificate_number_index: "bytea",
  certificate_version: "text",
  post_kind: "text",
  subject: "text",
  form: "jsonb",
  form_sealed: "bytea",
  flags: "text[]",
  submitted_at: "timestamptz",
  reply_by: "timestamptz",
  answer_to: "text",
  withdrawal_asked_at: "timestamptz",
  withdrawal_released_at: "timestamptz",
  carried_over: "text",
  assisted_at: "timestamptz",
  assisted_fields: "text[]",
  attested_at: "timestamptz",
  ethics: "text",
  fit: "boolean",
  mark_with: "text",
  manifest_id: "uuid",
  preliminary_conclusion: "text",
  reviewed_conclusion: "text",
  final_conclusion: "text",
  notice_id: "uuid",
  published_conclusion: "text",
  report_id: "uuid",
  decision_id: "uuid",
} as const;
export type PatchColumn = keyof typeof patchable;

/** Values as PostgreSQL reads them from JSON text: instants and days as ISO strings, bytes as `\x…`. */
export type Patch = {
  readonly [C in PatchColumn]?: string | number | boolean | null | readonly string[] | object;
};

/** Bytes in the notation that PostgreSQL reads from text. */
export function bytesText(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString("hex")}`;
}
