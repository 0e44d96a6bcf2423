import { institutionKinds, institutionTitles, ownerships } from "../plan/institution.ts";
import type { Plan } from "../plan/plan.ts";
import { type Eligibility, eligibilityOf, type TeacherFacts } from "./eligibility.ts";

interface Question {
  key: "institution" | "ownership" | "area" | "establishment" | "standing";
  text: string;
  options: readonly { value: string; text: string }[];
}

/** "我要不要注册、在哪里注册?": five questions that the plan answers. */
export function questionsOf(plan: Plan): Question[] {
  return [
    {
      key: "area",
      text: "您编制所在的单位属于哪个区县？",
      options: [
        ...plan.areas.map((area) => ({ value: area.key, text: area.name })),
        { value: "other", text: "其他地区" },
      ],
    },
    {
      key: "institution",
      text: "该单位是哪一类？",
      options: institutionKinds.map((kind) => ({ value: kind, text: institutionTitles[kind] })),
    },
    {
      key: "ownership",
      text: "该单位由谁举办？",
      options: [
        { value: "public", text: "教育部门举办（公办）" },
        { value: "industry", text: "行业、企业举办" },
        { value: "private", text: "民办" },
      ],
    },
    {
      key: "establishment",
      text: "您是否在编在岗？",
      options: [
        { value: "yes", text: "在编在岗，从事教育教学工作" },
        { value: "no-title", text: "在编在岗，但没有聘任教师专业技术职务，或不从事教育教学相关工作" },
        { value: "off-post", text: "在编，但不在岗" },
        { value: "outside", text: "不在编" },
      ],
    },
    {
      key: "standing",
      text: "以下哪种情况与您相符？",
      options: [
        { value: "serving", text: "在该单位工作，不属于以下情况" },
        { value: "probation", text: "新入职，试用期未满" },
        { value: "untrained", text: "新入职，试用期已满，岗前培训还没有考核合格" },
        { value: "new", text: "新入职，试用期已满，岗前培训考核合格" },
        { value: "lent-out", text: "借调在其他单位工作，编制仍在上述单位" },
      ],
    },
  ];
}

/**
 * The answer to the five questions. Unanswered questions and unknown answers are not judged. The questions are about
 * the unit that holds the teacher's establishment: for a seconded teacher the lending unit.
 */
export function answerOf(plan: Plan, answers: Readonly<Record<string, unknown>>, now: Temporal.Instant): Eligibility {
  const { area } = answers;
  const inPlan = typeof area !== "string" || plan.areas.some(({ key }) => key === area);
  if (!inPlan) {
    const { source } = plan.scope.persons;
    const reason = { level: "blocks", field: "area", code: "eligibility.area-not-in-plan", source } as const;
    return { verdict: "need-not", where: "this-school", reasons: [reason] };
  }
  const teacher = { ...institutionOf(answers), ...postOf(answers), ...employmentOf(plan, answers, now) };
  return eligibilityOf({ plan, teacher, now });
}

function institutionOf(answers: Readonly<Record<string, unknown>>): TeacherFacts {
  const kind = institutionKinds.find((known) => known === answers["institution"]);
  if (kind === undefined) return {};
  if (answers["ownership"] === "industry") {
    return { institution: { kind, ownership: "public", industryRun: true, inPlan: true } };
  }
  const ownership = ownerships.find((known) => known === answers["ownership"]);
  const industryRun = ownership === undefined ? undefined : false;
  return { institution: { kind, ownership, industryRun, inPlan: true } };
}

function postOf(answers: Readonly<Record<string, unknown>>): TeacherFacts {
  switch (answers["establishment"]) {
    case "yes":
      return { inEstablishment: true, onPost: true, hasTeacherTitle: true, teachingRelatedWork: true };
    case "no-title":
      return { inEstablishment: true, onPost: true, hasTeacherTitle: false };
    case "off-post":
      return { inEstablishment: true, onPost: false };
    case "outside":
      return { inEstablishment: false };
    default:
      return {};
  }
}

function employmentOf(plan: Plan, answers: Readonly<Record<string, unknown>>, now: Temporal.Instant): TeacherFacts {
  switch (answers["standing"]) {
    case "serving":
      return { newlyHired: false, seconded: "no" };
    case "probation":
      return { newlyHired: true, seconded: "no" };
    case "new": {
      const probationFinishedOn = now.toZonedDateTimeISO(plan.timeZone).toPlainDate();
      return { newlyHired: true, probationFinishedOn, inductionTrainingPassed: true, seconded: "no" };
    }
    case "untrained": {
      const probationFinishedOn = now.toZonedDateTimeISO(plan.timeZone).toPlainDate();
      return { newlyHired: true, probationFinishedOn, inductionTrainingPassed: false, seconded: "no" };
    }
    case "lent-out":
      return { newlyHired: false, seconded: "lent-out" };
    default:
      return {};
  }
}
