import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPlanText } from "../plan/check.ts";
import { type InstitutionKind, institutionKinds, ownerships } from "../plan/institution.ts";
import type { Plan } from "../plan/plan.ts";
import { runsOf } from "../testing/size.ts";
import { eligibilityOf, registrationKindOf, reopensOn, type TeacherFacts } from "./eligibility.ts";
import { answerOf, questionsOf } from "./questions.ts";
import { checkRestrictions, endOfRestriction } from "./restriction.ts";

const read = (path: string) => {
  const { plan } = checkPlanText(readFileSync(new URL(path, import.meta.url), "utf8"));
  if (plan === undefined) throw new Error(`${path} is not a valid plan`);
  return plan;
};
const plan = read("../../../../campaigns/2017-chongqing-second-batch.yaml");
const plans = [plan, read("../plan/examples/province.yaml"), read("../plan/examples/county.yaml")];

const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => day(text).toZonedDateTime("Asia/Shanghai").toInstant();
const opening = at("2017-09-12");
const school = (kind: InstitutionKind, other: Partial<NonNullable<TeacherFacts["institution"]>> = {}) => ({
  institution: { kind, ownership: "public", industryRun: false, inPlan: true, ...other } as const,
});
const serving = {
  inEstablishment: true,
  onPost: true,
  newlyHired: false,
  seconded: "no",
  hasTeacherTitle: true,
} as const;

function ask(teacher: TeacherFacts, now = opening, of = plan): string {
  const { verdict, where, reasons } = eligibilityOf({ plan: of, teacher: { ...serving, ...teacher }, now });
  const codes = reasons.map(({ code }) => code.replace("eligibility.", ""));
  return [verdict, ...(where === "this-school" ? [] : [where]), ...codes].join(" ");
}

test("N3: teachers in establishment and on post of public kindergartens and schools must register", () => {
  const kinds = [
    "kindergarten",
    "primary",
    "junior",
    "nine-year",
    "senior",
    "complete-secondary",
    "vocational",
    "special",
  ] as const;
  for (const kind of kinds) expect([kind, ask(school(kind))]).toEqual([kind, "must must"]);
});

test("N3: a teacher outside establishment, not on post or not at a public school need not register", () => {
  expect(ask({ ...school("primary"), inEstablishment: false })).toBe("need-not not-in-establishment");
  expect(ask({ ...school("primary"), onPost: false })).toBe("need-not not-on-post");
  expect(ask(school("primary", { ownership: "private" }))).toBe("need-not ownership");
  expect(ask(school("primary", { inPlan: false }))).toBe("need-not area-not-in-plan");
});

test("N4: industry-run schools are excluded, and the reason cites the notice's section", () => {
  const { reasons } = eligibilityOf({
    plan,
    teacher: { ...serving, ...school("senior", { industryRun: true }) },
    now: opening,
  });
  expect(reasons).toEqual([
    { level: "blocks", field: "schoolId", code: "eligibility.industry-run", source: "一（一）" },
  ]);
});

test("N5: a new hire on probation registers later, and the missing condition is named", () => {
  const hired = { ...school("primary"), newlyHired: true };
  const ended = { probationFinishedOn: day("2017-09-11"), inductionTrainingPassed: true };
  expect(ask({ ...hired, ...ended })).toBe("must must");
  expect(ask({ ...hired, ...ended, probationFinishedOn: day("2017-09-12") })).toBe("must must");
  expect(ask({ ...hired, ...ended, probationFinishedOn: day("2017-09-13") })).toBe("later probation-running");
  expect(ask({ ...hired, ...ended, inductionTrainingPassed: false })).toBe("later induction-not-passed");
  expect(ask(hired)).toBe("later probation-running");
  expect(ask({ ...hired, inductionTrainingPassed: false })).toBe("later probation-running induction-not-passed");
  // A condition that time cannot meet outweighs one that it can.
  expect(ask({ ...hired, inEstablishment: false })).toBe("need-not not-in-establishment probation-running");
});

test("N6: support institutions are in scope only with a school-teacher's title and teaching-related work", () => {
  const kinds = [
    "teacher-training",
    "teaching-research",
    "audio-visual",
    "open-university-branch",
    "health-care",
    "education-management",
  ] as const;
  for (const kind of kinds) {
    expect([kind, ask(school(kind))]).toEqual([kind, "must must"]);
    expect([kind, ask({ ...school(kind), hasTeacherTitle: false })]).toEqual([kind, "need-not support-needs-title"]);
    expect([kind, ask({ ...school(kind), teachingRelatedWork: false })]).toEqual([
      kind,
      "need-not support-needs-title",
    ]);
  }
  expect(ask({ ...school("primary"), hasTeacherTitle: false, teachingRelatedWork: false })).toBe("must must");
});

type InstitutionScope = Plan["scope"]["institutions"][number];
const withScope = (...institutions: InstitutionScope[]): Plan => ({ ...plan, scope: { ...plan.scope, institutions } });
const entryOf = (other: Partial<InstitutionScope>): InstitutionScope => ({
  kinds: ["primary"],
  ownership: ["public"],
  industryRun: false,
  onlyWithTeacherTitle: false,
  source: "一",
  ...other,
});

test("a school is in scope if any entry of the plan accepts it", () => {
  const both = withScope(entryOf({}), entryOf({ ownership: ["private"], onlyWithTeacherTitle: true, source: "二" }));
  const privateSchool = school("primary", { ownership: "private" });
  expect(ask(school("primary"), opening, both)).toBe("must must");
  expect(ask(privateSchool, opening, both)).toBe("must must");
  expect(ask({ ...school("primary"), hasTeacherTitle: false }, opening, both)).toBe("must must");
  const industry = withScope(entryOf({}), entryOf({ industryRun: true, onlyWithTeacherTitle: true, source: "三" }));
  expect(ask(school("primary", { industryRun: true }), opening, industry)).toBe("must must");
  // The five questions give the same answer, and do not judge an ownership that was not given.
  const answered = (ownership: string | undefined, institution = "primary") =>
    answerOf(both, { area: "wanzhou", institution, ownership }, opening).reasons.map(({ code }) => code);
  expect(answered("private")).toEqual(["eligibility.must"]);
  expect(answered("industry")).toEqual(["eligibility.industry-run"]);
  const onlyPrivate = withScope(entryOf({ ownership: ["private"] }));
  expect(answerOf(onlyPrivate, { institution: "primary" }, opening).verdict).toBe("must");
});

test("a refusal names the conditions that the nearest entry misses, whatever the order of entries", () => {
  const refused = (teacher: TeacherFacts, ...entries: InstitutionScope[]) => {
    const answers = [entries, entries.toReversed()].map((order) =>
      eligibilityOf({ plan: withScope(...order), teacher: { ...serving, ...teacher }, now: opening }).reasons.map(
        (reason) => [reason.code.replace("eligibility.", ""), "source" in reason ? reason.source : ""].join(" "),
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
    return answers[0];
  };
  const privateSchools = entryOf({ ownership: ["private"], onlyWithTeacherTitle: true, source: "二" });
  const privateSchool = school("primary", { ownership: "private" });
  const untitled = { hasTeacherTitle: false };
  // Both entries miss one condition: the first by name stands for both. The kind of school is never named.
  expect(refused({ ...privateSchool, ...untitled }, entryOf({}), privateSchools)).toEqual(["ownership 一"]);
  expect(
    refused({ ...school("primary", { ownership: "private", industryRun: true }), ...untitled }, entryOf({}), {
      ...privateSchools,
      industryRun: true,
    }),
  ).toEqual(["support-needs-title 二"]);
  expect(refused(school("junior"), entryOf({}), privateSchools)).toEqual(["not-in-scope 一"]);
  expect(refused(school("primary", { industryRun: true, ownership: "private" }), entryOf({}))).toEqual([
    "industry-run 一",
    "ownership 一",
  ]);
});

test("N7: seconded teachers register at the lending school; the borrowing school refers them to it", () => {
  expect(ask({ ...school("primary"), seconded: "lent-out" })).toBe("must must");
  expect(ask({ ...school("primary"), seconded: "borrowed-in" })).toBe("must other-school register-at-lending-school");
  // The borrowing school's kind says nothing about the teacher's own school.
  expect(ask({ ...school("primary", { ownership: "private" }), seconded: "borrowed-in" })).toBe(
    "must other-school register-at-lending-school",
  );
  expect(ask({ ...school("primary"), seconded: "borrowed-in", inEstablishment: false })).toMatch(/^need-not /);
});

test("another plan may make seconded teachers register at the borrowing school", () => {
  const persons = { ...plan.scope.persons, seconded: "borrowing-school" as const };
  const other = { ...plan, scope: { ...plan.scope, persons } };
  expect(ask({ ...school("primary"), seconded: "borrowed-in" }, opening, other)).toBe("must must");
  expect(ask({ ...school("primary"), seconded: "lent-out" }, opening, other)).toBe(
    "must other-school register-at-borrowing-school",
  );
});

test("the next registration opens 54 months after the last, on the day itself", () => {
  const registered = { ...school("primary"), lastRegisteredOn: day("2013-03-12") };
  expect(reopensOn(plan, day("2013-03-12")).toString()).toBe("2017-09-12");
  expect(ask(registered, at("2017-09-12").subtract({ nanoseconds: 1 }))).toBe("later registered-recently");
  expect(ask(registered, at("2017-09-12"))).toBe("must must");
  // 54 months after 31 August is the last day of February.
  expect(reopensOn(plan, day("2013-08-31")).toString()).toBe("2018-02-28");
  const { reasons } = eligibilityOf({
    plan,
    teacher: { ...serving, lastRegisteredOn: day("2013-08-31") },
    now: opening,
  });
  expect(reasons[0]).toMatchObject({ opensOn: "2018-02-28", source: plan.cycle.source });
});

test("the restriction list bars from its first to its last day, for the plan's years", () => {
  const barred = (kind: string, today: string, until?: string) =>
    checkRestrictions(
      plan,
      [{ kind, from: day("2014-10-10"), source: "处理决定", ...(until === undefined ? {} : { until: day(until) }) }],
      day(today),
    );
  expect(endOfRestriction(plan, "examination-cheating", day("2014-10-10"))?.toString()).toBe("2017-10-09");
  expect(barred("examination-cheating", "2014-10-09")).toEqual([]);
  expect(barred("examination-cheating", "2014-10-10")).toHaveLength(1);
  expect(barred("examination-cheating", "2017-10-09")).toEqual([
    {
      level: "blocks",
      field: "scope",
      code: "eligibility.restricted",
      kind: "examination-cheating",
      until: "2017-10-09",
      source: "处理决定",
    },
  ]);
  expect(barred("examination-cheating", "2017-10-10")).toEqual([]);
  expect(barred("revoked-for-fraud", "2019-10-09")).toHaveLength(1);
  expect(barred("revoked-for-fraud", "2019-10-10")).toEqual([]);
  expect(barred("qualification-lost", "2090-01-01")[0]).toMatchObject({ until: null });
  // A restriction of a kind unknown to the plan ends on its own last day or when a person lifts it.
  expect(barred("unheard-of", "2090-01-01")).toHaveLength(1);
  expect(barred("unheard-of", "2016-01-02", "2016-01-01")).toEqual([]);
});

test("a bar outweighs any other verdict", () => {
  const restrictions = [{ kind: "qualification-lost", from: day("2010-01-01"), source: "教师法" }];
  expect(
    ask({ ...school("primary", { ownership: "private" }), restrictions, lastRegisteredOn: day("2017-01-01") }),
  ).toBe("may-not restricted");
});

test("a teacher who retires soon is exempt only if the plan says so", () => {
  const retiring = { ...school("primary"), retiresOn: day("2018-02-02") };
  expect(ask(retiring)).toBe("must must");
  const persons = { ...plan.scope.persons, retiringWithinMonths: 3 };
  const exempting = { ...plan, scope: { ...plan.scope, persons } };
  expect(ask(retiring, opening, exempting)).toBe("need-not retiring");
  expect(ask({ ...retiring, retiresOn: day("2018-02-03") }, opening, exempting)).toBe("must must");
});

const anyDay = fc.integer({ min: 0, max: 30_000 }).map((days) => day("1960-01-01").add({ days }));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyTeacher: fc.Arbitrary<TeacherFacts> = fc.record(
  {
    institution: fc.record({
      kind: fc.constantFrom(...institutionKinds),
      ownership: fc.constantFrom(...ownerships),
      industryRun: fc.boolean(),
      inPlan: fc.boolean(),
    }),
    inEstablishment: maybe(fc.boolean()),
    onPost: maybe(fc.boolean()),
    newlyHired: maybe(fc.boolean()),
    probationFinishedOn: maybe(anyDay),
    inductionTrainingPassed: maybe(fc.boolean()),
    retiresOn: maybe(anyDay),
    seconded: maybe(fc.constantFrom("no", "lent-out", "borrowed-in")),
    hasTeacherTitle: maybe(fc.boolean()),
    teachingRelatedWork: maybe(fc.boolean()),
    lastRegisteredOn: maybe(anyDay),
    restrictions: fc.array(
      fc.record({
        kind: fc.constantFrom("qualification-lost", "examination-cheating", "?"),
        from: anyDay,
        source: fc.constant("决定"),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

test("eligibility is total: every teacher under every plan gets one verdict with reasons that name their source", () => {
  fc.assert(
    fc.property(fc.constantFrom(...plans), anyTeacher, anyDay, (of, teacher, today) => {
      const now = today.toZonedDateTime(of.timeZone).toInstant();
      const { verdict, where, reasons } = eligibilityOf({ plan: of, teacher, now });
      expect(["must", "need-not", "may-not", "later"]).toContain(verdict);
      expect(["this-school", "other-school"]).toContain(where);
      expect(reasons.length).toBeGreaterThan(0);
      for (const reason of reasons) expect(Reflect.get(reason, "source")).toMatch(/\S/);
      // Nothing blocks submitting at this school exactly if the teacher must register there, or may as an exempt
      // person.
      const free = reasons.every(({ level }) => level !== "blocks");
      expect(free).toBe((verdict === "must" && where === "this-school") || reasons[0]?.code === "eligibility.retiring");
    }),
    { numRuns: runsOf(1000) },
  );
});

const anyEntry: fc.Arbitrary<InstitutionScope> = fc.record({
  kinds: fc.subarray([...institutionKinds], { minLength: 1 }),
  ownership: fc.subarray([...ownerships], { minLength: 1 }),
  industryRun: fc.boolean(),
  onlyWithTeacherTitle: fc.boolean(),
  source: fc.constantFrom("一", "二", "三"),
});

test("a teacher is in scope if any entry accepts them: order does not matter, and another entry excludes nobody", () => {
  const entries = fc.array(anyEntry, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(entries, anyTeacher, fc.nat(), ([first, ...others], teacher, turns) => {
      if (first === undefined) throw new Error("the scope has no entry");
      const all = [first, ...others];
      const answer = (...of: InstitutionScope[]) => eligibilityOf({ plan: withScope(...of), teacher, now: opening });
      const isFree = (of: InstitutionScope) => answer(of).reasons.every(({ level }) => level !== "blocks");
      const whole = answer(...all);
      const wholeIsFree = whole.reasons.every(({ level }) => level !== "blocks");
      expect(wholeIsFree).toBe(all.some(isFree));
      if (isFree(first)) expect(whole.verdict).toBe(answer(first).verdict);
      const at = turns % all.length;
      expect(answer(...all.slice(at), ...all.slice(0, at))).toEqual(whole);
      expect(answer(...all.toReversed())).toEqual(whole);
    }),
    { numRuns: runsOf(1000) },
  );
});

test("kind and ordinal of a registration follow from the earlier ones that raised the ordinal", () => {
  expect(registrationKindOf([])).toEqual({ kind: "first", ordinal: 1 });
  expect(registrationKindOf([{ ordinal: 2 }, { ordinal: 1 }])).toEqual({ kind: "periodic", ordinal: 3 });
});

test("N47: the five questions answer whether and where to register", () => {
  const answer = (answers: Record<string, unknown>) => {
    const { verdict, reasons } = answerOf(plan, answers, opening);
    return [verdict, ...reasons.map(({ code }) => code.replace("eligibility.", ""))].join(" ");
  };
  const usual = {
    area: "wanzhou",
    institution: "primary",
    ownership: "public",
    establishment: "yes",
    standing: "serving",
  };
  expect(questionsOf(plan)).toHaveLength(5);
  expect(answer(usual)).toBe("must must");
  expect(answer({ ...usual, area: "liangjiang" })).toBe("must must");
  expect(answer({ ...usual, area: "other" })).toBe("need-not area-not-in-plan");
  expect(answer({ area: "other" })).toBe("need-not area-not-in-plan");
  expect(answer({ ...usual, ownership: "industry" })).toBe("need-not industry-run");
  expect(answer({ ...usual, ownership: "private" })).toBe("need-not ownership");
  expect(answer({ ...usual, establishment: "outside" })).toBe("need-not not-in-establishment");
  expect(answer({ ...usual, establishment: "off-post" })).toBe("need-not not-on-post");
  expect(answer({ ...usual, establishment: "no-title" })).toBe("must must");
  expect(answer({ ...usual, institution: "teaching-research", establishment: "no-title" })).toBe(
    "need-not support-needs-title",
  );
  expect(answer({ ...usual, standing: "probation" })).toBe("later probation-running");
  expect(answer({ ...usual, standing: "untrained" })).toBe("later induction-not-passed");
  expect(answer({ ...usual, standing: "new" })).toBe("must must");
  expect(answer({ ...usual, standing: "lent-out" })).toBe("must must");
});

test("every combination of answers, and any other text, gets a verdict", () => {
  const offered = fc.record(
    Object.fromEntries(
      questionsOf(plan).map(({ key, options }) => [key, fc.constantFrom(...options.map(({ value }) => value))]),
    ),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(offered, fc.dictionary(fc.string(), fc.anything())), (answers) => {
      expect(answerOf(plan, answers, opening).reasons.length).toBeGreaterThan(0);
    }),
  );
  // Each option changes the verdict or is the plain case, so none is useless.
  for (const { key, options } of questionsOf(plan))
    expect([key, new Set(options.map(({ value }) => value)).size]).toEqual([key, options.length]);
});
