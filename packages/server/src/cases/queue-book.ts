import type { QueueColumn } from "@shice/contract/cases.ts";
import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import { certificateTitles } from "@shice/rules/plan/institution.ts";
import { writeWorkbook } from "../platform/excel/writer.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { listQueue, type QueueFilter, type QueueRow } from "./queries.ts";

/** A workbook of more rows serves nobody at a desk: a narrower filter does. */
const mostRows = 20_000;
const rowsAtOnce = 2000;

/**
 * All rows of a filtered queue, in its order.
 * @throws RefusalError export.too-many
 */
export async function listWholeQueue(ctx: ActContext, filter: QueueFilter): Promise<QueueRow[]> {
  const rows: QueueRow[] = [];
  for (let cursor: string[] | undefined; ; ) {
    const page = (await listQueue(ctx, filter, cursor, rowsAtOnce)).slice(0, rowsAtOnce);
    rows.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < rowsAtOnce) return rows;
    if (rows.length >= mostRows) throw new RefusalError({ code: "export.too-many", most: mostRows });
    cursor = [last.state_since.toString(), last.id];
  }
}

const columns: Record<QueueColumn, { title: string; width: number; text: (row: QueueRow, ctx: ActContext) => string }> =
  {
    name: { title: "姓名", width: 14, text: ({ name }) => name },
    number: { title: "申请编号", width: 16, text: ({ number }) => number },
    school: { title: "任教学校", width: 30, text: ({ school_name }) => school_name ?? "" },
    subject: { title: "任教学科", width: 14, text: ({ subject }) => subject ?? "" },
    certificateKind: {
      title: "教师资格种类",
      width: 26,
      text: ({ certificate_kind }) => (certificate_kind === null ? "" : certificateTitles[certificate_kind]),
    },
    registrationKind: {
      title: "注册类型",
      width: 12,
      text: ({ registration_kind }) => (registration_kind === "periodic" ? "定期注册" : "首次注册"),
    },
    state: { title: "状态", width: 16, text: ({ state }) => stateTitles[state] },
    since: { title: "到达时间", width: 18, text: ({ state_since }, ctx) => momentText(state_since, ctx) },
    replyBy: {
      title: "答复截止",
      width: 18,
      text: ({ reply_by }, ctx) => (reply_by === null ? "" : momentText(reply_by, ctx)),
    },
    proposed: {
      title: "拟定结论",
      width: 12,
      text: ({ final_conclusion, preliminary_conclusion }, { campaign }) => {
        const key = final_conclusion ?? preliminary_conclusion;
        return campaign.plan.conclusions.find((conclusion) => conclusion.key === key)?.name ?? "";
      },
    },
    flags: { title: "提示", width: 8, text: ({ flags }) => (flags.length === 0 ? "" : `${flags.length}项`) },
  };

/** The queue as a workbook, with the columns that are wanted in the order wanted. */
export async function queueBookOf(
  ctx: ActContext,
  rows: readonly QueueRow[],
  wanted: readonly QueueColumn[],
): Promise<Buffer> {
  const chosen = wanted.map((key) => columns[key]);
  return await writeWorkbook([
    {
      name: "办件",
      lines: [`${ctx.campaign.title}　${momentText(ctx.now, ctx)}导出　共${rows.length}件`],
      columns: chosen.map(({ title, width }) => ({ title, width })),
      rows: rows.map((row) => chosen.map(({ text }) => text(row, ctx))),
    },
  ]);
}

/** 2017-10-09 09:00 */
function momentText(at: Temporal.Instant, { campaign }: ActContext): string {
  const local = at.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDateTime();
  return local.toString({ smallestUnit: "minute" }).replace("T", " ");
}
