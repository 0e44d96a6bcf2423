import type { Because, Suggestion } from "@shice/rules/conclusions/suggestion.ts";
import { certificateTitles, postTitles } from "@shice/rules/plan/institution.ts";
import type { Condition, Plan } from "@shice/rules/plan/plan.ts";

type Figures = Because["figures"];

/** Sentences for the conditions that apply; the figures come from conclusions/suggestion.ts. */
const becauseSentences: { readonly [Rule in Condition["rule"]]: (figures: Figures) => string } = {
  "training-hours-below": ({ hours, needed }) => `注册有效期内的培训学时为${hours}，少于规定的${needed}学时`,
  "teaching-interrupted": ({ semesters }) => `中止教育教学工作${semesters}个学期，且不属于规定可以除外的情形`,
  "assessments-failed": ({ failed }) => `注册有效期内有${failed}个年度的考核不合格`,
  "assessments-failed-consecutively": ({ consecutive }) => `注册有效期内连续${consecutive}个年度的考核不合格`,
  "ethics-breached": () => "师德表现不符合规定",
  "not-fit-to-teach": () => "身心健康状况不能胜任教育教学工作（以学校证明为准）",
  "qualification-lost": () => "已丧失教师资格或教师资格被撤销",
  "probation-not-passed": () => "试用期未满，或岗前培训没有考核合格",
  "certificate-does-not-match-post": ({ certificate, post }) =>
    `持有的是“${listedTitleOf(certificateTitles, certificate)}”，任教岗位是“${listedTitleOf(postTitles, post)}”，两者不符`,
  "false-material": () => "提供了虚假材料",
};

/** Sentences for missing facts and for points that the plan leaves to a person. */
const undecidedSentences: { readonly [Rule in Condition["rule"]]: string } = {
  "training-hours-below": "培训学时没有填写",
  "teaching-interrupted": "中止教学的情况不明",
  "assessments-failed": "注册有效期内的年度考核没有填写",
  "assessments-failed-consecutively": "注册有效期内的年度考核没有填写",
  "ethics-breached": "师德表现尚未登记",
  "not-fit-to-teach": "身心健康证明尚未登记",
  "qualification-lost": "教师资格是否有效尚未核实",
  "probation-not-passed": "试用期或岗前培训的情况没有填写",
  "certificate-does-not-match-post": "教师资格种类与任教岗位是否相符须人工核定",
  "false-material": "材料是否真实尚未核实",
};

/** Sentences for findings that lead to no conclusion by themselves, such as 基本合格: a person weighs them. */
const openQuestions: Readonly<Record<string, string>> = {
  "assessment-basic": "有年度考核为“基本合格”，由初审人员裁量",
  "assessment-ungraded": "有年度考核为“未定等次”或“未参加”，由初审人员核实原因后裁量",
};

/** One reason of a suggestion, with its source. */
export function becauseSentenceOf({ rule, figures, source }: Because): string {
  return `${becauseSentences[rule](figures)}（依据：${source}）。`;
}

/** The points still to be found out or weighed before the suggestion is reliable, each once. */
export function undecidedSentencesOf(plan: Plan, { undecided }: Pick<Suggestion, "undecided">): string[] {
  const sentences = undecided.map((key) => {
    const condition = plan.conditions.find((known) => known.key === key);
    return condition === undefined ? (openQuestions[key] ?? key) : undecidedSentences[condition.rule];
  });
  return [...new Set(sentences)].map((sentence) => `${sentence}。`);
}

function listedTitleOf(titles: Readonly<Record<string, string>>, key: number | string | undefined): string {
  return titles[String(key)] ?? String(key);
}
