import {
  type InstitutionKind,
  institutionKinds,
  institutionTitles,
  type Ownership,
  ownerships,
} from "../plan/institution.ts";
import type { Plan } from "../plan/plan.ts";
import { type Eligibility, eligibilityOf, type TeacherFacts } from "./eligibility.ts";

export interface Question {
  key: "institution" | "ownership" | "area" | "establishment" | "standing";
  text: string;
  options: readonly { value: string; text: string }[];
}

/** "我要不要注册、在哪里注册?": five questions, answered from the plan. */
export function questionsOf(plan: Plan): Question[] {
  return [
    {
      key: "area",
      text: "您编制所在的单位属于哪个区县?",
      options: [
        ...plan.areas.map((area) => ({ value: area.key, text: area.name })),
        { value: "other", text: "其他地区" },
      ],
    },
    {
      key: "institution",
      text: "您的单位是哪一类?",
      options: institutionKinds.map((kind) => ({ value: kind, text: institutionTitles[kind] })),
    },
    {
      key: "ownership",
      text: "您的单位由谁举办?",
      options: [
        { value: "public", text: "教育部门举办(公办)" },
        { value: "industry", text: "行业、企业举办" },
        { value: "private", text: "民办" },
      ],
    },
    {
      key: "establishment",
      text: "您是否在编在岗?",
      options: [
        { value: "yes", text: "在编在岗,从事教育教学工作" },
        { value: "no-title", text: "在编在岗,但没有聘任教师专业技术职务" },
        { value: "no", text: "不在编,或不在岗" },
      ],
    },
    {
      key: "standing",
      text: "以下哪种情况与您相符?",
      options: [
        { value: "serving", text: "在本单位工作" },
        { value: "probation", text: "新入职,试用期未满" },
        { value: "new", text: "新入职,试用期已满,岗前培训考核合格" },
        { value: "lent-out", text: "借调到其他单位" },
        { value: "borrowed-in", text: "从其他单位借调到现在的单位" },
      ],
    },
  ];
}

/** The answer to the five questions. Unanswered ones are not judged. */
export function answerOf(plan: Plan, answers: Readonly<Record<string, unknown>>, now: Temporal.Instant): Eligibility {
  const today = now.toZonedDateTimeISO(plan.timeZone).toPlainDate();
  const kind = institutionKinds.find((known): known is InstitutionKind => known === answers["institution"]);
  const ownership: Ownership = ownerships.find((known) => known === answers["ownership"]) ?? "public";
  const standing = answers["standing"];
  const teacher: TeacherFacts = {
    ...(kind === undefined
      ? {}
      : {
          institution: {
            kind,
            ownership,
            industryRun: answers["ownership"] === "industry",
            inPlan: answers["area"] === undefined || plan.areas.some((area) => area.key === answers["area"]),
          },
        }),
    inEstablishment: answers["establishment"] === undefined ? undefined : answers["establishment"] !== "no",
    hasTeacherTitle: answers["establishment"] === undefined ? undefined : answers["establishment"] === "yes",
    newlyHired: standing === "probation" || standing === "new",
    probationFinishedOn: standing === "new" ? today : undefined,
    inductionTrainingPassed: standing === "new" ? true : undefined,
    seconded: standing === "lent-out" || standing === "borrowed-in" ? standing : "no",
  };
  return eligibilityOf({ plan, teacher, now });
}
