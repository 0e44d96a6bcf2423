import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { listPasswordLacks } from "@shice/rules/account/password.ts";
import { checkDocumentNumber, normaliseIdNumber, partsOfIdNumber } from "@shice/rules/identity/id-number.ts";
import { checkName, nameKeyOf, normaliseName } from "@shice/rules/identity/name.ts";
import { z } from "zod";
import { brokenConstraintOf } from "../platform/database/constraint.ts";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Secrets } from "../platform/secrets.ts";
import { meOf } from "../request/account-view.ts";
import { auditRequest } from "../request/audit-request.ts";
import { spendProof } from "../request/challenge.ts";
import type { RequestContext } from "../request/context.ts";
import { cookieHeaderOf } from "./auth-answer.ts";
import { ensurePerson, findPerson, isApplicantKnown } from "./queries.ts";
import { createSignIn, openedSession } from "./sign-in.ts";
import {
  emailIndexOf,
  emailPurpose,
  idNumberIndexOf,
  idNumberPurpose,
  mobilePurpose,
  normaliseEmail,
  signInNameOf,
} from "./sign-in-name.ts";

interface Registration {
  documentKind: string;
  idNumber: string;
  name: string;
  mobile: string;
  email: string;
  password: string;
  privacyNotice: string;
  proof?: string | undefined;
}

/**
 * An applicant's own account. Whether the number or the e-mail is registered already, the refusal is one and the same.
 * @throws RefusalError account.id-number, account.name, account.mobile, account.email, account.password-weak,
 * account.person-differs, account.taken, account.being-made, account.proof-missing, account.proof-wrong, request.rate-limited
 */
export async function register(context: RequestContext, input: Registration) {
  const { services } = context;
  const { secrets, database } = services;
  const person = checkedPerson(input);
  const mobile = checkedMobile(input.mobile);
  const email = checkedEmail(input.email);
  if (listPasswordLacks(input.password, [person.idNumber, person.name, mobile]).length > 0) {
    throw new RefusalError({ code: "account.password-weak", field: "password" });
  }

  await spendProof(services, input.proof);
  const index = idNumberIndexOf(secrets, person.idNumber);
  const signInName = signInNameOf("applicant", index);
  const emailIndex = emailIndexOf(secrets, email);
  // Before anything is made: better-auth's part could not be rolled back with ours.
  await database.inScope({ kind: "accounts" }, async (tx) => {
    if (await isApplicantKnown(tx, { signInName, emailIndex })) throw new RefusalError({ code: "account.taken" });
    mustBeSamePerson(await findPerson(tx, input.documentKind, index), person.name);
  });
  const opened = await createSignIn(context, signInName, input.password);
  try {
    await database.inScope({ kind: "accounts" }, async (tx) => {
      const now = services.clock.now();
      const personId = await personIdOf(tx, secrets, person, now);
      await tx
        .insertInto("shice.account")
        .values({
          id: opened.accountId,
          kind: "applicant",
          person_id: personId,
          display_name: person.name,
          email_sealed: secrets.encrypt(email, emailPurpose),
          email_index: emailIndex,
          mobile_sealed: secrets.encrypt(mobile, mobilePurpose),
          privacy_notice: input.privacyNotice,
          created_at: now,
          sign_in_name: signInName,
        })
        .execute();
      const by = { accountId: opened.accountId, role: "applicant" as const };
      const detail = { privacyNotice: input.privacyNotice };
      await auditRequest(tx, context, {
        action: "register",
        subjectKind: "account",
        subjectId: opened.accountId,
        by,
        detail,
      });
    });
  } catch (error) {
    await opened.undo();
    // Another registration of the same person or e-mail came in between.
    if (brokenConstraintOf(error)?.startsWith("one_") === true) throw new RefusalError({ code: "account.taken" });
    throw error;
  }
  // With the new session: for others better-auth takes half a second, so as to tell nothing.
  const caller = { address: context.address, cookie: cookieHeaderOf(opened.response) };
  await services.auth.call("/send-verification-email", { email: signInName }, caller);
  return meOf(await openedSession(context, opened));
}

export interface CheckedPerson {
  documentKind: string;
  idNumber: string;
  name: string;
  parts: ReturnType<typeof partsOfIdNumber>;
}

/** The person as the document names them; refused with the sentence of the first finding that blocks. */
export function checkedPerson(input: { documentKind: string; idNumber: string; name: string }): CheckedPerson {
  const { documentKind } = input;
  const [finding] = checkDocumentNumber(documentKind, input.idNumber).filter((found) => found.level === "blocks");
  if (finding !== undefined) {
    throw new RefusalError({ code: "account.id-number", sentence: checksSentenceOf(finding), field: "idNumber" });
  }
  if (checkName(input.name).length > 0) throw new RefusalError({ code: "account.name", field: "name" });
  const idNumber = normaliseIdNumber(input.idNumber);
  return { documentKind, idNumber, name: normaliseName(input.name), parts: partsOfIdNumber(idNumber) };
}

/** @throws RefusalError account.mobile */
export function checkedMobile(text: string): string {
  const mobile = text.normalize("NFKC").replace(/[\s-]/g, "");
  if (!/^1\d{10}$/.test(mobile)) throw new RefusalError({ code: "account.mobile", field: "mobile" });
  return mobile;
}

/** @throws RefusalError account.email */
export function checkedEmail(email: string): string {
  const normal = normaliseEmail(email);
  if (!z.email().safeParse(normal).success) throw new RefusalError({ code: "account.email", field: "email" });
  return normal;
}

/** The id of the person, made where unknown. @throws RefusalError account.person-differs */
export async function personIdOf(
  tx: Tx,
  secrets: Secrets,
  person: CheckedPerson,
  now: Temporal.Instant,
): Promise<string> {
  const known = await ensurePerson(tx, {
    name: person.name,
    documentKind: person.documentKind,
    idNumberSealed: secrets.encrypt(person.idNumber, idNumberPurpose),
    idNumberIndex: idNumberIndexOf(secrets, person.idNumber),
    sex: person.parts?.sex ?? null,
    bornOn: person.parts?.bornOn ?? null,
    now,
  });
  mustBeSamePerson(known, person.name);
  return known.id;
}

/** One number is one human being: under another name it was mistyped, here or there. */
export function mustBeSamePerson(known: { name: string } | undefined, name: string): void {
  if (known !== undefined && nameKeyOf(known.name) !== nameKeyOf(name)) {
    throw new RefusalError({ code: "account.person-differs", field: "idNumber" });
  }
}
