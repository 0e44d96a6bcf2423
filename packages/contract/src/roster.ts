import { z } from "zod";
import { InCampaign, PageQuery, pageOf, RefusalText, Uuid } from "./common.ts";
import { call } from "./operation.ts";

const tag = "应注册教师名册";
const keepers = ["school-clerk", "district-reviewer", "district-lead"] as const;

export const standings = [
  "due",
  "not-due",
  "on-probation",
  "seconded-out",
  "seconded-in",
  "retiring",
  "out-of-scope",
  "unwilling",
] as const;

export const RosterRow = z.object({
  school: Uuid,
  name: z.string().max(60),
  documentKind: z.string().max(40).default("id-card"),
  idNumber: z.string().max(40),
  standing: z.enum(standings).default("due"),
  reason: z.string().max(60).optional(),
  remark: z.string().max(300).optional(),
  facts: z.record(z.string(), z.unknown()).default({}),
});
export const RosterItem = z.object({
  id: Uuid,
  school: Uuid,
  schoolName: z.string(),
  name: z.string(),
  idNumberMasked: z.string(),
  standing: z.enum(standings),
  reason: z.string().nullable(),
  remark: z.string().nullable(),
  application: Uuid.nullable(),
  state: z.string().nullable(),
  stateTitle: z.string().nullable(),
  seenAt: z.string().nullable(),
});

/** Notice §三(一): schools organise their teachers; nobody lapses whom the school has not seen. */
export const rosterContract = {
  addRoster: call("POST", "/campaigns/{campaign}/roster", {
    callers: keepers,
    tag,
    summary: "登记名册（可批量）",
  })
    .input(
      InCampaign.extend({
        rows: z.array(RosterRow).min(1).max(1000),
        source: z.enum(["district", "excel", "hand"]),
      }),
    )
    .output(
      z.object({
        added: z.int(),
        changed: z.int(),
        unchanged: z.int(),
        wrong: z.array(z.object({ row: z.int(), field: z.string(), refusal: RefusalText })),
      }),
    ),
  listRoster: call("GET", "/campaigns/{campaign}/roster", {
    callers: [...keepers, "centre-reviewer", "campaign-manager", "auditor"],
    tag,
    summary: "名册与申请情况对照",
  })
    .input(
      InCampaign.extend({
        ...PageQuery.shape,
        school: Uuid.optional(),
        standing: z.enum(standings).optional(),
        applied: z.enum(["yes", "no"]).optional(),
      }),
    )
    .output(pageOf(RosterItem)),
  setStanding: call("POST", "/campaigns/{campaign}/roster/{entry}/standing", {
    callers: keepers,
    tag,
    summary: "登记未申请原因",
  })
    .input(
      InCampaign.extend({
        entry: Uuid,
        standing: z.enum(standings),
        reason: z.string().max(60).optional(),
        remark: z.string().max(300).optional(),
      }),
    )
    .output(RosterItem),
  countRoster: call("GET", "/campaigns/{campaign}/roster-counts", {
    callers: [...keepers, "centre-reviewer", "campaign-manager", "auditor"],
    tag,
    summary: "名册对照汇总",
  })
    .input(InCampaign.extend({ school: Uuid.optional() }))
    .output(
      z.object({
        due: z.int(),
        applied: z.int(),
        confirmed: z.int(),
        notApplied: z.int(),
        byStanding: z.record(z.string(), z.int()),
      }),
    ),
};
