import { normaliseCertificateNumber } from "@shice/rules/certificate/number.ts";
import { ApplicationDraft, type ApplicationDraft as Draft, type FormField, isSealed } from "@shice/rules/form/form.ts";
import type { Secrets } from "../platform/secrets.ts";
import { bytesText, type Patch } from "./patch.ts";

const formPurpose = "application.form";

/** The two halves of a stored form: what may be read in a query, and what is sealed. */
export interface StoredForm {
  form: Record<string, unknown>;
  form_sealed: Buffer | null;
}

/** The form as it was entered, its sealed half opened. */
export function openForm(stored: StoredForm, secrets: Secrets): Draft {
  const sealed: unknown =
    stored.form_sealed === null ? {} : JSON.parse(secrets.decrypt(stored.form_sealed, formPurpose));
  return ApplicationDraft.parse({ ...stored.form, ...(typeof sealed === "object" ? sealed : {}) });
}

/** The form split for storing, and the columns that queues are filtered by. */
export function formPatchOf(form: Draft, secrets: Secrets): Patch {
  const entries = Object.entries(form).filter(([, value]) => value !== undefined);
  const open = Object.fromEntries(entries.filter(([name]) => !isSealed(name)));
  const sealed = Object.fromEntries(entries.filter(([name]) => isSealed(name)));
  const number = form.certificateNumber === undefined ? "" : normaliseCertificateNumber(form.certificateNumber);
  return {
    form: open,
    form_sealed: bytesText(secrets.encrypt(JSON.stringify(sealed), formPurpose)),
    newly_hired: form.newlyHired ?? false,
    certificate_kind: form.certificateKind ?? null,
    certificate_issued_on: form.certificateIssuedOn ?? null,
    certificate_number_index:
      number === "" ? null : bytesText(secrets.blindIndex(number, "application.certificate-number")),
    post_kind: form.postKind ?? null,
    subject: form.subject ?? null,
  };
}

/** What a history row may say of changed fields: both values, or that a sealed one changed. */
export function changesBetween(before: Draft, after: Draft, fields: readonly FormField[]) {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      isSealed(field) ? "sealed" : { from: jsonOf(before[field]), to: jsonOf(after[field]) },
    ]),
  );
}

function jsonOf(value: unknown) {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
