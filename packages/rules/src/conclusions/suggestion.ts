import { postMatchOf } from "../certificate/post-match.ts";
import { isConcerned, type TeacherStanding } from "../materials/checklist.ts";
import type { CertificateKind, PostKind } from "../plan/institution.ts";
import type { Condition, Plan } from "../plan/plan.ts";

interface Assessment {
  year: number;
  grade: Grade;
}
export type Grade = "excellent" | "competent" | "basic" | "failed" | "ungraded" | "absent";

/** Facts for suggesting a conclusion. Undefined means not known; for `interruption`, none stated. */
export interface ConclusionFacts extends TeacherStanding {
  assessments: readonly Assessment[] | undefined;
  trainingHours: number | undefined;
  interruption: { semesters: number; reason: string } | undefined;
  ethics: "met" | "breached" | undefined;
  fit: boolean | undefined;
  qualification: "held" | "lost";
  certificateKind: CertificateKind | undefined;
  postKind: PostKind | undefined;
  probationPassed: boolean | undefined;
  falseMaterial: boolean;
}

export interface Because {
  condition: string;
  rule: Condition["rule"];
  suggests: string;
  figures: Record<string, number | string>;
  source: string;
}

export interface Suggestion {
  /** Null if the facts suggest nothing and the reviewer must weigh them. */
  conclusion: string | null;
  because: Because[];
  /** Conditions whose facts are missing, and conditions left to the reviewer. */
  undecided: string[];
  /** Of these, the rules whose facts nobody has recorded. */
  missing: Condition["rule"][];
}

/**
 * Suggests the gravest conclusion to which the facts lead under the plan, with the conditions that apply. A person
 * always decides (个人信息保护法 art. 24). 基本合格 suggests nothing; a certificate that does not match the post suggests only
 * what the plan says.
 */
export function suggestionOf(plan: Plan, facts: ConclusionFacts): Suggestion {
  const because: Because[] = [];
  const undecided = new Set<string>();
  const missing = new Set<Condition["rule"]>();
  for (const condition of plan.conditions) {
    if (!isConcerned(condition.concerns, facts)) continue;
    const met = judge(condition, plan, facts);
    if (met === "unknown" || met === "open") undecided.add(condition.key);
    if (met === "unknown") missing.add(condition.rule);
    else if (met === "open") continue;
    else if (met !== undefined) {
      const { key, rule, suggests, source } = condition;
      because.push({ condition: key, rule, suggests, figures: met, source });
    }
  }
  for (const { grade } of assessmentsInPeriod(plan, facts) ?? []) {
    if (grade === "basic") undecided.add("assessment-basic");
    // Neither 合格 nor 不合格. This is usual on probation, so the reviewer weighs it.
    if ((grade === "ungraded" || grade === "absent") && !facts.newlyHired) undecided.add("assessment-ungraded");
  }
  if (because.length > 0) {
    const weight = (reason: Because) => plan.conclusions.findIndex((conclusion) => conclusion.key === reason.suggests);
    const gravest = because.reduce((worst, reason) => (weight(reason) > weight(worst) ? reason : worst));
    return { conclusion: gravest.suggests, because, undecided: [...undecided], missing: [...missing] };
  }
  const mildest = plan.conclusions[0]?.key ?? null;
  return {
    conclusion: undecided.size > 0 ? null : mildest,
    because,
    undecided: [...undecided],
    missing: [...missing],
  };
}

/**
 * `unknown`: the fact is not recorded. `open`: the reviewer weighs it, because the plan says so or because the fact
 * cannot exist yet (assessments of a new hire).
 */
type Judgement = Record<string, number | string> | "unknown" | "open" | undefined;

function judge(condition: Condition, plan: Plan, facts: ConclusionFacts): Judgement {
  switch (condition.rule) {
    case "training-hours-below":
      if (facts.trainingHours === undefined) return "unknown";
      return facts.trainingHours < condition.hours
        ? { hours: facts.trainingHours, needed: condition.hours }
        : undefined;
    case "teaching-interrupted": {
      const { interruption } = facts;
      if (interruption === undefined || interruption.semesters < condition.semesters) return undefined;
      if (condition.except.some((reason) => reason === interruption.reason)) return undefined;
      return { semesters: interruption.semesters, reason: interruption.reason };
    }
    case "assessments-failed": {
      const assessments = assessmentsInPeriod(plan, facts);
      if (assessments === undefined) return facts.newlyHired ? "open" : "unknown";
      const failed = new Set(assessments.filter(({ grade }) => grade === "failed").map(({ year }) => year)).size;
      return failed >= condition.count ? { failed } : undefined;
    }
    case "assessments-failed-consecutively": {
      const assessments = assessmentsInPeriod(plan, facts);
      if (assessments === undefined) return facts.newlyHired ? "open" : "unknown";
      const run = longestRunOfFailures(assessments);
      return run >= condition.count ? { consecutive: run } : undefined;
    }
    case "ethics-breached":
      if (facts.ethics === undefined) return "unknown";
      return facts.ethics === "breached" ? {} : undefined;
    case "not-fit-to-teach":
      if (facts.fit === undefined) return "unknown";
      return facts.fit ? undefined : {};
    case "qualification-lost":
      return facts.qualification === "lost" ? {} : undefined;
    case "probation-not-passed":
      if (facts.probationPassed === undefined) return "unknown";
      return facts.probationPassed ? undefined : {};
    case "certificate-does-not-match-post": {
      const { certificateKind: certificate, postKind: post } = facts;
      if (certificate === undefined || post === undefined) return "unknown";
      const answer = postMatchOf(plan, certificate, post);
      return answer === "no" ? { certificate, post } : answer === "disputed" ? "open" : undefined;
    }
    case "false-material":
      return facts.falseMaterial ? {} : undefined;
  }
}

/** The assessments of one cycle before the campaign (教师〔2013〕9号 speaks of the period). Undefined if none is known. */
function assessmentsInPeriod(plan: Plan, { assessments }: ConclusionFacts): readonly Assessment[] | undefined {
  const counted = assessments?.filter(({ year }) => year >= plan.year - plan.cycle.years);
  return counted === undefined || counted.length === 0 ? undefined : counted;
}

function longestRunOfFailures(assessments: readonly Assessment[]): number {
  const failed = assessments
    .filter((assessment) => assessment.grade === "failed")
    .map((assessment) => assessment.year)
    .sort((a, b) => a - b);
  let longest = 0;
  let run = 0;
  let last: number | undefined;
  for (const year of failed) {
    run = last !== undefined && year === last + 1 ? run + 1 : year === last ? run : 1;
    longest = Math.max(longest, run);
    last = year;
  }
  return longest;
}
