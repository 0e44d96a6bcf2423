import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

/** Numbers in a box of an authority's archive that are taken already, each with the application that lies there. */
export async function listTakenItems(
  tx: Tx,
  campaignId: string,
  authorityId: string,
  { box, first, count }: { box: string; first: number; count: number },
): Promise<Map<number, string>> {
  const { rows } = await sql<{ item: number; application_id: string }>`
    select item, application_id from shice.archive_item
    where campaign_id = ${campaignId} and authority_id = ${authorityId} and box = ${box}
      and item between ${first} and ${first + count - 1}`.execute(tx);
  return new Map(rows.map(({ item, application_id }) => [item, application_id]));
}

export interface ArchiveItem {
  applicationId: string;
  copy: number;
  place: "personal-file" | "authority-archive";
  box: string | null;
  item: number | null;
}

export async function writeItems(
  tx: Tx,
  campaignId: string,
  filing: { authorityId: string; opinionBy: "stamp" | "hand"; by: string | null; at: Temporal.Instant },
  items: readonly ArchiveItem[],
): Promise<void> {
  await sql`
    insert into shice.archive_item (campaign_id, application_id, authority_id, copy, place, box, item, opinion_by, filed_by, filed_at)
    select ${campaignId}, i."applicationId", ${filing.authorityId}, i.copy, i.place, i.box, i.item, ${filing.opinionBy},
      ${filing.by}::uuid, ${filing.at.toString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i("applicationId" uuid, copy int, place text, box text, item int)`.execute(
    tx,
  );
}

export interface CatalogueRow {
  application: string;
  number: string;
  name: string;
  copy: number;
  place: "personal-file" | "authority-archive";
  box: string | null;
  item: number | null;
  opinion_by: "stamp" | "hand";
  filed_at: Temporal.Instant;
}

/** In the order of filing, one more than the page; a box alone gives the authority's own copies in it. */
export async function listCatalogue(
  tx: Tx,
  campaignId: string,
  { box, after, limit }: { box: string | undefined; after: readonly string[] | undefined; limit: number },
): Promise<CatalogueRow[]> {
  const { rows } = await sql<CatalogueRow>`
    select i.application_id as application, a.number, a.name, i.copy, i.place, i.box, i.item, i.opinion_by, i.filed_at
    from shice.archive_item i
    join shice.application a on a.campaign_id = i.campaign_id and a.id = i.application_id
    where i.campaign_id = ${campaignId}
      ${box === undefined ? sql`` : sql`and i.box = ${box}`}
      ${
        after === undefined
          ? sql``
          : sql`and (i.filed_at, coalesce(i.item, 0), i.application_id, i.copy) > (${after[0]}::timestamptz, ${after[1]}::int, ${after[2]}::uuid, ${after[3]}::int)`
      }
    order by i.filed_at, coalesce(i.item, 0), i.application_id, i.copy
    limit ${limit + 1}`.execute(tx);
  return rows;
}
