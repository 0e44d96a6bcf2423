import { becauseSentenceOf, undecidedSentencesOf } from "@shice/contract/sentences/suggestion.zh.ts";
import { type OpinionRefusal, refuseConclusion } from "@shice/rules/conclusions/opinion.ts";
import {
  type ConclusionFacts,
  type Grade,
  type Suggestion,
  suggestionOf,
} from "@shice/rules/conclusions/suggestion.ts";
import { ApplicationForm } from "@shice/rules/form/form.ts";
import { certificateKinds, postKinds } from "@shice/rules/plan/institution.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { z } from "zod";
import type { Campaign } from "./campaign.ts";
import type { ApplicationRow } from "./facts.ts";
import { teacherStandingOf } from "./missing-checks.ts";

const { trainingHours, interruption, probationFinishedOn, inductionTrainingPassed } = ApplicationForm.shape;
const grades = ["excellent", "competent", "basic", "failed", "ungraded", "absent"] as const satisfies readonly Grade[];

/** What of the form a suggestion rests on; a field that does not obey its rule counts as not known. */
const KnownFields = z.object({
  assessments: z
    .array(z.object({ year: z.int(), grade: z.enum(grades) }))
    .min(1)
    .optional()
    .catch(undefined),
  trainingHours: trainingHours.optional().catch(undefined),
  interruption: interruption.catch(undefined),
  probationFinishedOn: probationFinishedOn.catch(undefined),
  inductionTrainingPassed: inductionTrainingPassed.catch(undefined),
});

/**
 * The conclusion that a case's facts suggest under the plan, and why; what a person decides is kept beside it.
 * `qualificationLost` comes from the restriction list (qualification.ts).
 */
export function suggestionFor(
  { campaign, now }: { campaign: Campaign; now: Temporal.Instant },
  row: ApplicationRow,
  { qualificationLost = false }: { qualificationLost?: boolean } = {},
): Suggestion {
  return suggestionOf(campaign.plan, conclusionFactsOf({ campaign, now }, row, { qualificationLost }));
}

/** Why this conclusion cannot be given on what is recorded of the case; undefined where it can. */
export function refuseConclusionOn(
  context: { campaign: Campaign; now: Temporal.Instant },
  row: ApplicationRow,
  conclusion: string,
  qualificationLost: boolean,
): OpinionRefusal | undefined {
  return refuseConclusion(context.campaign.plan, conclusionFactsOf(context, row, { qualificationLost }), conclusion);
}

/** What is recorded of a case, as the plan's conditions ask for it. */
function conclusionFactsOf(
  { campaign, now }: { campaign: Campaign; now: Temporal.Instant },
  row: ApplicationRow,
  { qualificationLost }: { qualificationLost: boolean },
): ConclusionFacts {
  const form = KnownFields.parse(row.form);
  return {
    ...teacherStandingOf(row),
    assessments: form.assessments,
    trainingHours: form.trainingHours,
    interruption: form.interruption,
    ethics: row.ethics ?? undefined,
    fit: row.fit ?? undefined,
    qualification: qualificationLost ? "lost" : "held",
    certificateKind: certificateKinds.find((kind) => kind === row.certificate_kind),
    postKind: postKinds.find((kind) => kind === row.post_kind),
    probationPassed: probationPassedOf(form, now.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate()),
    falseMaterial: false,
  };
}

/** A suggestion in words, as the case page shows it beside the person's own decision. */
export function suggestionViewOf(plan: Plan, suggestion: Suggestion) {
  const { conclusion, because } = suggestion;
  const name = plan.conclusions.find(({ key }) => key === conclusion)?.name;
  return {
    conclusion,
    title: name === undefined ? "现有情况不足以提出建议，请人工裁量" : `建议：${name}`,
    sentences: because.map(becauseSentenceOf),
    undecided: undecidedSentencesOf(plan, suggestion),
  };
}

/** Past its last day and the training passed (Notice §一(一)); not known while either is not stated. */
function probationPassedOf(
  { probationFinishedOn: finishedOn, inductionTrainingPassed: trained }: z.infer<typeof KnownFields>,
  today: Temporal.PlainDate,
): boolean | undefined {
  if (finishedOn === undefined || trained === undefined) return undefined;
  return trained && Temporal.PlainDate.compare(Temporal.PlainDate.from(finishedOn), today) <= 0;
}
