import type { OpinionRefusal } from "@shice/rules/conclusions/opinion.ts";
import type { Condition } from "@shice/rules/plan/plan.ts";
import { becauseSentenceOf } from "./suggestion.zh.ts";

type Sentences = {
  readonly [Code in OpinionRefusal["code"]]: (refusal: Extract<OpinionRefusal, { code: Code }>) => string;
};

/** The fact that each rule of a plan's conditions needs. */
const factTitles: { readonly [Rule in Condition["rule"]]: string } = {
  "training-hours-below": "培训学时",
  "teaching-interrupted": "中止教学情况",
  "assessments-failed": "年度考核结果",
  "assessments-failed-consecutively": "年度考核结果",
  "ethics-breached": "师德表现",
  "not-fit-to-teach": "身心健康状况",
  "qualification-lost": "教师资格是否有效",
  "probation-not-passed": "试用期和岗前培训情况",
  "certificate-does-not-match-post": "教师资格种类和任教学段",
  "false-material": "材料是否真实",
};

/** Sentences for a refused opinion: the facts that contradict it or are missing. */
export const opinionSentences: Sentences = {
  "opinion.contradicted": ({ name, suggestedName, because }) =>
    `${because.map(becauseSentenceOf).join("")}按规定应作出“${suggestedName}”的结论，不能作出“${name}”的结论。`,
  "opinion.facts-missing": ({ name, missing }) => {
    const facts = [...new Set(missing.map((rule) => factTitles[rule]))].join("、");
    return `${facts}尚未登记，不能作出“${name}”的结论。请核实并登记后再办理。`;
  },
  "opinion.reason-unfit": ({ reason, name }) => `事由“${reason}”不适用于“${name}”的结论，请重新选择。`,
};
