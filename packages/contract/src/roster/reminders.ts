import { z } from "zod";
import { InCampaign } from "../common.ts";
import { call } from "../operation.ts";
import { NotifiedCounts } from "./batches.ts";
import { RosterFilter, RosterSelection, rosterTag as tag } from "./filter.ts";

/** Reminders to teachers who have not applied or not finished. */
export const remindersContract = {
  remind: call("POST", "/campaigns/{campaign}/roster/remind", {
    callers: ["school-clerk"],
    tag,
    summary: "提醒没有申请或没有办完的教师",
  })
    .input(InCampaign.extend({ selection: RosterSelection }))
    .output(
      NotifiedCounts.extend({
        /** Not reminded: they owe nothing or need not register. */
        nothingOwed: z.int(),
        /** Not reminded: they applied at another school. */
        elsewhere: z.int(),
        /** Not reminded: they wait for a certificate or a file. Choosing them by name reminds them. */
        parked: z.int(),
        /** Not reminded: their deadline has passed. */
        over: z.int(),
      }),
    ),
  getReminderList: call("GET", "/campaigns/{campaign}/reminder-list.pdf", {
    callers: ["school-clerk"],
    tag,
    summary: "提醒名单（PDF，张贴用，不含证件号码）",
  })
    .input(InCampaign.extend(RosterFilter.shape))
    .output(z.instanceof(File)),
};
