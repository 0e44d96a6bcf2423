import { z } from "zod";
import { InCampaign, Instant, PageQuery, pageOf, Uuid } from "./common.ts";
import { call } from "./operation.ts";
import { ReasonCode } from "./terms.ts";

const tag = "退回情况";
const readers = ["school-clerk", "district-reviewer", "district-lead", "centre-reviewer", "campaign-manager"] as const;

/**
 * Who returned a case: the school to its teacher, or the district to the school. A return passed on by the school is
 * the same return.
 */
export const returnStages = ["confirm", "preliminary"] as const;
/** The outcome of a return: answered in time, expired, pending, or ended with the application. */
export const returnOutcomes = ["answered", "expired", "open", "withdrawn"] as const;

const ReturnFilter = InCampaign.extend({
  stage: z.enum(returnStages).optional(),
  authority: Uuid.optional(),
  school: Uuid.optional(),
});

/** Counts of returns: cases, returns and their outcomes. */
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
  /** Number of applications ever submitted; some of them were returned. */
  submitted: z.int(),
  total: ReturnCount,
  /** By reason, the most frequent first. A return with several reasons counts for each. */
  reasons: z.array(ReturnCount.extend({ code: ReasonCode, text: z.string() })),
  /** Number of cases by number of returns. */
  rounds: z.array(z.object({ rounds: z.int(), cases: z.int() })),
  /** Comparison by school; for readers of several districts by district. */
  by: z.enum(["school", "authority"]),
  places: z.array(
    ReturnCount.extend({
      id: Uuid,
      name: z.string(),
      submitted: z.int(),
      /** The most frequent reason here. */
      first: z.string().nullable(),
    }),
  ),
});
export type ReturnRanking = z.infer<typeof ReturnRanking>;

/** Reasons for returns, so that the next school can avoid them (Notice §四(二): 认真核实). */
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
