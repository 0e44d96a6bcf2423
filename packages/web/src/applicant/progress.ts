import type { FormField } from "@shice/rules/form/form.ts";
import { formSteps, stepOf } from "@shice/rules/form/steps.ts";
import type { Draft, DraftFinding } from "./use-draft.ts";

type StepStatus = "done" | "todo" | "wrong" | "untouched";
export const statusTexts: Record<StepStatus, string> = {
  done: "已完成",
  todo: "未填完",
  wrong: "有错误",
  untouched: "未开始",
};

/** How a step stands: all in order, something missing, something wrong, or not begun. */
export function statusOf(step: number, draft: Draft, read: ReadonlySet<number>): StepStatus {
  const fields = formSteps.find(({ number }) => number === step)?.fields ?? [];
  if (fields.length === 0) return step === 8 ? lastStatus(draft) : read.has(step) ? "done" : "untouched";
  const blocking = blockingOf(draft).filter(({ field }) => stepOf(field ?? "") === step);
  if (blocking.some(({ code }) => code !== "form.missing")) return "wrong";
  if (blocking.length === 0) return "done";
  return fields.some((field) => draft.values[field] !== undefined) ? "todo" : "untouched";
}

function lastStatus(draft: Draft): StepStatus {
  return blockingOf(draft).length === 0 ? "todo" : "untouched";
}

/** Whether it stops the application; what the person has attested does not any more. */
export function isInTheWay({ level }: DraftFinding, values: Draft["values"]): boolean {
  return level === "blocks" || (level === "blocks-unless-attested" && values.certificateNumberAttested !== true);
}

/** What stands in the way of submitting. */
export function blockingOf({ findings, values }: Draft): readonly DraftFinding[] {
  return findings.filter((finding) => isInTheWay(finding, values));
}

/** Questions that follow from another answer are asked only then. */
export function isAsked(field: FormField, values: Draft["values"]): boolean {
  switch (field) {
    case "secondedTo":
      return values.seconded === "lent-out";
    case "lendingSchoolId":
      return values.seconded === "borrowed-in";
    case "probationFinishedOn":
    case "inductionTrainingPassed":
      return values.newlyHired === true;
    default:
      return true;
  }
}
