import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

export interface NewPerson {
  name: string;
  documentKind: string;
  idNumberSealed: Buffer;
  idNumberIndex: Buffer;
  sex: string | null;
  bornOn: Temporal.PlainDate | null;
  now: Temporal.Instant;
}

/** The person with this document, made where unknown: a human being is known once, as applicant and as staff. */
export async function ensurePerson(tx: Tx, person: NewPerson): Promise<string> {
  const row = await tx
    .insertInto("shice.person")
    .values({
      name: person.name,
      document_kind: person.documentKind,
      id_number_sealed: person.idNumberSealed,
      id_number_index: person.idNumberIndex,
      sex: person.sex,
      born_on: person.bornOn,
      created_at: person.now,
    })
    .onConflict((conflict) => conflict.columns(["document_kind", "id_number_index"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (row !== undefined) return row.id;
  const known = await tx
    .selectFrom("shice.person")
    .select("id")
    .where("document_kind", "=", person.documentKind)
    .where("id_number_index", "=", person.idNumberIndex)
    .executeTakeFirstOrThrow();
  return known.id;
}

export interface SignInAccount {
  id: string;
  kind: string;
  sign_in_name: string | null;
  locked_until: Temporal.Instant | null;
  disabled_at: Temporal.Instant | null;
}

/** The account that signs in by this name: an ID number's or e-mail's index. */
export async function findSignInAccount(
  tx: Tx,
  by: { signInNames: readonly string[]; emailIndex: Buffer },
): Promise<SignInAccount | undefined> {
  return await tx
    .selectFrom("shice.account")
    .select(["id", "kind", "sign_in_name", "locked_until", "disabled_at"])
    .where((where) =>
      where.or([where("sign_in_name", "in", [...by.signInNames]), where("email_index", "=", by.emailIndex)]),
    )
    .orderBy("kind", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Counts a failure; the fifth in a row locks the account for a quarter of an hour. */
export async function countFailure(tx: Tx, accountId: string, now: Temporal.Instant): Promise<void> {
  await sql`
    update shice.account set failed_sign_ins = failed_sign_ins + 1,
      locked_until = case when failed_sign_ins + 1 >= 5 then ${now.add({ minutes: 15 }).toString()}::timestamptz end
    where id = ${accountId}`.execute(tx);
}

export async function clearFailures(tx: Tx, accountId: string): Promise<void> {
  await sql`
    update shice.account set failed_sign_ins = 0, locked_until = null
    where id = ${accountId} and (failed_sign_ins > 0 or locked_until is not null)`.execute(tx);
}

export interface InvitationRow {
  id: string;
  role: string;
  organisation_id: string;
  name: string;
  email_sealed: Buffer;
  email_index: Buffer;
  invited_by: string | null;
  expires_at: Temporal.Instant;
}

/** An invitation that may still be accepted, locked so that it is accepted once. */
export async function findOpenInvitation(
  tx: Tx,
  tokenHash: Buffer,
  now: Temporal.Instant,
): Promise<InvitationRow | undefined> {
  return await tx
    .selectFrom("shice.invitation")
    .select(["id", "role", "organisation_id", "name", "email_sealed", "email_index", "invited_by", "expires_at"])
    .where("token_hash", "=", tokenHash)
    .where("accepted_at", "is", null)
    .where("withdrawn_at", "is", null)
    .where("expires_at", ">", now)
    .forUpdate()
    .executeTakeFirst();
}

export async function listLiveRoles(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("shice.post")
    .select("role")
    .where("account_id", "=", accountId)
    .where("valid_to", "is", null)
    .execute();
  return rows.map((row) => row.role);
}

/** Who acts here beside the caller: for the second person on a sticker's movement. */
export async function listColleagues(tx: Tx, organisationId: string, role: string | undefined) {
  const rows = await tx
    .selectFrom("shice.post as p")
    .innerJoin("shice.account as a", "a.id", "p.account_id")
    .select(["a.id", "a.display_name", "p.role"])
    .where("p.organisation_id", "=", organisationId)
    .where("p.valid_to", "is", null)
    .$if(role !== undefined, (query) => query.where("p.role", "=", role ?? ""))
    .orderBy("p.role")
    .orderBy("a.display_name")
    .execute();
  return rows.map((row) => ({ account: row.id, name: row.display_name, role: row.role }));
}
