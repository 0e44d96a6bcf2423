import { z } from "zod";
import { Day, InCampaign, Instant, PageQuery, pageOf, Uuid } from "../common.ts";
import { call } from "../operation.ts";
import { ReasonCode } from "../terms.ts";
import { ParkedView, RosterSelection, rosterReaders, rosterTag as tag } from "./filter.ts";

const Hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "请填写时刻，如 09:00");
const Done = z.object({ done: z.literal(true) });

const BatchSaid = z.object({
  name: z.string().trim().min(1, "请填写名称，如“第一批”").max(40),
  plannedOn: Day,
  fromHour: Hour.nullable().default(null),
  toHour: Hour.nullable().default(null),
  place: z.string().trim().max(40).nullable().default(null),
  remark: z.string().trim().max(300).nullable().default(null),
});
const OfBatch = InCampaign.extend({ batch: Uuid });

const BatchView = z.object({
  id: Uuid,
  school: Uuid,
  schoolName: z.string(),
  name: z.string(),
  plannedOn: Day,
  fromHour: z.string().nullable(),
  toHour: z.string().nullable(),
  place: z.string().nullable(),
  remark: z.string().nullable(),
  people: z.int(),
  applied: z.int(),
  confirmed: z.int(),
  handedOver: z.int(),
  parked: z.int(),
  /** Whether the day has passed and somebody who must register is not confirmed. */
  overdue: z.boolean(),
  announcedAt: Instant.nullable(),
  /** Number of people to notify: the batch changed since it was announced, or they joined later. */
  untold: z.int(),
});

/** Counts of notified people by channel, and the people not reached. */
export const NotifiedCounts = z.object({
  /** People notified, each counted once. */
  people: z.int(),
  inbox: z.int(),
  email: z.int(),
  sms: z.int(),
  /** Sent to the roster's mobile number, because the person has no account. */
  smsToRoster: z.int(),
  /** Not notified again: notified today, or of the same batch data. */
  already: z.int(),
  unreachable: z.array(z.string()),
});

/** Schools where files or certificates are being corrected may register in batches within the time (Notice §三(一)). */
export const batchesContract = {
  listBatches: call("GET", "/campaigns/{campaign}/batches", { callers: rosterReaders, tag, summary: "分批安排" })
    .input(InCampaign.extend({ school: Uuid.optional() }))
    .output(z.array(BatchView)),
  addBatch: call("POST", "/campaigns/{campaign}/batches", { callers: ["school-clerk"], tag, summary: "新增一批" })
    .input(InCampaign.extend({ school: Uuid, ...BatchSaid.shape }))
    .output(BatchView),
  changeBatch: call("PUT", "/campaigns/{campaign}/batches/{batch}", {
    callers: ["school-clerk"],
    tag,
    summary: "修改一批的安排",
  })
    .input(OfBatch.extend(BatchSaid.shape))
    .output(BatchView),
  removeBatch: call("DELETE", "/campaigns/{campaign}/batches/{batch}", {
    callers: ["school-clerk"],
    tag,
    summary: "撤销一批（其中的教师回到未分批）",
  })
    .input(OfBatch)
    .output(Done),
  assignBatch: call("POST", "/campaigns/{campaign}/batches/assign", {
    callers: ["school-clerk"],
    tag,
    summary: "编入一批，或移出",
  })
    .input(InCampaign.extend({ batch: Uuid.nullable(), selection: RosterSelection }))
    .output(z.object({ moved: z.int() })),
  announceBatch: call("POST", "/campaigns/{campaign}/batches/{batch}/announce", {
    callers: ["school-clerk"],
    tag,
    summary: "通知本批教师时间地点",
  })
    .input(OfBatch)
    .output(NotifiedCounts),
  getAppointment: call("GET", "/campaigns/{campaign}/my-appointment", {
    callers: ["applicant"],
    tag,
    summary: "学校通知的现场确认时间地点",
  })
    .input(InCampaign)
    .output(
      z
        .object({
          school: z.string(),
          batch: z.string(),
          plannedOn: Day,
          fromHour: z.string().nullable(),
          toHour: z.string().nullable(),
          place: z.string().nullable(),
          remark: z.string().nullable(),
          /** Whether the day has passed. */
          over: z.boolean(),
        })
        .nullable(),
    ),
  park: call("POST", "/campaigns/{campaign}/parked", {
    callers: ["school-clerk"],
    tag,
    summary: "登记证书、档案更正中",
  })
    .input(
      InCampaign.extend({
        entries: z.array(Uuid).min(1).max(500),
        kind: ReasonCode,
        missing: z.string().trim().min(2, "请写明缺什么，如“证书姓名与身份证不一致，已向发证机关申请更正”").max(300),
        since: Day,
      }),
    )
    .output(z.object({ parked: z.int() })),
  release: call("POST", "/campaigns/{campaign}/parked/{parking}/release", {
    callers: ["school-clerk"],
    tag,
    summary: "更正完成，恢复办理",
  })
    .input(
      InCampaign.extend({ parking: Uuid, note: z.string().trim().min(2, "请写明结果，如“新证书已取得”").max(300) }),
    )
    .output(Done),
  listParked: call("GET", "/campaigns/{campaign}/parked", {
    callers: rosterReaders,
    tag,
    summary: "证书、档案更正中的教师",
  })
    .input(InCampaign.extend({ ...PageQuery.shape, ended: z.enum(["yes", "no"]).default("no") }))
    .output(
      pageOf(
        ParkedView.extend({
          entry: Uuid,
          name: z.string(),
          idNumberMasked: z.string(),
          schoolName: z.string(),
          stateTitle: z.string(),
          parkedBy: z.string(),
          releasedAt: Instant.nullable(),
          releasedBy: z.string().nullable(),
          note: z.string().nullable(),
        }),
      ),
    ),
};
