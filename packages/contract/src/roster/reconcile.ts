import { standings } from "@shice/rules/roster/standing.ts";
import { z } from "zod";
import { Day, InCampaign, Instant, PageQuery, pageOf, RefusalText, Uuid } from "../common.ts";
import { call } from "../operation.ts";
import { ReasonCode } from "../terms.ts";
import { RosterFilter, RosterItem, RosterSelection, rosterEditors, rosterReaders, rosterTag as tag } from "./filter.ts";

const OfEntry = InCampaign.extend({ entry: Uuid });
const Done = z.object({ done: z.literal(true) });

/** The standing of a teacher who does not simply register, with the reason and the day of the signed statement. */
export const StandingSaid = z.object({
  standing: z.enum(standings),
  reason: ReasonCode.optional(),
  remark: z.string().trim().max(300).optional(),
  /** The day on which the teacher signed the statement; required for the unwilling, not allowed for others. */
  statementOn: Day.optional(),
});

/** The clerk handles everybody on the roster and records a reason for each who does not register. */
export const reconcileContract = {
  setStanding: call("POST", "/campaigns/{campaign}/roster/{entry}/standing", {
    callers: rosterEditors,
    tag,
    summary: "登记情形与原因",
  })
    .input(OfEntry.extend(StandingSaid.shape))
    .output(RosterItem),
  setStandings: call("POST", "/campaigns/{campaign}/roster/standings", {
    callers: rosterEditors,
    tag,
    summary: "为多名教师登记同一情形",
  })
    .input(InCampaign.extend({ entries: z.array(Uuid).min(1).max(500), ...StandingSaid.shape }))
    .output(z.object({ changed: z.int() })),
  markSeen: call("POST", "/campaigns/{campaign}/roster/seen", {
    callers: ["school-clerk"],
    tag,
    summary: "已逐一核对（所选教师，或当前筛选的全部教师）",
  })
    .input(InCampaign.extend({ selection: RosterSelection }))
    .output(z.object({ seen: z.int() })),
  countRoster: call("GET", "/campaigns/{campaign}/roster-counts", {
    callers: rosterReaders,
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
        /** People whom the school has not seen. */
        unseen: z.int(),
        parked: z.int(),
        /** People who applied here and are not on the roster. */
        offRoster: z.int(),
        byStanding: z.partialRecord(z.enum(standings), z.int()),
      }),
    ),
  countMatching: call("GET", "/campaigns/{campaign}/roster-matching", {
    callers: rosterReaders,
    tag,
    summary: "符合筛选条件的人数",
  })
    .input(InCampaign.extend(RosterFilter.shape))
    .output(z.object({ count: z.int() })),
  listOffRoster: call("GET", "/campaigns/{campaign}/off-roster", {
    callers: rosterEditors,
    tag,
    summary: "已申请而不在名册中的教师",
  })
    .input(InCampaign.extend({ ...PageQuery.shape, school: Uuid.optional() }))
    .output(
      pageOf(
        z.object({
          application: Uuid,
          number: z.string(),
          name: z.string(),
          idNumberMasked: z.string(),
          schoolName: z.string(),
          stateTitle: z.string(),
          since: Instant,
          /** The school whose roster contains the teacher. */
          elsewhere: z.string().nullable(),
        }),
      ),
    ),
  putOnRoster: call("POST", "/campaigns/{campaign}/off-roster/put", {
    callers: rosterEditors,
    tag,
    summary: "列入名册",
  })
    .input(InCampaign.extend({ applications: z.array(Uuid).min(1).max(500) }))
    .output(
      z.object({
        added: z.int(),
        wrong: z.array(z.object({ application: Uuid, name: z.string(), refusal: RefusalText })),
      }),
    ),
  addStatementScan: call("POST", "/campaigns/{campaign}/roster/{entry}/statement", {
    callers: rosterEditors,
    tag,
    summary: "上传声明的扫描件",
  })
    .input(
      OfEntry.extend({
        fileName: z.string().trim().min(1).max(200),
        /** The picture (JPEG, PNG, WebP) in Base64. */
        content: z.base64("图片内容不完整，请重新上传").max(1_900_000, "图片过大，请选择小一些的图片"),
      }),
    )
    .output(RosterItem),
  removeStatementScan: call("DELETE", "/campaigns/{campaign}/roster/{entry}/statement", {
    callers: rosterEditors,
    tag,
    summary: "移除声明的扫描件",
  })
    .input(OfEntry)
    .output(Done),
  getStatementScan: call("GET", "/campaigns/{campaign}/roster/{entry}/statement.jpg", {
    callers: rosterEditors,
    tag,
    summary: "声明的扫描件",
  })
    .input(OfEntry)
    .output(z.instanceof(File)),
  getStatementForm: call("GET", "/campaigns/{campaign}/statement-form.pdf", {
    callers: rosterEditors,
    tag,
    summary: "“自愿不参加本次定期注册声明”（PDF，打印后由本人签字）",
  })
    .input(InCampaign.extend({ entry: Uuid.optional() }))
    .output(z.instanceof(File)),
  getReconciliationSheet: call("GET", "/campaigns/{campaign}/reconciliation.pdf", {
    callers: rosterEditors,
    tag,
    summary: "名册核对表（PDF，学校负责人签字）",
  })
    .input(InCampaign.extend({ school: Uuid.optional() }))
    .output(z.instanceof(File)),
};
