import type { Finding } from "../finding.ts";
import type { InstitutionKind, Ownership } from "../plan/institution.ts";
import type { Plan } from "../plan/plan.ts";
import { checkRestrictions, type RestrictionEntry } from "./restriction.ts";

/** Known facts about a teacher who asks whether, where and when to register. An absent fact is not judged. */
export interface TeacherFacts {
  /** The school where the teacher means to register. */
  institution?:
    | {
        kind: InstitutionKind;
        ownership: Ownership | undefined;
        industryRun: boolean | undefined;
        inPlan: boolean;
      }
    | undefined;
  inEstablishment?: boolean | undefined;
  onPost?: boolean | undefined;
  newlyHired?: boolean | undefined;
  /** Without this day a new hire counts as being on probation. */
  probationFinishedOn?: Temporal.PlainDate | undefined;
  inductionTrainingPassed?: boolean | undefined;
  /** From the school's side: it has lent the teacher out, or it has borrowed the teacher. */
  seconded?: "no" | "lent-out" | "borrowed-in" | undefined;
  hasTeacherTitle?: boolean | undefined;
  teachingRelatedWork?: boolean | undefined;
  /** The day of the last conclusion that raised the ordinal. */
  lastRegisteredOn?: Temporal.PlainDate | undefined;
  restrictions?: readonly RestrictionEntry[];
  retiresOn?: Temporal.PlainDate | undefined;
}

export interface Eligibility {
  /** `later`: only time is missing, until a cycle or the probation ends. */
  verdict: "must" | "need-not" | "may-not" | "later";
  where: "this-school" | "other-school";
  /** Never empty; each reason names its source. */
  reasons: Finding[];
}

/**
 * Decides whether this teacher must register in this campaign, and where (Notice §一). The first that applies decides:
 * barred by law, not yet due again, outside the scope, on probation, exempt. For a borrowing school nothing is judged,
 * because the teacher registers at the lending school.
 */
export function eligibilityOf(question: { plan: Plan; teacher: TeacherFacts; now: Temporal.Instant }): Eligibility {
  const { plan, teacher, now } = question;
  const today = now.toZonedDateTimeISO(plan.timeZone).toPlainDate();
  const elsewhere = checkSecondment(plan, teacher);
  const where = elsewhere.length > 0 ? "other-school" : "this-school";
  const answer = (verdict: Eligibility["verdict"], reasons: Finding[]): Eligibility => ({ verdict, where, reasons });

  const restricted = checkRestrictions(plan, teacher.restrictions ?? [], today);
  if (restricted.length > 0) return answer("may-not", restricted);
  const recent = checkCycle(plan, teacher, today);
  if (recent.length > 0) return answer("later", recent);
  const outside = [...(elsewhere.length > 0 ? [] : checkInstitution(plan, teacher)), ...checkPost(plan, teacher)];
  const untrained = checkProbation(plan, teacher, today);
  if (outside.length > 0) return answer("need-not", [...outside, ...untrained]);
  if (untrained.length > 0) return answer("later", untrained);
  if (elsewhere.length > 0) return answer("must", elsewhere);
  const exempt = checkRetirement(plan, teacher);
  if (exempt.length > 0) return answer("need-not", exempt);
  const { seconded, source } = plan.scope.persons;
  return answer("must", [{ level: "informs", field: "scope", code: "eligibility.must", seconded, source }]);
}

type InstitutionScope = Plan["scope"]["institutions"][number];

/**
 * The conditions that exclude this teacher from the plan's institutions; empty if at least one entry of the scope
 * accepts the institution. Otherwise the conditions that the nearest entry misses: first an entry that lists the kind,
 * then the one with the fewest missing conditions. The order of entries does not matter.
 */
function checkInstitution(plan: Plan, teacher: TeacherFacts): Finding[] {
  const { institution } = teacher;
  const { source } = plan.scope.persons;
  if (institution === undefined) return [];
  if (!institution.inPlan) {
    return [{ level: "blocks", field: "schoolId", code: "eligibility.area-not-in-plan", source }];
  }
  const missing = plan.scope.institutions
    .filter((entry) => entry.kinds.includes(institution.kind))
    .map((entry) => missingOf(entry, institution, teacher));
  const [nearest] = missing.toSorted(
    (one, other) => one.length - other.length || orderKeyOf(one).localeCompare(orderKeyOf(other)),
  );
  return nearest ?? [{ level: "blocks", field: "schoolId", code: "eligibility.not-in-scope", source }];
}

/** The conditions that this teacher misses in one entry that lists the institution's kind. */
function missingOf(
  { ownership, industryRun, onlyWithTeacherTitle, source }: InstitutionScope,
  institution: NonNullable<TeacherFacts["institution"]>,
  { hasTeacherTitle, teachingRelatedWork }: TeacherFacts,
): Finding[] {
  const level = "blocks";
  const findings: Finding[] = [];
  if (institution.industryRun === true && !industryRun) {
    findings.push({ level, field: "schoolId", code: "eligibility.industry-run", source });
  }
  if (institution.ownership !== undefined && !ownership.includes(institution.ownership)) {
    findings.push({ level, field: "schoolId", code: "eligibility.ownership", source });
  }
  if (onlyWithTeacherTitle && (hasTeacherTitle === false || teachingRelatedWork === false)) {
    const field = hasTeacherTitle === false ? "title" : "teachingRelatedWork";
    findings.push({ level, field, code: "eligibility.support-needs-title", source });
  }
  return findings;
}

function orderKeyOf(findings: readonly Finding[]): string {
  return JSON.stringify(findings);
}

function checkPost({ scope: { persons } }: Plan, teacher: TeacherFacts): Finding[] {
  const { source } = persons;
  const findings: Finding[] = [];
  if (persons.inEstablishment && teacher.inEstablishment === false) {
    findings.push({ level: "blocks", field: "inEstablishment", code: "eligibility.not-in-establishment", source });
  }
  if (persons.onPost && teacher.onPost === false) {
    findings.push({ level: "blocks", field: "onPost", code: "eligibility.not-on-post", source });
  }
  return findings;
}

/** New hires must have finished probation and passed the training (Notice §一(一)). */
function checkProbation({ scope: { persons } }: Plan, teacher: TeacherFacts, today: Temporal.PlainDate): Finding[] {
  if (!persons.probationFinished || teacher.newlyHired !== true) return [];
  const { source } = persons;
  const { probationFinishedOn: finishedOn } = teacher;
  const findings: Finding[] = [];
  if (finishedOn === undefined || Temporal.PlainDate.compare(finishedOn, today) > 0) {
    findings.push({ level: "blocks", field: "probationFinishedOn", code: "eligibility.probation-running", source });
  }
  if (teacher.inductionTrainingPassed === false) {
    const field = "inductionTrainingPassed";
    findings.push({ level: "blocks", field, code: "eligibility.induction-not-passed", source });
  }
  return findings;
}

/** Seconded teachers register at the lending unit (Notice §一(三)); another plan may require the opposite. */
function checkSecondment({ scope: { persons } }: Plan, { seconded }: TeacherFacts): Finding[] {
  const atLender = persons.seconded === "lending-school";
  if (seconded !== (atLender ? "borrowed-in" : "lent-out")) return [];
  const code = atLender ? "eligibility.register-at-lending-school" : "eligibility.register-at-borrowing-school";
  return [{ level: "blocks", field: "seconded", code, source: persons.source }];
}

function checkCycle(plan: Plan, { lastRegisteredOn }: TeacherFacts, today: Temporal.PlainDate): Finding[] {
  if (lastRegisteredOn === undefined) return [];
  const opensOn = reopensOn(plan, lastRegisteredOn);
  if (Temporal.PlainDate.compare(today, opensOn) >= 0) return [];
  const figures = { opensOn: opensOn.toString(), source: plan.cycle.source };
  return [{ level: "blocks", field: "scope", code: "eligibility.registered-recently", ...figures }];
}

/**
 * The first day on which a teacher registered on this day may register again. If that month is too short, its last day.
 */
export function reopensOn(plan: Plan, lastRegisteredOn: Temporal.PlainDate): Temporal.PlainDate {
  return lastRegisteredOn.add({ months: plan.cycle.reopensAfterMonths });
}

function checkRetirement(plan: Plan, { retiresOn }: TeacherFacts): Finding[] {
  const { retiringWithinMonths: months, source } = plan.scope.persons;
  const last = plan.stages.apply.windows.at(-1)?.to;
  if (months === undefined || retiresOn === undefined || last === undefined) return [];
  if (Temporal.PlainDate.compare(retiresOn, Temporal.PlainDate.from(last).add({ months })) > 0) return [];
  return [{ level: "informs", field: "scope", code: "eligibility.retiring", source }];
}

/** First registration or the periodic one. `earlier` holds only registrations that raised the ordinal. */
export function registrationKindOf(earlier: readonly { ordinal: number }[]): {
  kind: "first" | "periodic";
  ordinal: number;
} {
  const last = earlier.reduce((highest, registration) => Math.max(highest, registration.ordinal), 0);
  return { kind: last === 0 ? "first" : "periodic", ordinal: last + 1 };
}
