import { normaliseIdNumber } from "@shice/rules/identity/id-number.ts";
import type { Secrets } from "../platform/secrets.ts";

export const idNumberPurpose = "person.id-number";
export const emailPurpose = "account.email";
export const mobilePurpose = "account.mobile";

/** The blind index that stands for an ID number everywhere: person, roster, restriction list, past registrations. */
export function idNumberIndexOf(secrets: Secrets, idNumber: string): Buffer {
  return secrets.blindIndex(normaliseIdNumber(idNumber), idNumberPurpose);
}

export function emailIndexOf(secrets: Secrets, email: string): Buffer {
  return secrets.blindIndex(normaliseEmail(email), emailPurpose);
}

export function normaliseEmail(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}

/** What better-auth knows an account by, in the form of an address: applicants by ID number, staff by e-mail. */
export function signInNameOf(kind: "applicant" | "staff", index: Buffer): string {
  return `${index.toString("hex")}@${kind}.shice.invalid`;
}

/** What a person typed to sign in by: an ID number or an e-mail address, as its blind index. */
export interface TypedName {
  kind: "id-number" | "email";
  index: Buffer;
}

export function typedNameOf(secrets: Secrets, identifier: string): TypedName {
  return normaliseEmail(identifier).includes("@")
    ? { kind: "email", index: emailIndexOf(secrets, identifier) }
    : { kind: "id-number", index: idNumberIndexOf(secrets, identifier) };
}
