import type { ActSpec } from "./acts/act-spec.ts";
import { caseActs } from "./cases/acts.ts";
import { decisionActs } from "./decision/acts.ts";
import { deskActs } from "./desk/acts.ts";
import { handOverActs } from "./hand-over/acts.ts";
import { markingActs } from "./marking/acts.ts";
import { preliminaryActs } from "./preliminary/acts.ts";
import { reviewActs } from "./review/acts.ts";

/** The acts on one case that its page offers, each from its module. Acts on lists start from their queues. */
const acts: ReadonlyMap<string, ActSpec> = new Map(
  [caseActs, deskActs, handOverActs, preliminaryActs, reviewActs, decisionActs, markingActs].flatMap(
    (module): [string, ActSpec][] => Object.entries(module),
  ),
);

/** The dialogue of an act, where it is one that the case's page offers. */
export function findAct(name: string): ActSpec | undefined {
  return acts.get(name);
}
