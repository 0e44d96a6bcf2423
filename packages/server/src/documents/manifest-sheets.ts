import { fullDayText } from "@shice/contract/sentences/days.zh.ts";
import { type BookSheet, writeWorkbook } from "../platform/excel/writer.ts";
import { barCode } from "../platform/typesetting/codes.ts";
import type { Sheet } from "../platform/typesetting/typesetter.ts";
import type { ActContext } from "../request/run-act.ts";
import type { ManifestPaper, ManifestPaperItem } from "./manifest-data.ts";

/** The list that goes with the bags, to be signed on both sides (Notice §三(二): 统一报送). */
export function manifestSheetOf(ctx: ActContext, paper: ManifestPaper): Sheet {
  return {
    template: "manifest.typ",
    at: paper.changedAt,
    document: {
      number: paper.number,
      point: paper.point,
      authority: paper.authority,
      hash: paper.hash,
      campaign: ctx.campaign.title,
      "handed-over": `${dayTextOf(ctx, paper.handedOverAt)}　${paper.handedOverBy}`,
      received: receiptText(ctx, paper),
      barcode: barCode(paper.number),
      items: paper.items.map((item) => [
        String(item.position),
        item.bag,
        item.name,
        item.number,
        item.kind,
        item.subject,
        String(item.copies),
        stateText(item),
      ]),
      differences: paper.items
        .filter(({ difference }) => difference !== null)
        .map((item) => [String(item.position), item.name, item.difference ?? "", supplementText(ctx, item)]),
      materials: paper.materials.map(({ item, name, cases, copies }) => [
        String(item),
        name,
        String(cases),
        String(copies),
      ]),
      kinds: paper.kinds.map(({ name, cases }) => [name, String(cases)]),
      copies: paper.materials.reduce((sum, { copies }) => sum + copies, 0),
    },
  };
}

/** One label a bag, in the order of the list: county initials, year, point and personal number, name, unit, kind, subject. */
export function labelSheetOf(ctx: ActContext, paper: ManifestPaper): Sheet {
  return {
    template: "labels.typ",
    at: paper.handedOverAt,
    document: {
      number: paper.number,
      campaign: ctx.campaign.title,
      items: paper.items.map(({ bag, name, school, number, kind, subject }) => ({
        bag,
        name,
        school,
        number,
        kind,
        subject,
        barcode: barCode(number),
      })),
    },
  };
}

/** The same list in the same order as a workbook. */
export async function manifestBookOf(ctx: ActContext, paper: ManifestPaper): Promise<Buffer> {
  const list: BookSheet = {
    name: "交接清单",
    lines: [
      `${ctx.campaign.title}　材料交接清单　${paper.number}`,
      `报送单位：${paper.point}　接收单位：${paper.authority}　报送日期：${dayTextOf(ctx, paper.handedOverAt)}　共${paper.items.length}人`,
      ...(receiptText(ctx, paper) === "" ? [] : [`签收：${receiptText(ctx, paper)}`]),
    ],
    columns: [
      { title: "序号", width: 8, number: true },
      { title: "档案袋编号", width: 22 },
      { title: "姓名", width: 14 },
      { title: "申请编号", width: 16 },
      { title: "任教学校", width: 28 },
      { title: "教师资格种类", width: 26 },
      { title: "任教学科", width: 14 },
      { title: "材料份数", width: 10, number: true },
      { title: "签收情况", width: 12 },
      { title: "缺少或不符", width: 36 },
      { title: "补交", width: 24 },
    ],
    rows: paper.items.map((item) => [
      item.position,
      item.bag,
      item.name,
      item.number,
      item.school,
      item.kind,
      item.subject,
      item.copies,
      stateText(item),
      item.difference ?? "",
      supplementText(ctx, item),
    ]),
  };
  const totals: BookSheet = {
    name: "合计",
    columns: [
      { title: "项", width: 8 },
      { title: "材料", width: 50 },
      { title: "人数", width: 10, number: true },
      { title: "份数", width: 10, number: true },
    ],
    rows: [
      ...paper.materials.map(({ item, name, cases, copies }) => [String(item), name, cases, copies]),
      ...paper.kinds.map(({ name, cases }) => ["资格种类", name, cases, null]),
    ],
  };
  return await writeWorkbook([list, totals]);
}

/** How far the receipt is: closed by whom and when, or how many bags have been looked into. */
function receiptText(ctx: ActContext, { receivedAt, receivedBy, settled, items }: ManifestPaper): string {
  if (receivedAt !== null) return `${dayTextOf(ctx, receivedAt)}　${receivedBy ?? ""}`;
  return settled === 0 ? "" : `已核对 ${settled} / ${items.length}`;
}

function stateText({ outcome, supplement }: ManifestPaperItem): string {
  if (outcome === null) return "";
  if (outcome === "received") return "收到";
  return supplement === null ? (outcome === "missing" ? "未收到" : "有出入") : "已补交";
}

function supplementText(ctx: ActContext, { supplement }: ManifestPaperItem): string {
  if (supplement === null) return "";
  const { at, by, remark } = supplement;
  return [`${dayTextOf(ctx, at)}补交`, `${by}收`, ...(remark === null ? [] : [remark])].join("　");
}

function dayTextOf({ campaign }: ActContext, at: Temporal.Instant): string {
  return fullDayText(at.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate().toString());
}
