import type { CellTrouble } from "@shice/rules/sheet/reading.ts";

/** A fault of a cell and the right form. The first ends with a full stop, the second does not. */
export interface TroubleText {
  sentence: string;
  right: string;
}

type Trouble = CellTrouble<string>;
type Texts = {
  readonly [Code in Trouble["code"]]: (trouble: Extract<Trouble, { code: Code }>) => TroubleText;
};

/** Sentences for faults of any cell of any sheet. */
export const cellTroubleTexts: Texts = {
  "cell.digits-lost": () => ({
    sentence: "号码被表格软件当作数字保存，最后几位已经丢失。",
    right: "把该列设为“文本”格式，对照证件重新填写完整号码",
  }),
  "cell.formula-error": () => ({ sentence: "公式出错，没有结果。", right: "改为直接填写内容" }),
  "cell.not-in-list": ({ choices, nearest }) => ({
    sentence: nearest === null ? "不是可选的内容。" : `不是可选的内容，是否应为“${nearest}”？`,
    right: `从下列内容中选填：${choices.join("、")}`,
  }),
  "cell.too-long": ({ longest }) => ({ sentence: `超过${longest}个字。`, right: `不超过${longest}个字` }),
  "cell.not-a-number": ({ from, to }) => ({ sentence: "不是有效的数字。", right: `${from}至${to}之间的数字` }),
  "cell.a-date": () => ({ sentence: "被表格软件变成了日期。", right: "把该列设为“文本”格式后重新填写" }),
  "cell.not-a-day": () => ({ sentence: "不是有效的日期。", right: "按“2003-07-01”的样式填写" }),
  "cell.empty": () => ({ sentence: "没有填写。", right: "填写这一项" }),
};
