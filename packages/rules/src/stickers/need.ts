import type { State } from "../lifecycle/state.ts";
import type { Ledger } from "./ledger.ts";
import { countOf } from "./serials.ts";

/** A case as far as its sticker is concerned; rows that agree may be given once, with their `count`. */
interface StickerCase {
  state: State;
  markWith: "sticker" | "annotation" | "none" | null;
  conclusion: string | null;
  count?: number;
}

interface StickerNeed {
  conclusion: string;
  /** Concluded cases that wait for a sticker. */
  needed: bigint;
  /** Stickers printed with this conclusion that lie at the district. */
  printedInHand: bigint;
  /** Still to be issued; what lies there beyond the need is `surplus`, to be returned. */
  toIssue: bigint;
  surplus: bigint;
}

/** What a district draws: as many stickers of each conclusion as it has cases for (Notice §三(六)1: 按实际注册数领取). */
export function stickerNeedsOf(cases: readonly StickerCase[], ledger: Ledger, district: string): StickerNeed[] {
  const needed = new Map<string, bigint>();
  for (const { state, markWith, conclusion, count = 1 } of cases) {
    if (state !== "concluded" || markWith !== "sticker" || conclusion === null) continue;
    needed.set(conclusion, (needed.get(conclusion) ?? 0n) + BigInt(count));
  }
  const printed = new Map<string, bigint>();
  for (const { place, organisation, printedConclusion, serials } of ledger.holdings) {
    if (place !== "stock" || organisation !== district || printedConclusion === null) continue;
    printed.set(printedConclusion, (printed.get(printedConclusion) ?? 0n) + countOf(serials));
  }
  return [...new Set([...needed.keys(), ...printed.keys()])].sort().map((conclusion) => {
    const need = needed.get(conclusion) ?? 0n;
    const printedInHand = printed.get(conclusion) ?? 0n;
    const missing = need - printedInHand;
    return {
      conclusion,
      needed: need,
      printedInHand,
      toIssue: missing > 0n ? missing : 0n,
      surplus: missing < 0n ? -missing : 0n,
    };
  });
}
