import { windowDaysText } from "@shice/contract/sentences/days.zh.ts";
import type { ChecklistItem } from "@shice/rules/materials/checklist.ts";
import type { Sheet } from "../platform/typesetting/typesetter.ts";
import type { ActContext } from "../request/run-act.ts";
import { headOf, type Printed } from "./sheet-data.ts";

/** The slip for the desk, and what this teacher brings (Notice §三(二)1–7). */
export function slipSheetOf(ctx: ActContext, printed: Printed): Sheet {
  const { campaign } = ctx;
  const { row } = printed;
  const brought = printed.checklist.filter(({ suppliedBy }) => suppliedBy === "applicant");
  const supplied = printed.checklist.filter(({ suppliedBy }) => suppliedBy === "school");
  return {
    template: "slip.typ",
    at: row.changed_at,
    document: {
      ...headOf(ctx, printed),
      notes: printed.isDraft ? ["申请还没有提交。提交之后请重新打印本凭条。"] : [],
      facts: [
        ["姓名", row.name],
        ["任教学校", row.school ?? "未选择"],
        ["确认点", row.point ?? "未选择"],
        ["注册机构", row.authority ?? "未选择"],
        ["现场确认", windowDaysText(campaign.plan.stages.confirm)],
      ],
      bring: brought.map((item) => [String(item.item), item.name, needsOf(item)]),
      school: supplied.map((item) => [String(item.item), item.name]),
      advice: [
        "申请表每份都要由本人签名。",
        "证书上的姓名、证件号码与身份证不一致的，请带上户口簿等证明。",
        "材料原件当场核对后退还。",
        `${campaign.plan.unconfirmed.text}。`,
      ],
    },
  };
}

/** 原件、复印件1份（由学校核对后盖章） */
function needsOf(item: ChecklistItem): string {
  const copies = item.copies === 0 ? [] : [item.originalSeen ? `复印件${item.copies}份` : `${item.copies}份`];
  const parts = [...(item.originalSeen ? ["原件"] : []), ...copies];
  return `${parts.join("、")}${item.copyStamped ? "（复印件由学校核对后盖章）" : ""}`;
}
