import type { State } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import { bytesText } from "../case/patch.ts";
import type { CasePlace } from "../case/school-place.ts";
import { stateText } from "../case/state-sql.ts";
import { sendMessages } from "../message/send-messages.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { spellingOf } from "../platform/spelling.ts";
import type { ActContext } from "../request/run-act.ts";

export const idNumberPurpose = "person.id-number";

export interface EntryRow {
  id: string;
  school_id: string;
  name: string;
  id_number_sealed: Buffer;
}

/** A teacher of the roster, by the entry's key or by the number of the document; only of the caller's own point. */
export async function findEntry(
  { tx, campaign }: ActContext,
  by: { id: string } | { index: Buffer },
): Promise<EntryRow | undefined> {
  return await tx
    .selectFrom("shice.roster_entry")
    .select(["id", "school_id", "name", "id_number_sealed"])
    .where("campaign_id", "=", campaign.id)
    .$if("id" in by, (query) => query.where("id", "=", "id" in by ? by.id : ""))
    .$if("index" in by, (query) => query.where("id_number_index", "=", "index" in by ? by.index : Buffer.alloc(0)))
    .executeTakeFirst();
}

/** Whether the number stands on the roster of any school, also where the caller does not see it. */
export async function isOnAnyRoster({ tx, campaign }: ActContext, index: Buffer): Promise<boolean> {
  const { rows } = await sql`
    select from shice.find_on_rosters(${campaign.id}, array[${bytesText(index)}::bytea])`.execute(tx);
  return rows.length > 0;
}

/** Puts somebody on the roster whom the clerk has before them: seen, and due until somebody says otherwise. */
export async function addEntry(
  { tx, campaign, actor, now, secrets }: ActContext,
  person: { name: string; documentKind: string; idNumber: string; index: Buffer },
  place: CasePlace,
): Promise<EntryRow> {
  const { pinyin, initials } = spellingOf(person.name);
  return await tx
    .insertInto("shice.roster_entry")
    .values({
      campaign_id: campaign.id,
      school_id: place.school_id,
      confirmation_point_id: place.confirmation_point_id,
      authority_id: place.authority_id,
      name: person.name,
      pinyin,
      initials,
      document_kind: person.documentKind,
      id_number_sealed: secrets.encrypt(person.idNumber, idNumberPurpose),
      id_number_index: person.index,
      standing: "due",
      source: "hand",
      entered_by: actor.accountId,
      entered_at: now,
      seen_by: actor.accountId,
      seen_at: now,
    })
    .returning(["id", "school_id", "name", "id_number_sealed"])
    .executeTakeFirstOrThrow();
}

interface TeacherRow {
  person_id: string;
  name: string;
  registered: boolean;
  application_id: string | null;
  state: State | null;
  place: "none" | "nowhere" | "here" | "elsewhere";
}

/** The person of a roster entry, made known where nobody has registered yet, and where their application lies. */
export async function getTeacher(
  { tx, now }: ActContext,
  entry: string,
  parts: { sex: string; bornOn: Temporal.PlainDate } | undefined,
): Promise<TeacherRow> {
  const { rows } = await sql<TeacherRow>`
    select * from shice.teacher_to_assist(${entry}, ${parts?.sex ?? null}, ${parts?.bornOn ?? null}::date, ${now})`.execute(
    tx,
  );
  const row = mustReturnRow(rows, "roster person select");
  return row;
}

/** A draft that no school has been chosen in becomes one of the entry's school. */
export async function takeUpDraft({ tx, now }: ActContext, entry: string): Promise<void> {
  await sql`select shice.take_up_draft(${entry}, ${now})`.execute(tx);
}

/** Takes over the roster's name for somebody who has not registered; false where that may not be. */
export async function correctUnregisteredName({ tx }: ActContext, entry: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select shice.correct_unregistered_name(${entry}) as done`.execute(tx);
  return rows[0]?.done === true;
}

/** Schools of the campaign that this point confirms: for teachers of these alone the clerk fills in. */
export async function listSchools({ tx, actor, campaign }: ActContext): Promise<{ id: string; name: string }[]> {
  const point = "id" in actor.scope ? actor.scope.id : null;
  const office = campaign.plan.confirmationPoint === "authority";
  const { rows } = await sql<{ id: string; name: string }>`
    select o.id, o.name from shice.school s join shice.organisation o on o.id = s.organisation_id
    join shice.campaign_body b on b.organisation_id = s.authority_id and b.campaign_id = ${campaign.id} and b.part = 'authority'
    where o.valid_to is null and case when ${office} then s.authority_id else s.confirmation_point_id end = ${point}
    order by o.name`.execute(tx);
  return rows;
}

export interface AssistedRow {
  id: string;
  number: string;
  name: string;
  school: string | null;
  state: State;
  assisted_at: Temporal.Instant;
  last_at: Temporal.Instant | null;
  clerk: string | null;
  attested_at: Temporal.Instant | null;
  asked_at: Temporal.Instant | null;
  registered: boolean;
}

/** What the school fills in or has filled in, the newest first; a draft that its teacher threw away is of no more use. */
export async function listAssisted(
  { tx, campaign }: ActContext,
  { attested, after, limit }: { attested: boolean; after: readonly string[] | undefined; limit: number },
): Promise<AssistedRow[]> {
  const { rows } = await sql<AssistedRow>`
    select a.id, a.number, a.name, o.name as school, a.state, a.assisted_at, s.at as last_at, s.clerk_name as clerk,
      a.attested_at, a.attestation_asked_at as asked_at,
      exists (select from shice.account c where c.person_id = a.person_id and c.kind = 'applicant' and c.disabled_at is null) as registered
    from shice.application a
    left join shice.organisation o on o.id = a.school_id
    left join lateral (select t.at, t.clerk_name from shice.assisted_save t
      where t.campaign_id = a.campaign_id and t.application_id = a.id order by t.at desc, t.id desc limit 1) s on true
    where a.campaign_id = ${campaign.id} and a.assisted_at is not null
      and ${attested ? sql`a.attested_at is not null` : sql`a.attested_at is null and a.state <> ${stateText("withdrawn")}`}
      ${after === undefined ? sql`` : sql`and (a.assisted_at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by a.assisted_at desc, a.id desc limit ${limit + 1}`.execute(tx);
  return rows;
}

/** Asks the teacher to look through what the school entered; the caller has seen that there is an account, and sends once a day. */
export async function askAttestation(
  { tx, campaign, now }: ActContext,
  applicationId: string,
  { day, end }: { day: string; end: string },
): Promise<void> {
  const teacher = sql`
    select a.campaign_id as campaign, a.id as application, c.id as account,
      jsonb_build_object('end', ${end}::text) as parameters, a.id || ':attestation-asked:' || ${day}::text as key
    from shice.application a
    join shice.account c on c.person_id = a.person_id and c.kind = 'applicant' and c.disabled_at is null
    where a.campaign_id = ${campaign.id} and a.id = ${applicationId}`;
  await sendMessages(tx, teacher, { template: "attestation-asked", now });
}

export async function hasAccount({ tx }: ActContext, personId: string): Promise<boolean> {
  const { rows } = await sql`
    select from shice.account where person_id = ${personId} and kind = 'applicant' and disabled_at is null limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Beside the version: a reminder changes nothing in the form that somebody may be typing. */
export async function noteAsked({ tx, campaign, now }: ActContext, applicationId: string): Promise<void> {
  await tx
    .updateTable("shice.application")
    .set({ attestation_asked_at: now })
    .where("campaign_id", "=", campaign.id)
    .where("id", "=", applicationId)
    .execute();
}
