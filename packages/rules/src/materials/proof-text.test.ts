import { expect, test } from "vitest";
import { handwritten, proofTextOf, unknownBlanksOf } from "./proof-text.ts";

const values = { name: "张小明", idNumber: "11010519491231002X", school: "", subject: "", year: "2016", grade: "" };

test("N30: a proof is filled in for each teacher, with space to write unknown values by hand", () => {
  expect(proofTextOf("兹证明【姓名】，【考核年度】年度考核结果为【考核结果】。", "上一年年度考核证明", values)).toBe(
    `兹证明张小明，2016年度考核结果为${handwritten}。`,
  );
  // Without a text in the plan, a general one names the material.
  expect(proofTextOf(undefined, "师德表现证明", values)).toContain(
    "张小明（证件号码：11010519491231002X）的“师德表现证明”",
  );
});

test("an unknown blank is found before a plan is published", () => {
  expect(unknownBlanksOf("兹证明【姓名】，【性别】，【姓 名】")).toEqual(["性别", "姓 名"]);
});
