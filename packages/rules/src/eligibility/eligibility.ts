import type { Finding } from "../finding.ts";
import type { InstitutionKind, Ownership } from "../plan/institution.ts";
import type { Plan } from "../plan/plan.ts";
import { checkRestrictions, type RestrictionEntry } from "./restriction.ts";

/** What is known of a teacher when asking whether, where and when to register. Absent: not known, not judged. */
export interface TeacherFacts {
  institution?: { kind: InstitutionKind; ownership: Ownership; industryRun: boolean; inPlan: boolean };
  inEstablishment?: boolean | undefined;
  onPost?: boolean | undefined;
  newlyHired?: boolean | undefined;
  probationFinishedOn?: Temporal.PlainDate | undefined;
  inductionTrainingPassed?: boolean | undefined;
  seconded?: "no" | "lent-out" | "borrowed-in" | undefined;
  hasTeacherTitle?: boolean | undefined;
  teachingRelatedWork?: boolean | undefined;
  lastRegisteredOn?: Temporal.PlainDate | undefined;
  restrictions?: readonly RestrictionEntry[];
  retiresOn?: Temporal.PlainDate | undefined;
}

export interface Eligibility {
  verdict: "must" | "need-not" | "may-not" | "later";
  where: "this-school" | "other-school";
  reasons: Finding[];
}

/**
 * Must this teacher register in this campaign, and where? (Notice §一.) The reasons are findings with their source;
 * the first in order of weight decides: excluded by law, not yet, out of scope, exempt.
 */
export function eligibilityOf({
  plan,
  teacher,
  now,
}: {
  plan: Plan;
  teacher: TeacherFacts;
  now: Temporal.Instant;
}): Eligibility {
  const today = now.toZonedDateTimeISO(plan.timeZone).toPlainDate();
  const restricted = checkRestrictions(teacher.restrictions ?? [], today);
  const recent = checkCycle(plan, teacher, today);
  const outside = [...checkInstitution(plan, teacher), ...checkPerson(plan, teacher, today)];
  const elsewhere = checkSecondment(plan, teacher);
  const exempt = checkRetirement(plan, teacher);
  const where = elsewhere.length > 0 ? "other-school" : "this-school";
  if (restricted.length > 0) return { verdict: "may-not", where, reasons: restricted };
  if (recent.length > 0) return { verdict: "later", where, reasons: recent };
  if (outside.length > 0) return { verdict: "need-not", where, reasons: outside };
  if (elsewhere.length > 0) return { verdict: "must", where, reasons: elsewhere };
  if (exempt.length > 0) return { verdict: "need-not", where, reasons: exempt };
  return {
    verdict: "must",
    where,
    reasons: [{ level: "informs", field: "scope", code: "eligibility.must", source: plan.scope.persons.source }],
  };
}

function checkInstitution(plan: Plan, { institution, hasTeacherTitle, teachingRelatedWork }: TeacherFacts): Finding[] {
  if (institution === undefined) return [];
  const field = "schoolId";
  const level = "blocks";
  const scope = plan.scope.institutions.find((rule) => rule.kinds.includes(institution.kind));
  const source = scope?.source ?? plan.scope.persons.source;
  if (!institution.inPlan) return [{ level, field, code: "eligibility.area-not-in-plan", source }];
  if (scope === undefined) return [{ level, field, code: "eligibility.not-in-scope", source }];
  if (institution.industryRun && !scope.industryRun)
    return [{ level, field, code: "eligibility.industry-run", source }];
  if (!scope.ownership.includes(institution.ownership))
    return [{ level, field, code: "eligibility.ownership", source }];
  if (scope.onlyWithTeacherTitle && (hasTeacherTitle === false || teachingRelatedWork === false)) {
    return [{ level, field: "title", code: "eligibility.support-needs-title", source }];
  }
  return [];
}

function checkPerson(plan: Plan, teacher: TeacherFacts, today: Temporal.PlainDate): Finding[] {
  const { persons } = plan.scope;
  const { source } = persons;
  const findings: Finding[] = [];
  if (persons.inEstablishment && teacher.inEstablishment === false) {
    findings.push({ level: "blocks", field: "inEstablishment", code: "eligibility.not-in-establishment", source });
  }
  if (persons.onPost && teacher.onPost === false) {
    findings.push({ level: "blocks", field: "onPost", code: "eligibility.not-on-post", source });
  }
  if (persons.probationFinished && teacher.newlyHired === true) {
    const finished = teacher.probationFinishedOn;
    if (finished === undefined || Temporal.PlainDate.compare(finished, today) > 0) {
      findings.push({ level: "blocks", field: "probationFinishedOn", code: "eligibility.probation-running", source });
    }
    if (teacher.inductionTrainingPassed === false) {
      findings.push({
        level: "blocks",
        field: "inductionTrainingPassed",
        code: "eligibility.induction-not-passed",
        source,
      });
    }
  }
  return findings;
}

/** Notice §一(三): seconded teachers register at the lending unit; another plan may say the other way round. */
function checkSecondment(plan: Plan, { seconded }: TeacherFacts): Finding[] {
  const { persons } = plan.scope;
  const here = persons.seconded === "lending-school" ? "borrowed-in" : "lent-out";
  if (seconded !== here) return [];
  const code =
    persons.seconded === "lending-school"
      ? "eligibility.register-at-lending-school"
      : "eligibility.register-at-borrowing-school";
  return [{ level: "blocks", field: "seconded", code, source: persons.source }];
}

function checkCycle(plan: Plan, { lastRegisteredOn }: TeacherFacts, today: Temporal.PlainDate): Finding[] {
  if (lastRegisteredOn === undefined) return [];
  const opensOn = lastRegisteredOn.add({ months: plan.cycle.reopensAfterMonths });
  if (Temporal.PlainDate.compare(today, opensOn) >= 0) return [];
  const { source } = plan.cycle;
  return [
    { level: "blocks", field: "scope", code: "eligibility.registered-recently", opensOn: opensOn.toString(), source },
  ];
}

function checkRetirement(plan: Plan, { retiresOn }: TeacherFacts): Finding[] {
  const { retiringWithinMonths: months, source } = plan.scope.persons;
  const last = plan.stages.apply.windows.at(-1)?.to;
  if (months === undefined || retiresOn === undefined || last === undefined) return [];
  const bound = Temporal.PlainDate.from(last).add({ months });
  if (Temporal.PlainDate.compare(retiresOn, bound) > 0) return [];
  return [{ level: "informs", field: "scope", code: "eligibility.retiring", source }];
}

/** First registration, or the periodic one after it: raised by conclusions that raise the ordinal. */
export function registrationKindOf(earlier: readonly { ordinal: number }[]): {
  kind: "first" | "periodic";
  ordinal: number;
} {
  const last = earlier.reduce((highest, registration) => Math.max(highest, registration.ordinal), 0);
  return { kind: last === 0 ? "first" : "periodic", ordinal: last + 1 };
}
