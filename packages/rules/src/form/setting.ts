import type { Plan } from "../plan/plan.ts";
import type { ApplicationDraft } from "./form.ts";

/** The parts of a plan by which a form is checked. */
export type FormPlan = Pick<Plan, "year" | "timeZone" | "conditions" | "certificateByPost">;

/** What a form is checked with: the person, the plan and the time. */
export interface FormSetting {
  form: ApplicationDraft;
  person: { name: string; idNumber: string; documentKind: string };
  plan: FormPlan;
  now: Temporal.Instant;
  /** Certificate numbers that OCR has read on the uploaded scans so far. */
  numbersRead?: readonly string[];
}
