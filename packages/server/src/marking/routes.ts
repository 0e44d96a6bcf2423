import { getCase } from "../case/get-case.ts";
import { getReasons } from "../case/reasons.ts";
import { transition, transitionOne } from "../case/transition.ts";
import { brokenConstraintOf } from "../platform/database/constraint.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, actOutcomeOf, bulkOutcomeOf, runAct, runRead } from "../request/run-act.ts";
import { getKeepers, getKeepersOfCentre, getKeepersOfDistrict } from "./keepers.ts";
import { getSerial, getSerials, move, type TypedSerials } from "./movement.ts";
import {
  countInHand,
  findIssuerOf,
  findReviewBodyOf,
  findSeries,
  findStickerToRecall,
  getMovement,
  listBalances,
  listHoldings,
  listMovements,
  listNeeds,
  listSeries,
  type Move,
  type MovementRow,
  writeCount,
  writeMarkings,
  writeSeries,
} from "./queries.ts";

/** Notice §三(六), §四(三): 注册贴 as supervised stock, and the mark on each certificate. */
export const markingRoutes = {
  openSeries: api.marking.openSeries.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { actor, campaign, now, tx } = ctx;
      if (actor.scope.kind === "authority") throw new RefusalError({ code: "sticker.centre-only" });
      const { prefix, digits } = input;
      try {
        const series = await writeSeries(tx, campaign.id, { prefix, digits }, now);
        await audit(ctx, { action: "open-sticker-series", subjectKind: "sticker-series", subjectId: series });
        return { series };
      } catch (error) {
        if (brokenConstraintOf(error) !== "sticker_series_once") throw error;
        throw new RefusalError({ code: "sticker.series-taken", prefix, field: "prefix" });
      }
    }),
  ),

  listSeries: api.marking.listSeries.handler(({ input, context }) =>
    runRead(context, input.campaign, ({ campaign, tx }) => listSeries(tx, campaign.id)),
  ),

  receiveStickers: api.marking.receiveStickers.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { organisation, custodian, handler } = await getKeepersOfCentre(ctx, input.partner);
      return moveRanges(ctx, input, {
        kind: "receive",
        fromOrganisation: null,
        toOrganisation: organisation,
        custodian,
        handler,
        document: input.document,
      });
    }),
  ),

  printStickers: api.marking.printStickers.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { conclusion } = input;
      const { organisation, custodian, handler } = await getKeepersOfCentre(ctx, input.partner);
      if (!ctx.campaign.conclusions.includes(conclusion)) {
        throw new RefusalError({ code: "conclusion.unknown", conclusion, field: "conclusion" });
      }
      return moveRanges(ctx, input, {
        kind: "print",
        fromOrganisation: organisation,
        toOrganisation: organisation,
        conclusion,
        custodian,
        handler,
        document: input.document,
      });
    }),
  ),

  issueStickers: api.marking.issueStickers.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { organisation, custodian, handler } = await getKeepersOfCentre(ctx, input.partner);
      const reviewBody = await findReviewBodyOf(ctx.tx, ctx.campaign.id, input.authority);
      // A stock above several centres serves the areas of all of them.
      if (reviewBody === null || (reviewBody !== organisation && ctx.actor.scope.kind !== "all")) {
        throw new RefusalError({ code: "sticker.authority-unknown", field: "authority" });
      }
      return moveRanges(ctx, input, {
        kind: "issue",
        fromOrganisation: organisation,
        toOrganisation: input.authority,
        custodian,
        handler,
        document: input.document,
      });
    }),
  ),

  returnStickers: api.marking.returnStickers.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { organisation, custodian, handler } = await getKeepersOfDistrict(ctx, input.partner);
      const issuer = await findIssuerOf(ctx.tx, input.series, organisation);
      if (issuer === null) throw new RefusalError({ code: "sticker.not-there" });
      return moveRanges(ctx, input, {
        kind: "return",
        fromOrganisation: organisation,
        toOrganisation: issuer,
        custodian,
        handler,
        document: input.document,
      });
    }),
  ),

  scrapStickers: api.marking.scrapStickers.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { organisation, custodian, handler } = await getKeepers(ctx, input.partner);
      getReasons(ctx.campaign.plan, "scrap", [input.reason], undefined);
      return moveRanges(ctx, input, {
        kind: "scrap",
        fromOrganisation: organisation,
        toOrganisation: organisation,
        custodian,
        handler,
        witness: input.witness,
        reason: input.reason,
        document: input.document,
      });
    }),
  ),

  countStickers: api.marking.countStickers.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { organisation, custodian, handler } = await getKeepers(ctx, input.partner);
      if ((await findSeries(ctx.tx, ctx.campaign.id, input.series)) === undefined) {
        throw new RefusalError({ code: "request.not-found" });
      }
      const expected = await countInHand(ctx.tx, input.series, organisation);
      const counted = BigInt(input.counted).toString();
      if (expected !== counted && (input.remark ?? "") === "") {
        throw new RefusalError({ code: "sticker.count-unexplained", expected, counted, field: "remark" });
      }
      const { series, remark } = input;
      await writeCount(ctx.tx, { series, organisation, expected, counted, remark, custodian, handler }, ctx.now);
      return { expected, counted, difference: (BigInt(counted) - BigInt(expected)).toString() };
    }),
  ),

  listBalances: api.marking.listBalances.handler(({ input, context }) =>
    runRead(context, input.campaign, ({ tx, campaign }) => listBalances(tx, campaign.id)),
  ),

  listNeeds: api.marking.listNeeds.handler(({ input, context }) =>
    runRead(context, input.campaign, ({ tx, campaign }) => listNeeds(tx, campaign.id)),
  ),

  listHoldings: api.marking.listHoldings.handler(({ input, context }) =>
    runRead(context, input.campaign, ({ tx, campaign }) => listHoldings(tx, campaign.id)),
  ),

  listMovements: api.marking.listMovements.handler(({ input, context }) =>
    runRead(context, input.campaign, async ({ tx, campaign }) => {
      const rows = await listMovements(tx, campaign.id, { after: parseCursor(input.after, 2), limit: input.limit });
      return cutPage(rows, input.limit, movementOf, (row) => [row.at.toString(), row.id]);
    }),
  ),

  /** The case's state, the sticker's way and the mark on record: all three or none. */
  markBySticker: api.marking.markBySticker.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { organisation, custodian, handler } = await getKeepersOfDistrict(ctx, input.custodian);
      const { series } = input;
      const serial = await getSerial(ctx, series, input.serial);
      const held = await getCase(ctx, input.application);
      const { row } = held;
      const outcome = await transitionOne(ctx, "mark", {
        applicationId: held.id,
        held,
        input: { version: input.version, markWith: "sticker" },
        record: { kind: "sticker", series, serial: serial.toString(), custodian, ridingSeal: input.ridingSeal },
      });
      if (outcome.ok && row.final_conclusion !== null) {
        await move(ctx, {
          series,
          from: serial,
          until: serial + 1n,
          kind: "use",
          fromOrganisation: organisation,
          toOrganisation: organisation,
          conclusion: row.final_conclusion,
          application: { campaignId: ctx.campaign.id, id: outcome.applicationId },
          custodian,
          handler,
        });
        const { final_conclusion: conclusion, id: applicationId } = row;
        const marking = {
          applicationId,
          kind: "sticker",
          conclusion,
          series,
          serial: serial.toString(),
          ridingSeal: true,
        } as const;
        await writeMarkings(ctx.tx, ctx.campaign.id, [marking], ctx.actor.accountId, ctx.now);
      }
      return actOutcomeOf(outcome);
    }),
  ),

  /** Taken off a revoked certificate, a sticker is scrapped: used no longer, and never used again. */
  recallSticker: api.marking.recallSticker.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { organisation, custodian, handler } = await getKeepersOfDistrict(ctx, input.partner);
      getReasons(ctx.campaign.plan, "scrap", [input.reason], undefined);
      const found = await findStickerToRecall(ctx.tx, ctx.campaign.id, input.application);
      if (found === undefined) throw new RefusalError({ code: "sticker.nothing-to-recall" });
      return moved(ctx, {
        series: found.series,
        from: BigInt(found.serial),
        until: BigInt(found.serial) + 1n,
        kind: "recall",
        fromOrganisation: organisation,
        toOrganisation: organisation,
        application: { campaignId: ctx.campaign.id, id: input.application },
        custodian,
        handler,
        witness: input.witness,
        reason: input.reason,
        document: input.document,
      });
    }),
  ),

  markByAnnotation: api.marking.markByAnnotation.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      if (ctx.actor.scope.kind !== "authority") throw new RefusalError({ code: "sticker.district-only" });
      const outcomes = await transition(
        ctx,
        "mark",
        [...new Set(input.applications)].map((applicationId) => ({
          applicationId,
          input: { markWith: "annotation" as const },
          record: { kind: "annotation" },
        })),
      );
      const markings = outcomes
        .filter((outcome) => outcome.ok)
        .map(({ applicationId, before }) => ({
          applicationId,
          kind: "annotation" as const,
          conclusion: before.row.final_conclusion,
          ridingSeal: false,
        }));
      if (markings.length > 0) {
        await writeMarkings(ctx.tx, ctx.campaign.id, markings, ctx.actor.accountId, ctx.now);
      }
      return bulkOutcomeOf(outcomes);
    }),
  ),
};

/** Moves every range as typed, all or none, and answers with the movements as they stand in the books. */
async function moveRanges(ctx: ActContext, typed: TypedSerials, movement: Omit<Move, "series" | "from" | "until">) {
  const movements = [];
  for (const range of await getSerials(ctx, typed)) {
    movements.push(await moved(ctx, { ...movement, ...range, series: typed.series }));
  }
  return { count: movements.reduce((sum, { count }) => sum + BigInt(count), 0n).toString(), movements };
}

/** Moves, and answers with the movement as it stands in the books. */
async function moved(ctx: ActContext, movement: Parameters<typeof move>[1]) {
  return movementOf(await getMovement(ctx.tx, await move(ctx, movement)));
}

function movementOf(row: MovementRow) {
  return {
    id: row.id,
    kind: row.kind,
    from: row.first,
    to: row.last,
    count: row.count,
    fromPlace: row.from_place,
    toPlace: row.to_place,
    custodian: row.custodian,
    handler: row.handler,
    witness: row.witness,
    reason: row.reason,
    at: row.at.toString(),
  };
}
