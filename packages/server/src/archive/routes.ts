import type { ModuleRefusal } from "@shice/contract/module-refusal.ts";
import { bulkOutcomeWith } from "../case/bulk-outcome-with.ts";
import { transition } from "../case/transition.ts";
import { brokenConstraintOf } from "../platform/database/constraint.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { runAct, runRead } from "../request/run-act.ts";
import { type ArchiveItem, type CatalogueRow, listCatalogue, listTakenItems, writeItems } from "./queries.ts";

/** Notice §三(七): 一份存入申请人人事档案,一份由初审机构归档保存. */
export const archiveRoutes = {
  /**
   * Files the copies that the plan names. Each application's item number follows from its place in the list given, so
   * that labels can be printed beforehand; the number of a refused row stays free for it.
   */
  archiveMany: api.archive.archiveMany.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { actor, campaign, now, tx } = ctx;
      if (actor.scope.kind !== "authority") throw new RefusalError({ code: "request.forbidden" });
      const authorityId = actor.scope.id;
      const { box, firstItem, opinionBy } = input;
      const asked = [...new Set(input.applications)];
      const taken = await listTakenItems(tx, campaign.id, authorityId, { box, first: firstItem, count: asked.length });
      const refused = new Map<string, ModuleRefusal>();
      const items = new Map<string, number>();
      for (const [index, applicationId] of asked.entries()) {
        const item = firstItem + index;
        const lying = taken.get(item);
        if (lying === undefined || lying === applicationId) items.set(applicationId, item);
        else refused.set(applicationId, { code: "archive.item-taken", box, item, field: "firstItem" });
      }
      const outcomes = await transition(
        ctx,
        "archive",
        [...items].map(([applicationId, item]) => ({ applicationId, record: { box, item, opinionBy } })),
      );
      const filed = outcomes.flatMap(({ ok, applicationId }): ArchiveItem[] =>
        !ok
          ? []
          : campaign.plan.stages.archive.copies.map(({ copy, place }) => ({
              applicationId,
              copy,
              place,
              box: place === "authority-archive" ? box : null,
              item: place === "authority-archive" ? (items.get(applicationId) ?? null) : null,
            })),
      );
      if (filed.length > 0) {
        try {
          await writeItems(tx, campaign.id, { authorityId, opinionBy, by: actor.accountId, at: now }, filed);
        } catch (error) {
          if (brokenConstraintOf(error) !== "one_item_a_place_in_box") throw error;
          throw new RefusalError({ code: "archive.item-taken", box, item: firstItem, field: "firstItem" });
        }
      }
      return bulkOutcomeWith(asked, outcomes, refused);
    }),
  ),

  listCatalogue: api.archive.listCatalogue.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { box, limit } = input;
      const after = parseCursor(input.after, 4);
      const rows = await listCatalogue(ctx.tx, ctx.campaign.id, { box, after, limit });
      await audit(ctx, {
        action: "list-archive-catalogue",
        subjectKind: "campaign",
        subjectId: ctx.campaign.id,
        detail: { box: box ?? null, rows: Math.min(rows.length, limit) },
      });
      return cutPage(rows, limit, itemOf, (row) => [
        row.filed_at.toString(),
        String(row.item ?? 0),
        row.application,
        String(row.copy),
      ]);
    }),
  ),
};

function itemOf(row: CatalogueRow) {
  return {
    application: row.application,
    number: row.number,
    name: row.name,
    copy: row.copy,
    place: row.place,
    box: row.box,
    item: row.item,
    opinionBy: row.opinion_by,
    filedAt: row.filed_at.toString(),
  };
}
