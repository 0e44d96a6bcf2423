import type { FormField } from "@shice/rules/form/form.ts";
import {
  assessmentGrades,
  type Coded,
  degrees,
  educations,
  ethnicities,
  nameOfCode,
  postNatures,
  putonghuaLevels,
  studyModes,
  titles,
} from "@shice/rules/form/lists.ts";
import { certificateTitles, postTitles } from "@shice/rules/plan/institution.ts";
import { fullDayText } from "./sentences/days.zh.ts";

const lists: Partial<Record<FormField, readonly Coded[]>> = {
  ethnicity: ethnicities,
  education: educations,
  degree: degrees,
  studyMode: studyModes,
  postNature: postNatures,
  putonghuaLevel: putonghuaLevels,
  title: titles,
};
const secondedTexts: Record<string, string> = {
  no: "没有借调",
  "lent-out": "编制在这所学校，借调到其他单位工作",
  "borrowed-in": "编制在其他单位，借调到这所学校工作",
};
const interruptionTexts: Record<string, string> = {
  study: "进修学习",
  training: "培训",
  exchange: "交流",
  "sick-leave": "病休",
  "maternity-leave": "产假",
  other: "其他",
};

/** The choices of a field, if it is a list. */
export function optionsOf(field: FormField): { value: string; label: string }[] | undefined {
  const titled =
    field === "certificateKind"
      ? certificateTitles
      : field === "postKind"
        ? postTitles
        : field === "seconded"
          ? secondedTexts
          : undefined;
  if (titled !== undefined) return Object.entries(titled).map(([value, label]) => ({ value, label }));
  return lists[field]?.map(({ code, name }) => ({ value: code, label: name }));
}

export const gradeOptions = assessmentGrades.map(({ code, name }) => ({ value: code, label: name }));
export const interruptionOptions = Object.entries(interruptionTexts).map(([value, label]) => ({ value, label }));

function titleIn(titles: Readonly<Record<string, string>>, value: unknown): string {
  return titles[String(value)] ?? String(value);
}

/** A form value in words, as printed; empty if there is no entry. */
export function formValueText(field: FormField, value: unknown): string {
  if (value === undefined || value === null || value === "") return "";
  if (typeof value === "boolean") return value ? "是" : "否";
  const list = lists[field];
  if (list !== undefined) return nameOfCode(list, String(value));
  if (field === "certificateKind") return titleIn(certificateTitles, value);
  if (field === "postKind") return titleIn(postTitles, value);
  if (field === "seconded") return titleIn(secondedTexts, value);
  if (field === "trainingHours") return `${String(value)}学时`;
  if (field === "assessments" && Array.isArray(value)) {
    return value
      .map(
        (entry: { year?: unknown; grade?: unknown }) =>
          `${String(entry.year)}年${nameOfCode(assessmentGrades, String(entry.grade))}`,
      )
      .join("，");
  }
  if (field === "interruption" && typeof value === "object") {
    const { semesters, reason } = { semesters: undefined, reason: undefined, ...value };
    return `${String(semesters)}个学期（${titleIn(interruptionTexts, reason)}）`;
  }
  const text = String(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? fullDayText(text) : text;
}
