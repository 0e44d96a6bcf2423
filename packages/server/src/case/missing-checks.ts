import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { checklistOf, type MaterialRecord, missingOf, type TeacherStanding } from "@shice/rules/materials/checklist.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";

/** What was recorded at the confirmation desk for one application. */
export interface RecordedChecks {
  materials: readonly MaterialRecord[];
  certificate: readonly { field: string; agrees: boolean }[];
}

/** The teacher's standing as materials and conditions ask for it. */
export function teacherStandingOf(row: { newly_hired: boolean; registration_kind: string }): TeacherStanding {
  return {
    newlyHired: row.newly_hired,
    registrationKind: row.registration_kind === "periodic" ? "periodic" : "first",
  };
}

/**
 * What the desk has still to do before it may confirm: materials by name, certificate fields as `certificate:field`.
 * A field that does not agree with the original is not done: the application goes back (Notice §三(一), §四(二)).
 */
export function missingChecksOf(
  plan: Plan,
  row: { newly_hired: boolean; registration_kind: string },
  recorded: RecordedChecks,
): string[] {
  const fields = comparedFields.filter(
    (field) => !recorded.certificate.some((check) => check.field === field && check.agrees),
  );
  return [
    ...missingOf(checklistOf(plan, teacherStandingOf(row)), recorded.materials),
    ...fields.map((field) => `certificate:${field}`),
  ];
}
