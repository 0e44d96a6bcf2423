import type { AuditAction } from "@shice/contract/audit-words.ts";
import type { ManifestItem, ManifestView } from "@shice/contract/preliminary.ts";
import { getReasons } from "../case/reasons.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import {
  type BagOutcome,
  findManifest,
  listManifestItems,
  listManifests,
  type ManifestRow,
  manifestOf,
  notifyClerks,
  type Settlement,
  settleRest,
  writeReceived,
  writeSettlements,
  writeSupplement,
} from "./manifests.ts";

/** The district signs for what the schools bring, bag by bag or whole; what is short may come later (Notice §三(二)). */
export const receiptRoutes = {
  listManifests: api.preliminary.listManifests.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listManifests(ctx, input, { after: parseCursor(input.after, 2), limit: input.limit });
      return cutPage(rows, input.limit, manifestOf, (row) => [row.handed_over_at.toString(), row.id]);
    }),
  ),

  getManifest: api.preliminary.getManifest.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const view = await viewOf(ctx, input.manifest);
      await audit(ctx, { action: "view-manifest", subjectKind: "manifest", subjectId: input.manifest });
      return view;
    }),
  ),

  settleItems: api.preliminary.settleItems.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { items } = await getOpen(ctx, input.manifest);
      const settlements = input.rows.flatMap((row) => settlementOf(ctx, itemOf(items, row.application), row) ?? []);
      await writeSettlements(ctx, input.manifest, settlements);
      await note(ctx, "settle-manifest-items", input.manifest, settlements);
      return await viewOf(ctx, input.manifest);
    }),
  ),

  closeReceipt: api.preliminary.closeReceipt.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { manifest } = await getOpen(ctx, input.manifest);
      const left = manifest.entries - manifest.settled;
      if (left > 0) throw new RefusalError({ code: "manifest.unsettled", left });
      await writeReceived(ctx, manifest.id);
      await note(ctx, "receive-manifest", manifest.id, []);
      return await viewOf(ctx, manifest.id);
    }),
  ),

  receiveManifest: api.preliminary.receiveManifest.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { manifest, items } = await getOpen(ctx, input.manifest);
      const settlements = input.differences.flatMap(
        (row) => settlementOf(ctx, itemOf(items, row.application), { ...row, outcome: "differs", again: true }) ?? [],
      );
      await writeSettlements(ctx, manifest.id, settlements);
      await settleRest(ctx, manifest.id);
      await writeReceived(ctx, manifest.id);
      await note(ctx, "receive-manifest", manifest.id, settlements);
      return await viewOf(ctx, manifest.id);
    }),
  ),

  supplementItem: api.preliminary.supplementItem.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      await getManifest(ctx, input.manifest, { lock: true });
      const items = await listManifestItems(ctx, input.manifest);
      const { name, outcome, supplementedAt, position } = itemOf(items, input.application);
      if (outcome === null || outcome === "received") throw new RefusalError({ code: "manifest.nothing-short", name });
      if (supplementedAt !== null) {
        throw new RefusalError({ code: "manifest.supplemented-already", name, at: supplementedAt });
      }
      await writeSupplement(ctx, input.manifest, input.application, input.remark ?? null);
      await audit(ctx, {
        action: "supplement-manifest-item",
        subjectKind: "manifest",
        subjectId: input.manifest,
        detail: { position },
      });
      return await viewOf(ctx, input.manifest);
    }),
  ),
};

/** @throws RefusalError request.not-found */
async function getManifest(ctx: ActContext, id: string, lock?: { lock: boolean }): Promise<ManifestRow> {
  const manifest = await findManifest(ctx, id, lock);
  if (manifest === undefined) throw new RefusalError({ code: "request.not-found" });
  return manifest;
}

/**
 * A list whose receipt goes on, locked: two who look into bags of one list come one after the other.
 * @throws RefusalError request.not-found, manifest.received-already
 */
async function getOpen(ctx: ActContext, id: string): Promise<{ manifest: ManifestRow; items: ManifestItem[] }> {
  const manifest = await getManifest(ctx, id, { lock: true });
  if (manifest.received_at !== null) {
    throw new RefusalError({ code: "manifest.received-already", at: manifest.received_at.toString() });
  }
  return { manifest, items: await listManifestItems(ctx, id) };
}

async function viewOf(ctx: ActContext, id: string): Promise<ManifestView> {
  const manifest = await getManifest(ctx, id);
  const items = await listManifestItems(ctx, id);
  return { ...manifestOf(manifest), listHash: manifest.list_hash.toString("hex"), items };
}

function itemOf(items: readonly ManifestItem[], application: string): ManifestItem {
  const item = items.find((each) => each.application === application);
  if (item === undefined) throw new RefusalError({ code: "manifest.not-on-list", field: "rows" });
  return item;
}

interface Found {
  outcome: BagOutcome | null;
  reasons: readonly string[];
  difference?: string | undefined;
  again: boolean;
}

/**
 * What is to be written of a bag; nothing where it stands so already: a bag scanned twice is received once.
 * @throws RefusalError manifest.settled-already, manifest.difference-needed, reason.unknown, reason.needs-text
 */
function settlementOf(ctx: ActContext, item: ManifestItem, found: Found): Settlement | undefined {
  const { application, name, settledAt, settledBy } = item;
  if (item.outcome === found.outcome && (found.outcome === null || found.outcome === "received")) return undefined;
  if (settledAt !== null && !found.again) {
    throw new RefusalError({ code: "manifest.settled-already", name, by: settledBy ?? "", at: settledAt });
  }
  // What came later is on record: the bag is not looked into anew.
  if (item.supplementedAt !== null) {
    throw new RefusalError({ code: "manifest.supplemented-already", name, at: item.supplementedAt });
  }
  if (found.outcome === null || found.outcome === "received") {
    return { application, outcome: found.outcome, reasons: [], difference: null };
  }
  const words = (found.difference ?? "").trim();
  const reasons =
    found.reasons.length === 0 ? [] : getReasons(ctx.campaign.plan, "difference", found.reasons, found.difference);
  const told = [...reasons.map(({ text }) => text), ...(words === "" ? [] : [words])].join("；");
  if (told === "" && found.outcome === "differs") {
    throw new RefusalError({ code: "manifest.difference-needed", name, field: "difference" });
  }
  const difference = found.outcome === "missing" ? ["材料袋未收到", ...(told === "" ? [] : [told])].join("；") : told;
  return { application, outcome: found.outcome, reasons: reasons.map(({ code }) => code), difference };
}

/** Writes down what was done, and tells the school where something is short. */
async function note(
  ctx: ActContext,
  action: AuditAction,
  manifest: string,
  settlements: readonly Settlement[],
): Promise<void> {
  const count = (outcome: BagOutcome | null) => settlements.filter((row) => row.outcome === outcome).length;
  const differences = count("differs") + count("missing");
  await audit(ctx, {
    action,
    subjectKind: "manifest",
    subjectId: manifest,
    detail: { received: count("received"), differences, undone: count(null) },
  });
  if (differences > 0) await notifyClerks(ctx, manifest);
}
