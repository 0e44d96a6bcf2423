import type { StaffRole } from "@shice/rules/lifecycle/role.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { signInNameOf, type TypedName } from "./sign-in-name.ts";

interface NewPerson {
  name: string;
  documentKind: string;
  idNumberSealed: Buffer;
  idNumberIndex: Buffer;
  sex: string | null;
  bornOn: Temporal.PlainDate | null;
  now: Temporal.Instant;
}

/** The person with this document, made where unknown: a human being is known once, as applicant and as staff. */
export async function ensurePerson(tx: Tx, person: NewPerson): Promise<{ id: string; name: string }> {
  const made = await tx
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
    .returning(["id", "name"])
    .executeTakeFirst();
  if (made !== undefined) return made;
  const known = await findPerson(tx, person.documentKind, person.idNumberIndex);
  if (known === undefined) throw new Error("the person exists but was not found");
  return known;
}

export async function findPerson(
  tx: Tx,
  documentKind: string,
  idNumberIndex: Buffer,
): Promise<{ id: string; name: string } | undefined> {
  return await tx
    .selectFrom("shice.person")
    .select(["id", "name"])
    .where("document_kind", "=", documentKind)
    .where("id_number_index", "=", idNumberIndex)
    .executeTakeFirst();
}

export interface SignInAccount {
  id: string;
  kind: "applicant" | "staff";
  person_id: string | null;
  sign_in_name: string | null;
}

/**
 * The accounts in use that what was typed may mean: by an ID number the applicant's, by an e-mail the staff account
 * and then the applicant's. A teacher who is the school's clerk too has both, and signs in to the first by the number.
 */
export async function listSignInAccounts(tx: Tx, { kind, index }: TypedName): Promise<SignInAccount[]> {
  return await tx
    .selectFrom("shice.account")
    .select(["id", "kind", "person_id", "sign_in_name"])
    .where("disabled_at", "is", null)
    .$if(kind === "id-number", (query) => query.where("sign_in_name", "=", signInNameOf("applicant", index)))
    .$if(kind === "email", (query) => query.where("email_index", "=", index))
    .orderBy("kind", "desc")
    .execute();
}

export async function findStaffAccount(tx: Tx, emailIndex: Buffer): Promise<SignInAccount | undefined> {
  return await tx
    .selectFrom("shice.account")
    .select(["id", "kind", "person_id", "sign_in_name"])
    .where("sign_in_name", "=", signInNameOf("staff", emailIndex))
    .executeTakeFirst();
}

/** Whether an applicant is known by this sign-in name or e-mail. */
export async function isApplicantKnown(tx: Tx, by: { signInName: string; emailIndex: Buffer }): Promise<boolean> {
  const row = await tx
    .selectFrom("shice.account")
    .select("id")
    .where("kind", "=", "applicant")
    .where((where) =>
      where.or([
        where("sign_in_name", "=", by.signInName),
        where.and([where("email_index", "=", by.emailIndex), where("disabled_at", "is", null)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface TokenHolder {
  id: string;
  kind: "applicant" | "staff";
  name: string;
  sign_in_name: string | null;
  email_index: Buffer | null;
  mobile_sealed: Buffer | null;
  id_number_sealed: Buffer | null;
}

/** Whose new password a mailed token would set. */
export async function findTokenHolder(
  tx: Tx,
  token: string,
  machineNow: Temporal.Instant,
): Promise<TokenHolder | undefined> {
  const { rows } = await sql<TokenHolder>`
    select a.id, a.kind, a.display_name as name, a.sign_in_name, a.email_index, a.mobile_sealed, p.id_number_sealed
    from shice.account a left join shice.person p on p.id = a.person_id
    where a.id = shice.account_of_reset_token(${token}, ${machineNow})`.execute(tx);
  return rows[0];
}

/** The token that was mailed to the address has come back. */
export async function proveEmail(tx: Tx, accountId: string): Promise<void> {
  await sql`select shice.prove_email(${accountId}::uuid)`.execute(tx);
}

export interface InvitationRow {
  id: string;
  role: StaffRole;
  organisation_id: string;
  name: string;
  email_sealed: Buffer;
  email_index: Buffer;
  invited_by: string | null;
}

/** An invitation that may still be accepted, locked so that it is accepted once. */
export async function findOpenInvitation(
  tx: Tx,
  tokenHash: Buffer,
  now: Temporal.Instant,
): Promise<InvitationRow | undefined> {
  return await tx
    .selectFrom("shice.invitation")
    .select(["id", "role", "organisation_id", "name", "email_sealed", "email_index", "invited_by"])
    .where("token_hash", "=", tokenHash)
    .where("accepted_at", "is", null)
    .where("withdrawn_at", "is", null)
    .where("expires_at", ">", now)
    .forUpdate()
    .executeTakeFirst();
}

interface PlaceRow {
  id: string;
  kind: string;
  name: string;
  operates: boolean;
  confirms: boolean;
}

/** A body or school that still exists, with the parts it plays that matter for posts. */
export async function findPlace(tx: Tx, organisationId: string): Promise<PlaceRow | undefined> {
  const { rows } = await sql<PlaceRow>`
    select o.id, o.kind, o.name,
      exists (select from shice.campaign_body b where b.organisation_id = o.id and b.part = 'operator') as operates,
      exists (select from shice.school s where s.confirmation_point_id = o.id)
        or exists (select from shice.campaign_body b
          join shice.campaign c on c.id = b.campaign_id
          join shice.plan_version v on v.campaign_id = c.id and v.version = c.plan_version
          where b.organisation_id = o.id and b.part = 'authority' and v.plan->>'confirmationPoint' = 'authority') as confirms
    from shice.organisation o where o.id = ${organisationId} and o.valid_to is null`.execute(tx);
  return rows[0];
}

/**
 * The roles that a human being holds now, under all accounts; two acceptances at once wait for each other here, so
 * that neither overlooks the other's post.
 */
export async function listRolesOfPerson(tx: Tx, personId: string, now: Temporal.Instant): Promise<StaffRole[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${personId}::text, 7233003))`.execute(tx);
  const rows = await tx
    .selectFrom("shice.post as p")
    .innerJoin("shice.account as a", "a.id", "p.account_id")
    .select("p.role")
    .where("a.person_id", "=", personId)
    .where((where) => where.or([where("p.valid_to", "is", null), where("p.valid_to", ">", now)]))
    .execute();
  return rows.map((row) => row.role);
}

/** Who acts here beside the caller: for the second person on a sticker's movement. */
export async function listColleagues(tx: Tx, organisationId: string, role: StaffRole | undefined) {
  const rows = await tx
    .selectFrom("shice.post as p")
    .innerJoin("shice.account as a", "a.id", "p.account_id")
    .select(["a.id", "a.display_name", "p.role"])
    .where("p.organisation_id", "=", organisationId)
    .where("p.valid_to", "is", null)
    .where((where) => (role === undefined ? where.lit(true) : where("p.role", "=", role)))
    .orderBy("p.role")
    .orderBy("a.display_name")
    .execute();
  return rows.map((row) => ({ account: row.id, name: row.display_name, role: row.role }));
}
