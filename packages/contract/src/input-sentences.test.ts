import { expect, test } from "vitest";
import { z } from "zod";
import { inputSentenceOf } from "./input-sentences.zh.ts";

const Form = z.strictObject({
  name: z.string().min(1).max(3).optional(),
  password: z.string().min(10).optional(),
  bornOn: z.iso.date().optional(),
  hours: z.int().min(1).max(360).optional(),
  share: z.number().gt(0).lt(1).optional(),
  signed: z.boolean().optional(),
  stages: z
    .array(z.enum(["小学", "初中"]))
    .min(1)
    .max(2)
    .optional(),
  own: z.string().min(2, "请写明理由").optional(),
});

test.for([
  [{ name: "" }, "此项为必填项，请填写。"],
  [{ name: "一二三四" }, "不得超过3个字符。"],
  [{ name: 5 }, "此项应填写文字。"],
  [{ name: null }, "此项为必填项，请填写。"],
  [{ password: "123" }, "不得少于10个字符。"],
  [{ bornOn: "2017/11/3" }, "日期应写作年-月-日，如 2017-11-03。"],
  [{ hours: 0 }, "不得小于1。"],
  [{ hours: 361 }, "不得大于360。"],
  [{ hours: 1.5 }, "此项应填写整数。"],
  [{ hours: "abc" }, "此项应填写数字。"],
  [{ share: 0 }, "应大于0。"],
  [{ share: 1 }, "应小于1。"],
  [{ signed: "是" }, "此项应选择“是”或“否”。"],
  [{ stages: [] }, "至少须有1项。"],
  [{ stages: ["小学", "小学", "小学"] }, "一次最多2项。"],
  [{ stages: ["大学"] }, "请在所列选项中选择。"],
  [{ own: "" }, "请写明理由"],
  [{ colour: "red" }, "含有无法识别的项目，请刷新页面后重新填写。"],
] as const)("%j: %s", ([entered, sentence]) => {
  const read = Form.safeParse(entered, { error: inputSentenceOf });
  expect(read.error?.issues.map((issue) => issue.message)).toEqual([sentence]);
});
