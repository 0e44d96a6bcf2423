import { sql } from "kysely";
import type { JsonObject } from "../case/history.ts";
import { movementAction, movementContent, movementMacOf } from "../case/movement-code.ts";
import type { Verification } from "./verification.ts";

const batchSize = 2000;

/**
 * Verifies the sticker ledger (Notice §四(三)): every movement as the audit log has it, and where each sticker is, how
 * many each office has and what is on certificates, as the movements say.
 */
export async function verifyStickers(verification: Verification): Promise<void> {
  await verifyMovements(verification);
  await compareShelves(verification);
}

async function verifyMovements({ tx, secrets, findings }: Verification): Promise<void> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const { rows } = await sql<{ id: string; content: JsonObject; macs: (string | null)[] }>`
      select m.id, ${movementContent} as content,
        array(select e.detail ->> 'mac' from shice.audit_entry e where e.subject_id = m.id and e.action = ${movementAction}) as macs
      from shice.sticker_movement m where m.id > ${after}::uuid order by m.id limit ${batchSize}`.execute(tx);
    const last = rows.at(-1);
    if (last === undefined) break;
    for (const { id, content, macs } of rows) {
      findings.movements += 1;
      if (macs.length !== 1 || macs[0] !== movementMacOf(secrets, content)) findings.report("sticker.movement", id);
    }
    after = last.id;
  }
  const { rows: missing } = await sql<{ id: string }>`
    select coalesce(e.subject_id::text, '') as id from shice.audit_entry e
    where e.action = ${movementAction} and not exists (select from shice.sticker_movement m where m.id = e.subject_id)
    order by e.number`.execute(tx);
  for (const { id } of missing) findings.report("sticker.movement-missing", id);
}

async function compareShelves({ tx, findings }: Verification): Promise<void> {
  // A piece lies where the last movement that took hold of it put it.
  const { rows: holdings } = await sql<{ serials: string }>`
    select s.prefix || ' ' || lower(h.serials) || '-' || (upper(h.serials) - 1) as serials
    from shice.sticker_holding h
    join shice.sticker_series s on s.id = h.series_id
    left join shice.sticker_movement m on m.id = h.movement_id
    where m.id is null or m.series_id <> h.series_id or not m.serials @> h.serials or m.to_place <> h.place
      or m.to_organisation_id is distinct from h.organisation_id
      or (m.kind = 'use') is distinct from (h.application_id is not null)
      or m.application_id is distinct from h.application_id and m.kind = 'use'
      or exists (select from shice.sticker_movement l
        where l.series_id = h.series_id and l.serials && h.serials and l.id > m.id)
    order by 1`.execute(tx);
  for (const { serials } of holdings) findings.report("sticker.holding", serials);

  const { rows: balances } = await sql<{ organisation: string }>`
    with moved as (
      select m.series_id, p.organisation_id,
        coalesce(sum(n) filter (where p.side = 'to' and m.kind in ('receive', 'issue')), 0) as received,
        coalesce(sum(n) filter (where p.side = 'from' and m.kind = 'issue'), 0)
          - coalesce(sum(n) filter (where p.side = 'to' and m.kind = 'return'), 0) as issued,
        coalesce(sum(n) filter (where p.side = 'from' and m.kind = 'use'), 0)
          - coalesce(sum(n) filter (where p.side = 'from' and m.kind = 'recall'), 0) as used,
        coalesce(sum(n) filter (where p.side = 'from' and m.kind in ('scrap', 'recall')), 0) as scrapped,
        coalesce(sum(n) filter (where p.side = 'from' and m.kind = 'return'), 0) as returned
      from shice.sticker_movement m
      cross join lateral (select upper(m.serials) - lower(m.serials) as n) size
      cross join lateral (values ('from', m.from_organisation_id), ('to', m.to_organisation_id)) as p(side, organisation_id)
      where p.organisation_id is not null and m.kind <> 'print'
      group by m.series_id, p.organisation_id
    )
    select distinct coalesce(b.organisation_id, m.organisation_id)::text as organisation
    from moved m full join shice.sticker_balance b using (series_id, organisation_id)
    where (b.received, b.issued, b.used, b.scrapped, b.returned, b.in_hand) is distinct from
      (m.received, m.issued, m.used, m.scrapped, m.returned, m.received - m.issued - m.used - m.scrapped - m.returned)
    order by 1`.execute(tx);
  for (const { organisation } of balances) findings.report("sticker.balance", organisation);

  const { rows: markings } = await sql<{ application: string }>`
    select coalesce(k.application_id, m.application_id)::text as application
    from (select * from shice.marking where kind = 'sticker') k
    full join (select * from shice.sticker_movement where kind = 'use') m
      on m.campaign_id = k.campaign_id and m.application_id = k.application_id
    where k.application_id is null or m.application_id is null or m.series_id <> k.series_id
      or lower(m.serials) <> k.serial or m.conclusion is distinct from k.conclusion
    order by 1`.execute(tx);
  for (const { application } of markings) findings.report("sticker.marking", application);
}
