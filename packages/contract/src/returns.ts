import { z } from "zod";
import { InCampaign, Instant, PageQuery, pageOf, Uuid } from "./common.ts";
import { call } from "./operation.ts";
import { ReasonCode } from "./terms.ts";

const tag = "退回情况";
const readers = ["school-clerk", "district-reviewer", "district-lead", "centre-reviewer", "campaign-manager"] as const;

/** Who returned: the school to its teacher, or the district to the school. What a school passes on is the same return. */
export const returnStages = ["confirm", "preliminary"] as const;
/** What became of a return: answered in time, let pass, still open, or ended with the application. */
export const returnOutcomes = ["answered", "expired", "open", "withdrawn"] as const;

const ReturnFilter = InCampaign.extend({
  stage: z.enum(returnStages).optional(),
  authority: Uuid.optional(),
  school: Uuid.optional(),
});

/** Returns counted: how many cases, how many times, and how they ended. */
export const ReturnCount = z.object({
  cases: z.int(),
  returns: z.int(),
  answered: z.int(),
  expired: z.int(),
  open: z.int(),
  withdrawn: z.int(),
});
export type ReturnCount = z.infer<typeof ReturnCount>;

export const ReturnRanking = z.object({
  /** Applications that were ever submitted, of which some were returned. */
  submitted: z.int(),
  total: ReturnCount,
  /** By reason, the most frequent first; a return for several reasons counts with each. */
  reasons: z.array(ReturnCount.extend({ code: ReasonCode, text: z.string() })),
  /** How many cases were returned so many times. */
  rounds: z.array(z.object({ rounds: z.int(), cases: z.int() })),
  /** Side by side: schools, or for who looks on several districts the districts. */
  by: z.enum(["school", "authority"]),
  places: z.array(
    ReturnCount.extend({
      id: Uuid,
      name: z.string(),
      submitted: z.int(),
      /** The reason that comes up most often here. */
      first: z.string().nullable(),
    }),
  ),
});
export type ReturnRanking = z.infer<typeof ReturnRanking>;

/** Why applications go back, so that the next school is told beforehand (Notice §四(二): 认真核实). */
export const returnsContract = {
  rankReturns: call("GET", "/campaigns/{campaign}/return-reasons", {
    callers: readers,
    tag,
    summary: "退回原因排行，各校（区县）对照",
  })
    .input(ReturnFilter)
    .output(ReturnRanking),
  listReturned: call("GET", "/campaigns/{campaign}/returned-applications", {
    callers: readers,
    tag,
    summary: "退回过的申请",
  })
    .input(
      ReturnFilter.extend({
        ...PageQuery.shape,
        reason: ReasonCode.optional(),
        rounds: z.coerce.number().int().min(1).max(99).optional(),
        outcome: z.enum(returnOutcomes).optional(),
      }),
    )
    .output(
      pageOf(
        z.object({
          application: Uuid,
          number: z.string(),
          name: z.string(),
          school: z.string(),
          stateTitle: z.string(),
          rounds: z.int(),
          reasons: z.array(z.string()),
          lastAt: Instant,
          lastOutcome: z.enum(returnOutcomes),
        }),
      ),
    ),
};
