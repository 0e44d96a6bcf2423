import { sql } from "kysely";
import type { JsonObject } from "../case/history.ts";
import { movementContent } from "../case/movement-code.ts";
import { stateText } from "../case/state-sql.ts";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";

export interface SeriesRow {
  id: string;
  prefix: string;
  digits: number;
}

export async function writeSeries(
  tx: Tx,
  campaignId: string,
  { prefix, digits }: { prefix: string; digits: number },
  now: Temporal.Instant,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into shice.sticker_series (campaign_id, prefix, digits, created_at)
    values (${campaignId}, ${prefix}, ${digits}, ${now.toString()}::timestamptz) returning id`.execute(tx);
  const row = mustReturnRow(rows, "sticker series insert");
  return row.id;
}

export async function findSeries(tx: Tx, campaignId: string, seriesId: string): Promise<SeriesRow | undefined> {
  const { rows } = await sql<SeriesRow>`
    select id, prefix, digits from shice.sticker_series where campaign_id = ${campaignId} and id = ${seriesId}`.execute(
    tx,
  );
  return rows[0];
}

export async function listSeries(tx: Tx, campaignId: string): Promise<SeriesRow[]> {
  const { rows } = await sql<SeriesRow>`
    select id, prefix, digits from shice.sticker_series where campaign_id = ${campaignId} order by prefix`.execute(tx);
  return rows;
}

/** Whether another human being's account holds this post now at this organisation. */
export async function isHeldByAnother(
  tx: Tx,
  post: { accountId: string; role: string; organisationId: string; notPersonId: string | null },
  now: Temporal.Instant,
): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select exists (
      select from shice.post p join shice.account a on a.id = p.account_id
      where p.account_id = ${post.accountId} and p.role = ${post.role} and p.organisation_id = ${post.organisationId}
        and p.valid_from <= ${now.toString()}::timestamptz
        and (p.valid_to is null or p.valid_to > ${now.toString()}::timestamptz)
        and a.disabled_at is null and (a.person_id is null or a.person_id is distinct from ${post.notPersonId}::uuid)) as held`.execute(
    tx,
  );
  return rows[0]?.held === true;
}

/** The review body that an authority's cases go to. */
export async function findReviewBodyOf(tx: Tx, campaignId: string, authorityId: string): Promise<string | null> {
  const { rows } = await sql<{ review_body_id: string | null }>`
    select review_body_id from shice.campaign_body
    where campaign_id = ${campaignId} and organisation_id = ${authorityId} and part = 'authority'`.execute(tx);
  return rows[0]?.review_body_id ?? null;
}

/** Where a district's stickers of a series come from, and so go back to: whoever issued to it last. */
export async function findIssuerOf(tx: Tx, seriesId: string, authorityId: string): Promise<string | null> {
  const { rows } = await sql<{ issuer: string | null }>`
    select from_organisation_id as issuer from shice.sticker_movement
    where series_id = ${seriesId} and kind = 'issue' and to_organisation_id = ${authorityId}
    order by at desc, id desc limit 1`.execute(tx);
  return rows[0]?.issuer ?? null;
}

/** One movement as asked; `until` is the first serial after the range. */
export interface Move {
  series: string;
  from: bigint;
  until: bigint;
  kind: "receive" | "print" | "issue" | "return" | "use" | "recall" | "scrap";
  fromOrganisation: string | null;
  toOrganisation: string;
  conclusion?: string | undefined;
  application?: { campaignId: string; id: string } | undefined;
  custodian: string;
  handler: string;
  witness?: string | undefined;
  reason?: string | undefined;
  document?: string | undefined;
}

/** Moves stickers by the store's own function, the only way there is; broken constraints come through as thrown. */
export async function moveStickers(
  tx: Tx,
  move: Move,
  now: Temporal.Instant,
): Promise<{ id: string; content: JsonObject }> {
  const { rows: moved } = await sql<{ id: string }>`
    select shice.move_stickers(${move.series}::uuid, int8range(${move.from.toString()}::bigint, ${move.until.toString()}::bigint),
      ${move.kind}, ${move.fromOrganisation}::uuid, ${move.toOrganisation}::uuid, ${move.conclusion ?? null},
      ${move.application?.campaignId ?? null}::uuid, ${move.application?.id ?? null}::uuid,
      ${move.custodian}::uuid, ${move.handler}::uuid, ${move.witness ?? null}, ${move.reason ?? null},
      ${move.document ?? null}, ${now.toString()}::timestamptz) as id`.execute(tx);
  const movement = mustReturnRow(moved, "sticker movement insert");
  const { rows } = await sql<{ id: string; content: JsonObject }>`
    select m.id, ${movementContent} as content from shice.sticker_movement m where m.id = ${movement.id}`.execute(tx);
  return mustReturnRow(rows, "sticker movement select");
}

export interface MovementRow {
  id: string;
  kind: "receive" | "print" | "issue" | "return" | "use" | "recall" | "scrap";
  first: string;
  last: string;
  count: string;
  from_place: string | null;
  to_place: string | null;
  custodian: string;
  handler: string;
  witness: string | null;
  reason: string | null;
  at: Temporal.Instant;
}

/** Serials are shown as long as the series prints them; a place in stock is shown by its organisation's name. */
const movementColumns = sql`m.id, m.kind, lpad(lower(m.serials)::text, s.digits, '0') as first,
  lpad((upper(m.serials) - 1)::text, s.digits, '0') as last, (upper(m.serials) - lower(m.serials))::text as count,
  f.name as from_place, t.name as to_place, c.display_name as custodian, h.display_name as handler, m.witness, m.reason, m.at`;
const movementTables = sql`shice.sticker_movement m
  join shice.sticker_series s on s.id = m.series_id
  left join shice.organisation f on f.id = m.from_organisation_id
  left join shice.organisation t on t.id = m.to_organisation_id
  join shice.account c on c.id = m.custodian_id
  join shice.account h on h.id = m.handler_id`;

export async function getMovement(tx: Tx, movementId: string): Promise<MovementRow> {
  const { rows } =
    await sql<MovementRow>`select ${movementColumns} from ${movementTables} where m.id = ${movementId}`.execute(tx);
  const row = mustReturnRow(rows, "sticker movement select");
  return row;
}

/** Newest first, one more than the page. */
export async function listMovements(
  tx: Tx,
  campaignId: string,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<MovementRow[]> {
  const { rows } = await sql<MovementRow>`
    select ${movementColumns} from ${movementTables}
    where s.campaign_id = ${campaignId}
      ${after === undefined ? sql`` : sql`and (m.at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by m.at desc, m.id desc
    limit ${limit + 1}`.execute(tx);
  return rows;
}

interface BalanceRow {
  organisation: string;
  organisationId: string;
  series: string;
  prefix: string;
  received: string;
  issued: string;
  used: string;
  scrapped: string;
  returned: string;
  inHand: string;
}

export async function listBalances(tx: Tx, campaignId: string): Promise<BalanceRow[]> {
  const { rows } = await sql<BalanceRow>`
    select o.name as organisation, o.id as "organisationId", s.id as series, s.prefix, b.received::text, b.issued::text,
      b.used::text, b.scrapped::text, b.returned::text, b.in_hand::text as "inHand"
    from shice.sticker_balance b
    join shice.sticker_series s on s.id = b.series_id
    join shice.organisation o on o.id = b.organisation_id
    where s.campaign_id = ${campaignId}
    order by o.kind, o.name, s.prefix`.execute(tx);
  return rows;
}

interface NeedRow {
  authority: string;
  authorityId: string;
  conclusion: string;
  needed: number;
  printedInHand: string;
}

/** By district and conclusion: cases that wait for a sticker, and stickers printed so that lie there (按实际注册数领取). */
export async function listNeeds(tx: Tx, campaignId: string): Promise<NeedRow[]> {
  const { rows } = await sql<NeedRow>`
    with waiting as (
      select authority_id, final_conclusion as conclusion, count(*)::int as needed
      from shice.application
      where campaign_id = ${campaignId} and state = ${stateText("concluded")} and mark_with = 'sticker'
      group by 1, 2
    ), printed as (
      select h.organisation_id as authority_id, h.printed_conclusion as conclusion,
        sum(upper(h.serials) - lower(h.serials)) as in_hand
      from shice.sticker_holding h join shice.sticker_series s on s.id = h.series_id
      where s.campaign_id = ${campaignId} and h.place = 'stock' and h.printed_conclusion is not null
        and h.organisation_id in (select organisation_id from shice.campaign_body where campaign_id = ${campaignId} and part = 'authority')
      group by 1, 2
    )
    select o.name as authority, authority_id as "authorityId", conclusion, coalesce(w.needed, 0) as needed,
      coalesce(p.in_hand, 0)::text as "printedInHand"
    from waiting w full join printed p using (authority_id, conclusion)
    join shice.organisation o on o.id = authority_id
    order by o.name, conclusion`.execute(tx);
  return rows;
}

interface HoldingRow {
  series: string;
  organisation: string;
  from: string;
  to: string;
  printedConclusion: string | null;
}

/** What lies in stock, as ranges; neighbours that were split by movements are shown as one. */
export async function listHoldings(tx: Tx, campaignId: string): Promise<HoldingRow[]> {
  const { rows } = await sql<HoldingRow>`
    with joined as (
      select h.series_id, h.organisation_id, h.printed_conclusion, unnest(range_agg(h.serials)) as serials
      from shice.sticker_holding h join shice.sticker_series s on s.id = h.series_id
      where s.campaign_id = ${campaignId} and h.place = 'stock'
      group by 1, 2, 3
    )
    select j.series_id as series, o.name as organisation, lpad(lower(j.serials)::text, s.digits, '0') as "from",
      lpad((upper(j.serials) - 1)::text, s.digits, '0') as "to", j.printed_conclusion as "printedConclusion"
    from joined j join shice.sticker_series s on s.id = j.series_id join shice.organisation o on o.id = j.organisation_id
    order by o.kind, o.name, s.prefix, lower(j.serials)`.execute(tx);
  return rows;
}

/** The sticker on the certificate of a case whose registration was revoked, while it is not taken off. */
export async function findStickerToRecall(
  tx: Tx,
  campaignId: string,
  applicationId: string,
): Promise<{ series: string; serial: string } | undefined> {
  const { rows } = await sql<{ series: string; serial: string }>`
    select h.series_id as series, lower(h.serials)::text as serial
    from shice.sticker_holding h
    join shice.application a on a.campaign_id = h.campaign_id and a.id = h.application_id
    where a.campaign_id = ${campaignId} and a.id = ${applicationId} and a.state = ${stateText("revoked")} and h.place = 'used'`.execute(
    tx,
  );
  return rows[0];
}

export async function countInHand(tx: Tx, seriesId: string, organisationId: string): Promise<string> {
  const { rows } = await sql<{ in_hand: string }>`
    select in_hand::text from shice.sticker_balance
    where series_id = ${seriesId} and organisation_id = ${organisationId}`.execute(tx);
  return rows[0]?.in_hand ?? "0";
}

export async function writeCount(
  tx: Tx,
  count: {
    series: string;
    organisation: string;
    expected: string;
    counted: string;
    remark: string | undefined;
    custodian: string;
    handler: string;
  },
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into shice.sticker_count (series_id, organisation_id, expected, counted, remark, custodian_id, handler_id, at)
    values (${count.series}, ${count.organisation}, ${count.expected}::bigint, ${count.counted}::bigint,
      ${count.remark ?? null}, ${count.custodian}, ${count.handler}, ${now.toString()}::timestamptz)`.execute(tx);
}

export async function writeMarkings(
  tx: Tx,
  campaignId: string,
  markings: readonly {
    applicationId: string;
    kind: "sticker" | "annotation";
    conclusion: string | null;
    series?: string;
    serial?: string;
    ridingSeal: boolean;
  }[],
  by: string | null,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into shice.marking (campaign_id, application_id, kind, conclusion, series_id, serial, riding_seal, marked_by, marked_at)
    select ${campaignId}, m."applicationId", m.kind, m.conclusion, m.series, m.serial, m."ridingSeal", ${by}::uuid, ${now.toString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(markings)}::jsonb) as m("applicationId" uuid, kind text, conclusion text,
      series uuid, serial bigint, "ridingSeal" boolean)`.execute(tx);
}
