import type { StickerRefusal } from "@shice/rules/stickers/refusal.ts";
import { parseSerial, parseSerials, type SerialRange } from "@shice/rules/stickers/serials.ts";
import { movementAction, movementMacOf } from "../case/movement-code.ts";
import { brokenConstraintOf } from "../platform/database/constraint.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { audit } from "../request/audit.ts";
import type { ActContext } from "../request/run-act.ts";
import { findSeries, type Move, moveStickers, type SeriesRow } from "./queries.ts";

/** Serials as people type them, of one series. */
export interface TypedSerials {
  series: string;
  serials: string;
}

/**
 * Reads serials of one of this campaign's series as people type them: one range or several.
 * @throws RefusalError request.not-found, sticker.* of what was typed
 */
export async function getSerials(ctx: ActContext, { series, serials }: TypedSerials): Promise<SerialRange[]> {
  const read = parseSerials(serials, await getSeries(ctx, series));
  if (read.refusal !== undefined) throw new RefusalError(read.refusal);
  return read.ranges;
}

/**
 * Reads the serial of the one sticker that goes on a certificate, as people type it.
 * @throws RefusalError request.not-found, sticker.* of what was typed
 */
export async function getSerial(ctx: ActContext, series: string, text: string): Promise<bigint> {
  const read = parseSerial(text, await getSeries(ctx, series));
  if (read.refusal !== undefined) throw new RefusalError(read.refusal);
  return read.serial;
}

async function getSeries({ tx, campaign }: ActContext, series: string): Promise<SeriesRow> {
  const found = await findSeries(tx, campaign.id, series);
  if (found === undefined) throw new RefusalError({ code: "request.not-found" });
  return found;
}

/**
 * Moves stickers, and binds the movement by its code in the audit log; what the store's constraints refuse is said in words.
 * @throws RefusalError by the constraint that the movement would break
 */
export async function move(ctx: ActContext, movement: Move): Promise<string> {
  try {
    const { id, content } = await moveStickers(ctx.tx, movement, ctx.now);
    const detail = { mac: movementMacOf(ctx.secrets, content) };
    audit(ctx, { action: movementAction, subjectKind: "sticker-movement", subjectId: id, detail });
    return id;
  } catch (error) {
    const refusal = refusalOfConstraint(brokenConstraintOf(error), nameOfConclusion(ctx, movement));
    if (refusal === undefined) throw error;
    throw new RefusalError(refusal);
  }
}

/** Notice §四(三) as the store keeps it: each constraint's name and what it says to the people at the counter. */
function refusalOfConstraint(constraint: string | undefined, conclusion: string): StickerRefusal | undefined {
  switch (constraint) {
    case "sticker_in_one_place":
    // The very same range again breaks the key before the exclusion.
    case "sticker_holding_pkey":
      return { code: "sticker.received-already" };
    case "sticker_is_where_it_is_taken":
      return { code: "sticker.not-there" };
    case "sticker_shows_the_conclusion":
      return { code: "sticker.shows-otherwise", conclusion };
    case "sticker_printed_once":
      return { code: "sticker.printed-already" };
    case "one_sticker_an_application":
      return { code: "sticker.on-certificate-already" };
    case "custodian_and_handler_are_two":
      return { code: "sticker.two-people", field: "partner" };
    case "stickers_balance":
    case "balance_not_negative":
    case "sticker_books_match_shelves":
      return { code: "sticker.books-differ" };
    default:
      return undefined;
  }
}

/** The plan's name of the conclusion, as people read it on the sticker. */
function nameOfConclusion({ campaign }: ActContext, { conclusion = "" }: Move): string {
  return campaign.plan.conclusions.find(({ key }) => key === conclusion)?.name ?? conclusion;
}
