import type { StickerRefusal } from "@shice/rules/stickers/refusal.ts";
import { movementAction, movementMacOf } from "../case/movement-code.ts";
import { brokenConstraintOf } from "../platform/database/constraint.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { audit } from "../request/audit.ts";
import type { ActContext } from "../request/run-act.ts";
import { findSeries, type Move, moveStickers } from "./queries.ts";

/** Serials as people write them, both ends within, as the store takes them. */
interface Serials {
  series: string;
  from: bigint;
  /** The first serial after the last one. */
  until: bigint;
}

/**
 * Reads a range of serials of this campaign's series.
 * @throws RefusalError request.not-found, sticker.range-reversed, sticker.serial-too-long
 */
export async function getSerials(
  { tx, campaign }: ActContext,
  { series, from, to }: { series: string; from: string; to: string },
): Promise<Serials> {
  const found = await findSeries(tx, campaign.id, series);
  if (found === undefined) throw new RefusalError({ code: "request.not-found" });
  const first = BigInt(from);
  const last = BigInt(to);
  if (last < first) throw new RefusalError({ code: "sticker.range-reversed", field: "to" });
  if (last >= 10n ** BigInt(found.digits)) {
    throw new RefusalError({ code: "sticker.serial-too-long", digits: found.digits, field: "to" });
  }
  return { series, from: first, until: last + 1n };
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
