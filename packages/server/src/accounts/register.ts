import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { checkDocumentNumber, normaliseIdNumber, partsOfIdNumber } from "@shice/rules/identity/id-number.ts";
import { checkName, normaliseName } from "@shice/rules/identity/name.ts";
import type { RequestContext } from "../application/context.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { meOf } from "./me.ts";
import { isWeak } from "./password.ts";
import { ensurePerson } from "./queries.ts";
import { createSignIn, openedSession } from "./sessions.ts";
import { emailIndexOf, idNumberIndexOf, idNumberPurpose, normaliseEmail, signInNameOf } from "./sign-in-name.ts";

export interface Registration {
  documentKind: string;
  idNumber: string;
  name: string;
  mobile: string;
  email: string;
  password: string;
  privacyNotice: string;
}

/**
 * An applicant's own account. The answer for a number that is registered already is the same whoever asks.
 * @throws RefusalError account.id-number, account.name, account.mobile, account.password-weak, account.taken
 */
export async function register(context: RequestContext, input: Registration) {
  const { services } = context;
  const person = checkedPerson(input);
  if (!/^1\d{10}$/.test(input.mobile)) throw new RefusalError({ code: "account.mobile", field: "mobile" });
  const parts = [person.idNumber, person.name, input.mobile];
  if (isWeak(input.password, parts)) throw new RefusalError({ code: "account.password-weak", field: "password" });

  const { secrets } = services;
  const index = idNumberIndexOf(secrets, person.idNumber);
  const signInName = signInNameOf("applicant", index);
  const signedUp = await createSignIn(context, signInName, input.password);
  const now = services.clock.now();
  await services.database.inScope({ kind: "accounts" }, async (tx) => {
    const personId = await ensurePerson(tx, {
      name: person.name,
      documentKind: input.documentKind,
      idNumberSealed: secrets.encrypt(person.idNumber, idNumberPurpose),
      idNumberIndex: index,
      sex: person.parts?.sex ?? null,
      bornOn: person.parts?.bornOn ?? null,
      now,
    });
    await tx
      .insertInto("shice.account")
      .values({
        id: signedUp.accountId,
        kind: "applicant",
        person_id: personId,
        display_name: person.name,
        email_sealed: secrets.encrypt(normaliseEmail(input.email), "account.email"),
        email_index: emailIndexOf(secrets, input.email),
        mobile_sealed: secrets.encrypt(input.mobile, "account.mobile"),
        created_at: now,
        sign_in_name: signInName,
      })
      .execute();
  });
  await services.auth.call("/send-verification-email", { email: signInName }, context);
  return meOf(await openedSession(context, signedUp.response));
}

/** The person as the document names them; refused with the sentence of the first finding that blocks. */
export function checkedPerson(input: { documentKind: string; idNumber: string; name: string }) {
  const [finding] = checkDocumentNumber(input.documentKind, input.idNumber).filter((found) => found.level === "blocks");
  if (finding !== undefined) {
    throw new RefusalError({ code: "account.id-number", sentence: checksSentenceOf(finding), field: "idNumber" });
  }
  if (checkName(input.name).length > 0) throw new RefusalError({ code: "account.name", field: "name" });
  const idNumber = normaliseIdNumber(input.idNumber);
  return { idNumber, name: normaliseName(input.name), parts: partsOfIdNumber(idNumber) };
}
