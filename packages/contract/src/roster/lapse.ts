import { z } from "zod";
import { InCampaign, Instant, PageQuery, pageOf, Reason, Uuid } from "../common.ts";
import { call } from "../operation.ts";
import { State } from "../terms.ts";
import { rosterTag as tag } from "./filter.ts";

const YesNo = z.enum(["yes", "no"]);

/** How the school has seen the case. */
const SightView = z.object({ text: z.string(), by: z.string().nullable(), at: Instant });

const WouldLapse = z.object({
  application: Uuid,
  number: z.string(),
  name: z.string(),
  school: z.string().nullable(),
  state: State,
  /** Why the case would lapse: 填报中未提交, 已提交未确认, 退回未答复. */
  why: z.string(),
  since: Instant,
  /** The instant at which it would lapse. */
  by: Instant.nullable(),
  onRoster: z.boolean(),
  sight: SightView.nullable(),
});

/** A case lapses only if the school has seen it (Notice §三(二)). */
export const lapseContract = {
  listWouldLapse: call("GET", "/campaigns/{campaign}/would-lapse", {
    callers: ["school-clerk"],
    tag,
    summary: "到期将视为自动放弃的教师",
  })
    .input(InCampaign.extend({ ...PageQuery.shape, seen: YesNo.optional(), state: State.optional() }))
    .output(pageOf(WouldLapse)),
  countWouldLapse: call("GET", "/campaigns/{campaign}/would-lapse-counts", {
    callers: ["school-clerk"],
    tag,
    summary: "到期将视为自动放弃的人数",
  })
    .input(InCampaign)
    .output(
      z.object({
        total: z.int(),
        unseen: z.int(),
        draft: z.int(),
        submitted: z.int(),
        returned: z.int(),
        /** The end of the confirmation at this school. */
        endsAt: Instant.nullable(),
      }),
    ),
  acknowledgeLapse: call("POST", "/campaigns/{campaign}/would-lapse/acknowledge", {
    callers: ["school-clerk"],
    tag,
    summary: "已逐人看过",
  })
    .input(InCampaign.extend({ applications: z.array(Uuid).min(1).max(5000) }))
    .output(z.object({ seen: z.int() })),
  listSilentSchools: call("GET", "/campaigns/{campaign}/silent-schools", {
    callers: ["district-reviewer", "district-lead"],
    tag,
    summary: "有教师未经学校核对的学校",
  })
    .input(InCampaign)
    .output(
      z.object({
        /** The end of the confirmation; nothing can be recorded before it. */
        endsAt: Instant.nullable(),
        over: z.boolean(),
        schools: z.array(
          z.object({
            school: Uuid,
            name: z.string(),
            /** Cases that would lapse and that the school has not seen. */
            unseen: z.int(),
            /** Of these, cases whose time is over. */
            held: z.int(),
            /** People on the school's roster whom the school has not seen. */
            unseenOnRoster: z.int(),
            people: z.array(z.object({ number: z.string(), name: z.string(), why: z.string() })),
          }),
        ),
        noted: z.array(
          z.object({
            id: Uuid,
            school: z.string(),
            cases: z.int(),
            reason: z.string(),
            by: z.string(),
            at: Instant,
          }),
        ),
      }),
    ),
  noteSilence: call("POST", "/campaigns/{campaign}/silent-schools/note", {
    callers: ["district-reviewer", "district-lead"],
    tag,
    summary: "记录学校逾期未核对",
  })
    .input(
      InCampaign.extend({
        school: Uuid,
        reason: Reason,
        /** The number that the user saw; if it has changed since, nothing is recorded. */
        count: z.int().min(1),
      }),
    )
    .output(z.object({ noted: z.int() })),
};
