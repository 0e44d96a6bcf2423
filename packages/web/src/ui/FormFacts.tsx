import { formValueText } from "@shice/contract/form-text.zh.ts";
import { type FormField, formFields } from "@shice/rules/form/form.ts";
import { formSteps } from "@shice/rules/form/steps.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import type { ReactNode } from "react";

/** The form as it was filled in, step by step; marks stand beside the fields they concern. */
export function FormFacts({
  form,
  known = {},
  marks = {},
  besides,
}: {
  form: Readonly<Record<string, unknown>>;
  /** Words for what the form holds only by number: the school's name. */
  known?: Partial<Record<FormField, string>>;
  marks?: Partial<Record<string, ReactNode>>;
  /** What stands beside the heading of a step. */
  besides?: (step: number) => ReactNode;
}) {
  return formSteps
    .filter(({ fields }) => fields.length > 0)
    .map(({ number, title, fields }) => (
      <section key={number} className="below-l">
        <h3>
          第{number}步 {title}
          {besides?.(number)}
        </h3>
        <dl className="facts">
          {fields
            .filter((field) => isShown(field, form))
            .map((field) => (
              <div key={field}>
                <dt>{fieldTitles[field]}</dt>
                <dd>
                  {known[field] ?? (formValueText(field, form[field]) || "未填写")}
                  {marks[field]}
                </dd>
              </div>
            ))}
        </dl>
      </section>
    ));
}

const always = new Set<string>(
  formFields.filter(
    (field) =>
      ![
        "certificateNumberAttested",
        "certificateName",
        "secondedTo",
        "lendingSchoolId",
        "telephone",
        "photo",
        "teachingRelatedWork",
        "probationFinishedOn",
        "inductionTrainingPassed",
        "interruption",
        "degree",
      ].includes(field),
  ),
);

/** Fields that only some teachers fill in are shown where they did. */
function isShown(field: FormField, form: Readonly<Record<string, unknown>>): boolean {
  return (always.has(field) || (form[field] !== undefined && form[field] !== "")) && field !== "photo";
}
