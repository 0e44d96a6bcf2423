import type { SchoolTrouble } from "@shice/rules/directory/read-row.ts";
import { type ByCode, type Wordings, wordedBy } from "../wording.ts";
import { fullDayText } from "./days.zh.ts";
import { cellTroubleTexts, type TroubleText } from "./sheet.zh.ts";

type Texts = Wordings<ByCode<SchoolTrouble>, TroubleText>;

/** Sentences for faults in a table of schools: the fault and the right form. */
const schoolTroubleTexts: Texts = {
  ...cellTroubleTexts,
  "school.name-short": () => ({ sentence: "名称太短。", right: "按公章填写学校全称" }),
  "school.repeated": ({ first }) => ({ sentence: `与第${first}行是同一所学校。`, right: "删除其中一行" }),
  "school.renamed-already": ({ now }) => ({
    sentence: `这是曾用名，学校现名“${now}”。`,
    right: `填写现名“${now}”`,
  }),
  "school.is-short-name": ({ of }) => ({
    sentence: `这是“${of}”的简称。`,
    right: "同一所学校的，填写全称；另一所学校的，写明全称以示区别",
  }),
  "school.ended": ({ on, successors }) => ({
    sentence: `这所学校已于${fullDayText(on)}撤销或合并。`,
    right: successors.length === 0 ? "删除这一行" : `填写现在的学校：${successors.join("、")}`,
  }),
  "school.elsewhere": ({ authority }) => ({
    sentence: `“${authority}”已登记同名学校。`,
    right: "已划转的，在该校页面办理“划转”；确为另一所学校的，写明全称以示区别",
  }),
  "school.former-unknown": ({ former }) => ({
    sentence: `本注册机构没有名为“${former}”的学校。`,
    right: "填写更名前的全称；不是更名的，留空",
  }),
  "school.name-taken": ({ name }) => ({
    sentence: `已有另一所学校叫“${name}”，不能更为同名。`,
    right: "核对新名称；两校合并的，在学校页面办理“并入”",
  }),
  "school.founded-later": ({ today }) => ({
    sentence: "成立日期还没有到。",
    right: `不晚于今天（${fullDayText(today)}）`,
  }),
};

export function schoolTroubleTextOf(trouble: SchoolTrouble): TroubleText {
  return wordedBy(schoolTroubleTexts, trouble.code, trouble);
}
