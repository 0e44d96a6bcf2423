import { confirmedByHistoryStates } from "@shice/rules/lifecycle/state.ts";
import { standings } from "@shice/rules/roster/standing.ts";
import { type CaseRow, isDue, type RosterRow, type StickerRow } from "@shice/rules/statistics/rows.ts";
import { sql } from "kysely";
import { stateList } from "../case/state-sql.ts";
import type { Tx } from "../platform/database/database.ts";

/** One person's case or roster entry with who it is: what a figure opens. */
type CaseOfPerson = CaseRow & Person;
type RosterOfPerson = RosterRow & Person;
const dueStandings = standings.filter(isDue);

interface Person {
  id: string;
  name: string;
  school: string;
  authorityId: string;
}

/**
 * Cases in the transaction's scope as the figures count them: of each person and authority the last application that was
 * ever submitted. Roster and application are matched inside one authority, so that each district's table adds up by
 * itself and the districts add up to the city.
 * A confirmation stands from `confirmed` on; where a case has left that path, its history tells.
 */
const cases = (campaignId: string) => sql`
  select distinct on (a.person_id, a.authority_id) a.id, a.name, o.name as school, a.authority_id as "authorityId",
    b.area_key as "areaKey", a.school_id as "schoolId", s.institution_kind as "institutionKind", a.state,
    true as "everSubmitted",
    case when a.state in ${stateList(["draft", "submitted"])} then false
      when a.state in ${stateList(confirmedByHistoryStates)} then coalesce((
        select h.transition = 'confirm' from shice.application_history h
        where h.campaign_id = a.campaign_id and h.application_id = a.id and h.transition in ('confirm', 'unconfirm', 'transfer')
        order by h.sequence desc limit 1), false)
      else true end as confirmed,
    exists (select from shice.roster_entry r join shice.person p on p.id_number_index = r.id_number_index
      where r.campaign_id = a.campaign_id and r.authority_id = a.authority_id and p.id = a.person_id
        and r.standing = any(${dueStandings})) as due,
    a.registration_kind as "registrationKind", a.preliminary_conclusion as "preliminaryConclusion",
    a.final_conclusion as "finalConclusion", a.mark_with as "markWith",
    (select count(*)::int from shice.objection j
      where j.campaign_id = a.campaign_id and j.application_id = a.id) as "objectionsRaised",
    (select count(*)::int from shice.objection j
      where j.campaign_id = a.campaign_id and j.application_id = a.id and j.outcome = 'upheld') as "objectionsUpheld"
  from shice.application a
  join shice.school s on s.organisation_id = a.school_id
  join shice.organisation o on o.id = a.school_id
  join shice.campaign_body b on b.campaign_id = a.campaign_id and b.organisation_id = a.authority_id and b.part = 'authority'
    and b.area_key is not null
  where a.campaign_id = ${campaignId} and a.submitted_at is not null
  order by a.person_id, a.authority_id, a.submitted_at desc, a.id desc`;

const caseFields = sql`"areaKey", "schoolId", "institutionKind", state, "everSubmitted", confirmed, due, "registrationKind",
  "preliminaryConclusion", "finalConclusion", "markWith", "objectionsRaised", "objectionsUpheld"`;

/** The roster in scope. Who has applied is counted at the school of the application, which may have changed since. */
const roster = (campaignId: string) => sql`
  select r.id, r.name, coalesce(ao.name, o.name) as school, r.authority_id as "authorityId", b.area_key as "areaKey",
    coalesce(a.school_id, r.school_id) as "schoolId", coalesce(aso.institution_kind, s.institution_kind) as "institutionKind",
    r.standing, r.reason,
    case when a.submitted_at is not null then 'submitted' when a.id is not null then 'draft' else 'none' end as application
  from shice.roster_entry r
  join shice.school s on s.organisation_id = r.school_id
  join shice.organisation o on o.id = r.school_id
  join shice.campaign_body b on b.campaign_id = r.campaign_id and b.organisation_id = r.authority_id and b.part = 'authority'
    and b.area_key is not null
  left join lateral (
    select a.id, a.submitted_at, a.school_id from shice.application a join shice.person p on p.id = a.person_id
    where a.campaign_id = r.campaign_id and a.authority_id = r.authority_id and p.id_number_index = r.id_number_index
    order by a.submitted_at desc nulls last, a.id desc limit 1) a on true
  left join shice.school aso on aso.organisation_id = a.school_id
  left join shice.organisation ao on ao.id = a.school_id
  where r.campaign_id = ${campaignId}`;

const rosterFields = sql`"areaKey", "schoolId", "institutionKind", standing, reason, application`;

/** Everything the figures are counted from, equal rows given once with their number. */
export async function loadRows(
  tx: Tx,
  campaignId: string,
): Promise<{ cases: CaseRow[]; roster: RosterRow[]; stickers: StickerRow[] }> {
  const { rows: caseRows } = await sql<CaseRow>`
    select ${caseFields}, count(*)::int as count from (${cases(campaignId)}) c group by ${caseFields}`.execute(tx);
  const { rows: rosterRows } = await sql<RosterRow>`
    select ${rosterFields}, count(*)::int as count from (${roster(campaignId)}) r group by ${rosterFields}`.execute(tx);
  const { rows: stickerRows } = await sql<StickerRow>`
    select b.area_key as "areaKey", sum(k.received)::int as received, sum(k.used)::int as used,
      sum(k.scrapped)::int as scrapped, sum(k.returned)::int as returned, sum(k.in_hand)::int as "inHand"
    from shice.sticker_balance k
    join shice.sticker_series s on s.id = k.series_id
    join shice.campaign_body b on b.campaign_id = s.campaign_id and b.organisation_id = k.organisation_id and b.part = 'authority'
      and b.area_key is not null
    where s.campaign_id = ${campaignId}
    group by b.area_key`.execute(tx);
  return { cases: caseRows, roster: rosterRows, stickers: stickerRows };
}

/** Persons in the order of their key, so many after a key: for the list behind a figure. */
export async function listCases(
  tx: Tx,
  campaignId: string,
  { authority, after, limit }: { authority: string | undefined; after: string | undefined; limit: number },
): Promise<CaseOfPerson[]> {
  const { rows } = await sql<CaseOfPerson>`
    select * from (${cases(campaignId)}) c
    where true ${authority === undefined ? sql`` : sql`and "authorityId" = ${authority}`}
      ${after === undefined ? sql`` : sql`and id > ${after}::uuid`}
    order by id limit ${limit}`.execute(tx);
  return rows;
}

export async function listRoster(
  tx: Tx,
  campaignId: string,
  { authority, after, limit }: { authority: string | undefined; after: string | undefined; limit: number },
): Promise<RosterOfPerson[]> {
  const { rows } = await sql<RosterOfPerson>`
    select * from (${roster(campaignId)}) r
    where true ${authority === undefined ? sql`` : sql`and "authorityId" = ${authority}`}
      ${after === undefined ? sql`` : sql`and id > ${after}::uuid`}
    order by id limit ${limit}`.execute(tx);
  return rows;
}
