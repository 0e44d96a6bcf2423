import { createHash } from "node:crypto";
import { formValueText } from "@shice/contract/form-text.zh.ts";
import { fullDayText } from "@shice/contract/sentences/days.zh.ts";
import type { FormField } from "@shice/rules/form/form.ts";
import { documentKinds, nameOfCode } from "@shice/rules/form/lists.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { titleOf } from "@shice/rules/keys.ts";
import { stateTitles, unattestedTitle } from "@shice/rules/lifecycle/state.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import { sql } from "kysely";
import { canonicalJson } from "../case/history.ts";
import { baseOf } from "../case/proof.ts";
import { openForm } from "../case/sealed-form.ts";
import { type AttachmentRow, listAttachments, photoSlot } from "../form/attachments.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { barCode, qrCode } from "../platform/typesetting/codes.ts";
import type { ActContext } from "../request/run-act.ts";

interface PrintedRow {
  number: string;
  state: string;
  name: string;
  document_kind: string;
  id_number_sealed: Buffer;
  sex: string | null;
  born_on: string | null;
  form: Record<string, unknown>;
  form_sealed: Buffer | null;
  changed_at: Temporal.Instant;
  newly_hired: boolean;
  registration_kind: "first" | "periodic";
  school: string | null;
  lending_school: string | null;
  point: string | null;
  authority: string | null;
  earlier: number;
  assisted_at: Temporal.Instant | null;
  assisted_fields: string[];
}

/** One application as its sheets show it. */
export interface Printed {
  row: PrintedRow;
  /** A value of the form in words; empty where nothing was entered. */
  text: (field: FormField) => string;
  idNumber: string;
  stateTitle: string;
  isDraft: boolean;
  /** Of all that is printed, so that a sheet can be compared with the record: first 12 digits of SHA-256. */
  hash: string;
  photo: AttachmentRow | undefined;
  checklist: ReturnType<typeof checklistOf>;
  /** What a scanner reads at the desk. */
  address: string;
}

/** @throws RefusalError case.out-of-scope */
export async function getPrinted(ctx: ActContext, applicationId: string): Promise<Printed> {
  const { tx, campaign, secrets, services } = ctx;
  const { rows } = await sql<PrintedRow>`
    select a.number, a.state, a.name, a.assisted_at, a.assisted_fields, a.form, a.form_sealed, a.changed_at, a.newly_hired, a.registration_kind,
      p.document_kind, p.id_number_sealed, p.sex, p.born_on::text as born_on,
      (select o.name from shice.organisation o where o.id = a.school_id) as school,
      (select o.name from shice.organisation o where o.id = (a.form ->> 'lendingSchoolId')::uuid) as lending_school,
      (select o.name from shice.organisation o where o.id = a.confirmation_point_id) as point,
      (select o.name from shice.organisation o where o.id = a.authority_id) as authority,
      (select coalesce(max(g.ordinal), 0)::int from shice.past_registration g
        where g.id_number_index = p.id_number_index) as earlier
    from shice.application a join shice.person p on p.id = a.person_id
    where a.campaign_id = ${campaign.id} and a.id = ${applicationId}`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new RefusalError({ code: "case.out-of-scope" });
  const form = openForm(row, secrets);
  const named: Partial<Record<FormField, string | null>> = {
    schoolId: row.school,
    lendingSchoolId: row.lending_school,
  };
  const text = (field: FormField) => (field in named ? (named[field] ?? "") : formValueText(field, form[field]));
  const [photo] = await listAttachments(tx, campaign.id, applicationId, photoSlot);
  const idNumber = secrets.decrypt(row.id_number_sealed, "person.id-number");
  const printed = { number: row.number, name: row.name, idNumber, form, photo: photo?.sha256.toString("hex") ?? null };
  return {
    row,
    text,
    idNumber,
    stateTitle: row.state === "draft" && row.assisted_at !== null ? unattestedTitle : titleOf(stateTitles, row.state),
    isDraft: row.state === "draft",
    hash: createHash("sha256")
      .update(canonicalJson(JSON.parse(JSON.stringify(printed))))
      .digest("hex")
      .slice(0, 12),
    photo,
    checklist: checklistOf(campaign.plan, { newlyHired: row.newly_hired, registrationKind: row.registration_kind }),
    address: `${baseOf(services.config)}/office/${campaign.key}/case/${applicationId}`,
  };
}

export function documentKindText({ row }: Printed): string {
  return nameOfCode(documentKinds, row.document_kind);
}

export function sexText({ row }: Printed): string {
  return row.sex === "male" ? "男" : row.sex === "female" ? "女" : "";
}

/** 2017-10-09 → 2017年10月9日; anything else as it is. */
export function dayText(day: string | null): string {
  return day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? fullDayText(day) : (day ?? "");
}

/** A line of the form: title, value, whether it takes the whole width. */
export function lineOf(
  printed: Printed,
  field: FormField,
  { wide = false, value }: { wide?: boolean; value?: string } = {},
): [string, string, boolean] {
  return [fieldTitles[field], value ?? dayText(printed.text(field)), wide];
}

/** What stands on every sheet about an application: what it is, how it stands, and the codes that lead back to it. */
export function headOf({ campaign }: ActContext, printed: Printed) {
  return {
    number: printed.row.number,
    campaign: campaign.title,
    state: printed.stateTitle,
    hash: printed.hash,
    watermark: printed.isDraft ? "草稿" : null,
    barcode: barCode(printed.row.number),
    qr: qrCode(printed.address),
  };
}
