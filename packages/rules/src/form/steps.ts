import type { FormField } from "./form.ts";

interface FormStep {
  number: number;
  title: string;
  fields: readonly FormField[];
}

/** The eight steps of the national portal. The notice cites their numbers (Notice §三(一): 第三步、第四步). */
export const formSteps: readonly FormStep[] = [
  { number: 1, title: "申报人必读", fields: [] },
  { number: 2, title: "确认条款", fields: [] },
  { number: 3, title: "填写身份信息", fields: ["certificateNumber", "certificateNumberAttested"] },
  {
    number: 4,
    title: "选择注册机构",
    fields: [
      "certificateKind",
      "certificateSubject",
      "certificateIssuedOn",
      "certificateIssuer",
      "certificateName",
      "ethnicity",
      "postKind",
      "subject",
    ],
  },
  { number: 5, title: "选择确认点", fields: ["schoolId", "seconded", "secondedTo", "lendingSchoolId"] },
  { number: 6, title: "阅读注意事项", fields: [] },
  {
    number: 7,
    title: "填写申请材料",
    fields: [
      "education",
      "degree",
      "studyMode",
      "teacherTraining",
      "graduatedFrom",
      "major",
      "graduatedOn",
      "contractSince",
      "postNature",
      "putonghuaLevel",
      "workingSince",
      "title",
      "birthplace",
      "householdRegistration",
      "address",
      "postcode",
      "telephone",
      "mobile",
      "email",
      "inEstablishment",
      "onPost",
      "teachingRelatedWork",
      "newlyHired",
      "probationFinishedOn",
      "inductionTrainingPassed",
      "assessments",
      "trainingHours",
      "interruption",
      "photo",
    ],
  },
  { number: 8, title: "核对、提交、完成", fields: [] },
];

/** The step that contains a field. */
export function stepOf(field: string): number | undefined {
  return formSteps.find((step) => step.fields.some((name) => name === field))?.number;
}
