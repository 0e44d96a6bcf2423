import type { RosterColumnKey } from "@shice/rules/roster/columns.ts";
import type { RowTrouble } from "@shice/rules/roster/read-row.ts";
import { type ByCode, type Wordings, wordedBy } from "../wording.ts";
import { checksSentenceOf } from "./checks.zh.ts";
import { fullDayText } from "./days.zh.ts";
import { cellTroubleTexts, type TroubleText } from "./sheet.zh.ts";

type Texts = Wordings<ByCode<RowTrouble>, TroubleText>;

/** Sentences for faults in a roster: the fault and the right form. */
const rowTroubleTexts: Texts = {
  ...cellTroubleTexts,
  "cell.not-a-mobile": () => ({ sentence: "手机号码不对。", right: "以1开头的11位数字" }),
  "id.fifteen": () => ({
    sentence: "15位身份证号码已停止使用。",
    right: "按现行居民身份证填写18位号码",
  }),
  "row.reason-needed": ({ standing }) => ({
    sentence: `名册情形为“${standing}”的，须写明未申请原因。`,
    right: "从“未申请原因”的下拉列表中选填",
  }),
  "row.reason-of-whom": () => ({
    sentence: "填写了未申请原因，但没有写明属于哪种情形。",
    right: "填写名册情形（如“试用期”“即将退休”），或删除原因",
  }),
  "row.statement-needed": () => ({
    sentence: "本人不参加本次注册的，须有本人签字的声明。",
    right: "在“声明签字日期”一列填写本人签字的日期",
  }),
  "row.statement-day": ({ from, to }) => ({
    sentence: "声明签字日期不对。",
    right: `${fullDayText(from)}（通知印发）至${fullDayText(to)}之间的日期`,
  }),
  "row.repeated": ({ first }) => ({ sentence: `与第${first}行重复。`, right: "删除其中一行" }),
  "row.same-number": ({ first, name }) => ({
    sentence: `证件号码与第${first}行的${name}相同，姓名不同。`,
    right: "对照证件核对两人的号码",
  }),
  "school.needed": () => ({ sentence: "没有填写学校。", right: "填写学校的规范全称" }),
  "school.unknown": ({ nearest }) => ({
    sentence: nearest.length === 0 ? "目录中没有这所学校。" : "目录中没有这个校名。",
    right: nearest.length === 0 ? "按学校目录填写规范全称" : `是否应为：${nearest.join("、")}`,
  }),
  "school.ambiguous": ({ schools }) => ({
    sentence: "有几所学校都叫这个名字。",
    right: `写明是哪一所：${schools.join("、")}`,
  }),
  "school.closed": ({ successors }) => ({
    sentence: "这所学校已经撤销或合并。",
    right: successors.length === 0 ? "填写教师现在的学校" : `填写现在的学校：${successors.join("、")}`,
  }),
  "school.not-yours": () => ({
    sentence: "这所学校不在本单位管理的范围内。",
    right: "只填写本单位管理的学校的教师",
  }),
  "roster.elsewhere": ({ school }) => ({
    sentence: `此人已在“${school}”的名册中。`,
    right: "调动的，请原学校或区县先办理转出；借调的，由借出单位登记",
  }),
  finding: ({ column, finding }) => ({ sentence: checksSentenceOf(finding), right: rightOf(column) }),
};

export function rowTroubleTextOf(trouble: RowTrouble): TroubleText {
  return wordedBy(rowTroubleTexts, trouble.code, trouble);
}

function rightOf(column: RosterColumnKey): string {
  return column === "name" ? "与身份证件一致的姓名" : "对照身份证件填写完整号码";
}
