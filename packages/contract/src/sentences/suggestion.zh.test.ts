import { readFileSync } from "node:fs";
import { type ConclusionFacts, suggestionOf } from "@shice/rules/conclusions/suggestion.ts";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import { expect, test } from "vitest";
import { becauseSentenceOf, undecidedSentencesOf } from "./suggestion.zh.ts";

const read = (path: string) => {
  const { plan } = checkPlanText(readFileSync(new URL(path, import.meta.url), "utf8"));
  if (plan === undefined) throw new Error(`${path} is not a valid plan`);
  return plan;
};
const reference = read("../../../../campaigns/2017-chongqing-second-batch.yaml");
const province = read("../../../rules/src/plan/examples/province.yaml");

const worst: ConclusionFacts = {
  newlyHired: false,
  registrationKind: "periodic",
  assessments: [2015, 2016].map((year) => ({ year, grade: "failed" })),
  trainingHours: 300,
  interruption: { semesters: 2, reason: "other" },
  ethics: "breached",
  fit: false,
  qualification: "lost",
  certificateKind: "primary",
  postKind: "senior",
  probationPassed: false,
  falseMaterial: true,
};

test("N8: every reason of a suggestion has its figures and its source", () => {
  const say = (facts: ConclusionFacts, plan = reference) => suggestionOf(plan, facts).because.map(becauseSentenceOf);
  expect(say(worst)).toEqual([
    "注册有效期内的培训学时为300，少于规定的360学时（依据：二；教师〔2013〕9号）。",
    "中止教育教学工作2个学期，且不属于规定可以除外的情形（依据：二；教师〔2013〕9号）。",
    "注册有效期内有2个年度的考核不合格（依据：二；教师〔2013〕9号）。",
    "注册有效期内连续2个年度的考核不合格（依据：二；教师〔2013〕9号）。",
    "师德表现不符合规定（依据：二；教师〔2013〕9号）。",
    "身心健康状况不能胜任教育教学工作（以学校证明为准）（依据：本批次约定）。",
    "已丧失教师资格或教师资格被撤销（依据：二；教师〔2013〕9号）。",
  ]);
  expect(say({ ...worst, newlyHired: true })).toContain("试用期未满，或岗前培训没有考核合格（依据：一（一））。");
  expect(say({ ...worst, assessments: [{ year: province.year - 1, grade: "competent" }] }, province)).toEqual(
    expect.arrayContaining([
      "持有的是“小学教师资格”，任教岗位是“高中”，两者不符（依据：第六条）。",
      "提供了虚假材料（依据：第七条）。",
    ]),
  );
});

test("each unknown or undecided point is named once", () => {
  const facts = { ...worst, assessments: undefined, trainingHours: undefined, ethics: undefined, fit: undefined };
  expect(undecidedSentencesOf(reference, suggestionOf(reference, facts))).toEqual([
    "培训学时没有填写。",
    "注册有效期内的年度考核没有填写。",
    "师德表现尚未登记。",
    "身心健康证明尚未登记。",
  ]);
  const basic = { ...worst, assessments: [{ year: 2016, grade: "basic" } as const] };
  expect(undecidedSentencesOf(reference, suggestionOf(reference, basic))).toEqual([
    "有年度考核为“基本合格”，由初审人员裁量。",
  ]);
});
