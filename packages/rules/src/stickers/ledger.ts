import type { StickerRefusal } from "./refusal.ts";
import { countOf, intersectionOf, isOverlapping, restOf, type SerialRange } from "./serials.ts";

/**
 * A movement of stickers of one series (Notice §四(三)): always by two people, the custodian who answers for the stock
 * and the handler. receive: the centre draws from above · print: a conclusion on blank ones · issue: centre to district ·
 * return: back to the centre · use: one sticker on one certificate · recall: off a revoked certificate, to scrap · scrap.
 */
export type Movement = { serials: SerialRange; custodian: string; handler: string } & (
  | { kind: "receive"; to: string }
  | { kind: "print"; at: string; conclusion: string }
  | { kind: "issue"; from: string; to: string }
  | { kind: "return"; from: string; to: string }
  | { kind: "use"; at: string; conclusion: string; application: string }
  | { kind: "recall"; at: string; application: string }
  | { kind: "scrap"; at: string; reason: string; witness: string }
);

/** Where a run of serials is: in stock, on a certificate, or scrapped, and on whose account. */
interface Holding {
  serials: SerialRange;
  place: "stock" | "used" | "scrapped";
  organisation: string;
  printedConclusion: string | null;
  application: string | null;
}

/** An organisation's account; received = issued + used + scrapped + returned + inHand. `issued` is on to districts. */
interface StickerBalance {
  received: bigint;
  issued: bigint;
  used: bigint;
  scrapped: bigint;
  returned: bigint;
  inHand: bigint;
}

/** Shelves and books of one series: where each serial is, and what each organisation has had of it. */
export interface Ledger {
  readonly holdings: readonly Holding[];
  readonly balances: ReadonlyMap<string, StickerBalance>;
}

export const emptyLedger: Ledger = { holdings: [], balances: new Map() };
const emptyBalance: StickerBalance = {
  received: 0n,
  issued: 0n,
  used: 0n,
  scrapped: 0n,
  returned: 0n,
  inHand: 0n,
};

/** Why a movement cannot be; undefined where it can. The store refuses the same by its constraints. */
export function refusalOfMovement(ledger: Ledger, movement: Movement): StickerRefusal | undefined {
  const { serials, kind } = movement;
  if (movement.custodian === movement.handler) return { code: "sticker.two-people", field: "partner" };
  if (countOf(serials) === 0n) return { code: "sticker.range-reversed", field: "to" };
  if (kind === "scrap" && (movement.reason.trim() === "" || movement.witness.trim() === "")) {
    return { code: "sticker.scrap-unwitnessed", field: "witness" };
  }
  if (kind === "receive") {
    const known = ledger.holdings.some((holding) => isOverlapping(holding.serials, serials));
    return known ? { code: "sticker.received-already" } : undefined;
  }
  const taken = takenBy(ledger, movement);
  const covered = taken.reduce((sum, { serials: piece }) => sum + countOf(piece), 0n);
  if (covered !== countOf(serials)) return { code: "sticker.not-there" };
  switch (kind) {
    case "print":
      return taken.some(({ printedConclusion }) => printedConclusion !== null)
        ? { code: "sticker.printed-already" }
        : undefined;
    case "use":
      if (countOf(serials) !== 1n) return { code: "sticker.one-a-certificate" };
      if (ledger.holdings.some(({ application }) => application === movement.application)) {
        return { code: "sticker.on-certificate-already" };
      }
      return taken.every(({ printedConclusion }) => printedConclusion === movement.conclusion)
        ? undefined
        : { code: "sticker.shows-otherwise", conclusion: movement.conclusion };
    case "recall":
      return taken.every(({ application }) => application === movement.application)
        ? undefined
        : { code: "sticker.of-another-case" };
    case "return":
      // What comes back to a place has gone out from it; anything else would make its issued figure negative.
      return balanceOf(ledger, movement.to).issued < countOf(serials) ? { code: "sticker.books-differ" } : undefined;
    case "issue":
    case "scrap":
      return undefined;
  }
}

/** The ledger after an accepted movement, in double entry. Ask `refusalOfMovement` first. */
export function moved(ledger: Ledger, movement: Movement): Ledger {
  const taken = takenBy(ledger, movement);
  const left = ledger.holdings.flatMap((holding) =>
    isTakenFrom(holding, movement)
      ? restOf(holding.serials, movement.serials).map((serials) => ({ ...holding, serials }))
      : [holding],
  );
  const put: Holding[] =
    movement.kind === "receive"
      ? [
          {
            serials: movement.serials,
            place: "stock",
            organisation: movement.to,
            printedConclusion: null,
            application: null,
          },
        ]
      : taken.map((holding) => putBy(movement, holding));
  return {
    holdings: [...left, ...put].sort((one, other) => (one.serials.from < other.serials.from ? -1 : 1)),
    balances: booked(ledger, movement),
  };
}

/** All movements in their order: the ledger they lead to, and those that were refused, with the reason. */
export function ledgerOf(movements: Iterable<Movement>): {
  ledger: Ledger;
  refused: { movement: Movement; refusal: StickerRefusal }[];
} {
  let ledger = emptyLedger;
  const refused: { movement: Movement; refusal: StickerRefusal }[] = [];
  for (const movement of movements) {
    const refusal = refusalOfMovement(ledger, movement);
    if (refusal === undefined) ledger = moved(ledger, movement);
    else refused.push({ movement, refusal });
  }
  return { ledger, refused };
}

export function balanceOf(ledger: Ledger, organisation: string): StickerBalance {
  return ledger.balances.get(organisation) ?? emptyBalance;
}

/** Whether an account adds up (Notice §四(三): 领取、使用、报废及剩余). */
export function isBalanced({ received, issued, used, scrapped, returned, inHand }: StickerBalance): boolean {
  return received === issued + used + scrapped + returned + inHand;
}

/** The pieces of holdings that the movement takes up. */
function takenBy(ledger: Ledger, movement: Movement): Holding[] {
  return ledger.holdings.flatMap((holding) => {
    const serials = isTakenFrom(holding, movement) ? intersectionOf(holding.serials, movement.serials) : undefined;
    return serials === undefined ? [] : [{ ...holding, serials }];
  });
}

function isTakenFrom(holding: Holding, movement: Movement): boolean {
  if (movement.kind === "receive") return false;
  const from = "from" in movement ? movement.from : movement.at;
  return holding.organisation === from && holding.place === (movement.kind === "recall" ? "used" : "stock");
}

function putBy(movement: Exclude<Movement, { kind: "receive" }>, holding: Holding): Holding {
  switch (movement.kind) {
    case "print":
      return { ...holding, printedConclusion: movement.conclusion };
    case "issue":
    case "return":
      return { ...holding, organisation: movement.to };
    case "use":
      return { ...holding, place: "used", application: movement.application };
    case "recall":
    case "scrap":
      return { ...holding, place: "scrapped", application: null };
  }
}

function booked(ledger: Ledger, movement: Movement): Map<string, StickerBalance> {
  const balances = new Map(ledger.balances);
  const size = countOf(movement.serials);
  const book = (organisation: string, change: Partial<StickerBalance>) => {
    const balance = { ...(balances.get(organisation) ?? emptyBalance) };
    for (const account of Object.keys(emptyBalance) as (keyof StickerBalance)[]) {
      balance[account] += change[account] ?? 0n;
    }
    balances.set(organisation, balance);
  };
  switch (movement.kind) {
    case "receive":
      book(movement.to, { received: size, inHand: size });
      break;
    case "issue":
      book(movement.from, { issued: size, inHand: -size });
      book(movement.to, { received: size, inHand: size });
      break;
    case "return":
      // What comes back is no longer issued; on the district's account it stays as returned.
      book(movement.from, { returned: size, inHand: -size });
      book(movement.to, { issued: -size, inHand: size });
      break;
    case "use":
      book(movement.at, { used: size, inHand: -size });
      break;
    case "recall":
      book(movement.at, { used: -size, scrapped: size });
      break;
    case "scrap":
      book(movement.at, { scrapped: size, inHand: -size });
      break;
    case "print":
      break;
  }
  return balances;
}
