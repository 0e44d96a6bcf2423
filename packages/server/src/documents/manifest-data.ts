import { titleOf } from "@shice/rules/keys.ts";
import { certificateTitles } from "@shice/rules/plan/institution.ts";
import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { spellingOf } from "../platform/spelling.ts";
import type { ActContext } from "../request/run-act.ts";

/** A manifest as its papers show it: one list, one order, for the printed sheet, the workbook and the bags. */
export interface ManifestPaper {
  number: string;
  point: string;
  authority: string;
  handedOverAt: Temporal.Instant;
  handedOverBy: string;
  receivedAt: Temporal.Instant | null;
  receivedBy: string | null;
  /** Bags that the district has looked into so far. */
  settled: number;
  /** The last thing that happened to it, for the sheet's own date. */
  changedAt: Temporal.Instant;
  hash: string;
  items: ManifestPaperItem[];
  /** Sheets of paper by material, in the order of the notice. */
  materials: { item: number; name: string; cases: number; copies: number }[];
  /** Cases by kind of qualification. */
  kinds: { name: string; cases: number }[];
}

export interface ManifestPaperItem {
  position: number;
  /** What stands on the archive bag: county, year, confirmation point, the teacher's own number there (WZQ-2017-003-0012). */
  bag: string;
  number: string;
  name: string;
  school: string;
  kind: string;
  subject: string;
  copies: number;
  outcome: "received" | "differs" | "missing" | null;
  difference: string | null;
  settledAt: Temporal.Instant | null;
  supplement: { at: Temporal.Instant; by: string; remark: string | null } | null;
}

interface HeadRow {
  number: string;
  point: string;
  authority: string;
  area: string | null;
  point_number: number;
  handed_over_at: Temporal.Instant;
  handed_over_by: string;
  received_at: Temporal.Instant | null;
  received_by: string | null;
  list_hash: Buffer;
}

interface ItemRow {
  position: number;
  bag: number;
  number: string;
  name: string;
  school: string | null;
  certificate_kind: string | null;
  subject: string | null;
  checks: { material: string; copies: number }[] | null;
  outcome: ManifestPaperItem["outcome"];
  difference: string | null;
  settled_at: Temporal.Instant | null;
  supplement: string | null;
  supplemented_at: Temporal.Instant | null;
  supplemented_by: string | null;
}

/** @throws RefusalError request.not-found */
export async function getManifestPaper(ctx: ActContext, manifestId: string): Promise<ManifestPaper> {
  const { tx, campaign } = ctx;
  const [{ rows: heads }, { rows }] = await Promise.all([
    sql<HeadRow>`
      select m.number, p.name as point, o.name as authority, b.area_key as area, m.handed_over_at,
        (select display_name from shice.account where id = m.handed_over_by) as handed_over_by, m.received_at,
        (select display_name from shice.account where id = m.received_by) as received_by, m.list_hash,
        (select count(distinct s.confirmation_point_id)::int from shice.school s
          where s.authority_id = m.authority_id and s.confirmation_point_id <= m.confirmation_point_id) as point_number
      from shice.manifest m
      join shice.organisation p on p.id = m.confirmation_point_id join shice.organisation o on o.id = m.authority_id
      left join shice.campaign_body b on b.campaign_id = m.campaign_id and b.organisation_id = m.authority_id and b.part = 'authority'
      where m.campaign_id = ${campaign.id} and m.id = ${manifestId}`.execute(tx),
    // A bag keeps its number: that of the teacher's first hand-over, counted on over all manifests of the point.
    sql<ItemRow>`
      with bag as (
        select f.application_id, row_number() over (order by f.manifest_id, f.position)::int as number
        from (
          select distinct on (i.application_id) i.application_id, i.manifest_id, i.position
          from shice.manifest_item i join shice.manifest m on m.id = i.manifest_id
          where m.campaign_id = ${campaign.id} and m.id <= ${manifestId}
            and m.confirmation_point_id = (select confirmation_point_id from shice.manifest where id = ${manifestId})
          order by i.application_id, i.manifest_id, i.position) f)
      select i.position, b.number as bag, a.number, a.name, s.name as school, a.certificate_kind, a.subject, i.outcome, i.difference,
        i.settled_at, i.supplement, i.supplemented_at, (select display_name from shice.account where id = i.supplemented_by) as supplemented_by,
        (select jsonb_agg(jsonb_build_object('material', k.material, 'copies', k.copies)) from shice.material_check k
          where k.campaign_id = a.campaign_id and k.application_id = a.id) as checks
      from shice.manifest_item i
      join bag b on b.application_id = i.application_id
      join shice.application a on a.campaign_id = i.campaign_id and a.id = i.application_id
      left join shice.organisation s on s.id = a.school_id
      where i.manifest_id = ${manifestId} order by i.position`.execute(tx),
  ]);
  const [head] = heads;
  if (head === undefined) throw new RefusalError({ code: "request.not-found" });
  const area = campaign.plan.areas.find(({ key }) => key === head.area)?.name ?? head.authority;
  const prefix = [
    spellingOf(area).initials.toUpperCase(),
    String(campaign.plan.year),
    String(head.point_number).padStart(3, "0"),
  ].join("-");
  const items = rows.map((row) => ({
    position: row.position,
    number: row.number,
    name: row.name,
    school: row.school ?? "",
    bag: `${prefix}-${String(row.bag).padStart(4, "0")}`,
    kind: row.certificate_kind === null ? "" : titleOf(certificateTitles, row.certificate_kind),
    subject: row.subject ?? "",
    copies: (row.checks ?? []).reduce((sum, { copies }) => sum + copies, 0),
    outcome: row.outcome,
    difference: row.difference,
    settledAt: row.settled_at,
    supplement:
      row.supplemented_at === null
        ? null
        : { at: row.supplemented_at, by: row.supplemented_by ?? "", remark: row.supplement },
  }));
  const moments = items.flatMap(({ settledAt, supplement }) => [settledAt ?? [], supplement?.at ?? []].flat());
  return {
    number: head.number,
    point: head.point,
    authority: head.authority,
    handedOverAt: head.handed_over_at,
    handedOverBy: head.handed_over_by,
    receivedAt: head.received_at,
    receivedBy: head.received_by,
    hash: head.list_hash.toString("hex").slice(0, 12),
    settled: items.filter(({ outcome }) => outcome !== null).length,
    changedAt: [head.handed_over_at, ...moments, ...(head.received_at === null ? [] : [head.received_at])].reduce(
      (last, at) => (Temporal.Instant.compare(at, last) > 0 ? at : last),
    ),
    items,
    materials: campaign.plan.materials.map(({ key, item, variants }) => {
      const checks = rows.flatMap((row) => (row.checks ?? []).filter(({ material }) => material === key));
      return {
        item,
        name: variants.map(({ name }) => name).join("／"),
        cases: checks.length,
        copies: checks.reduce((sum, { copies }) => sum + copies, 0),
      };
    }),
    kinds: [...Map.groupBy(items, ({ kind }) => kind)]
      .map(([name, cases]) => ({ name: name === "" ? "未填写" : name, cases: cases.length }))
      .toSorted((one, other) => other.cases - one.cases),
  };
}
