import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { calendarOf, openDaysOf } from "../calendar/window.ts";
import { runsOf } from "../testing/size.ts";
import { checkPlan, checkPlanText } from "./check.ts";
import { type FindingCode, findingSeverities } from "./finding.ts";
import { Plan } from "./plan.ts";
import { windowedStages } from "./stage.ts";

const campaign = new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);
const reference = readFileSync(campaign, "utf8");
const example = (name: string) => readFileSync(new URL(`./examples/${name}.yaml`, import.meta.url), "utf8");

type Edit = (text: string) => string;

/** Replaces the first occurrence. Throws if the text is missing, because such an edit would prove nothing. */
function swap(before: string, after: string): Edit {
  return (text) => {
    if (!text.includes(before)) {
      throw new Error(`the plan no longer says: ${before}`);
    }
    return text.replace(before, () => after);
  };
}

function all(...edits: Edit[]): Edit {
  return (text) => edits.reduce((edited, edit) => edit(edited), text);
}

test("N11, N33, N35: the reference plan has no error and gives the figures of the notice", () => {
  const { plan, check } = checkPlanText(reference);
  expect(plan?.key).toBe("2017-chongqing-second-batch");
  expect(check.errors).toEqual([]);
  expect(check.stages.apply).toEqual({
    openDays: 37,
    openHours: 629,
    opens: "2017-09-12T07:00+08:00",
    closes: "2017-11-03T00:00+08:00",
  });
  expect(check.notice?.latestPublicationDay).toBe("2017-11-12");
  expect(check.notice?.latestWorkingDay).toBe("2017-11-10");
  expect(check.notice?.slackHours).toBe(17);
});

test("N35, N36, N37: both report deadlines are on or after the first day of the re-review, and no other warning is given", () => {
  const { warnings } = checkPlanText(reference).check;
  expect(warnings.map(({ code, path, source }) => [code, path, source])).toEqual([
    ["deadline.after-next-stage-begins", "stages.report.electronicBy", "三（三）"],
    ["deadline.after-next-stage-begins", "stages.report.paperBy", "三（三）"],
  ]);
  expect(warnings[0]?.message).toContain("2017-11-20（周一）17:00");
  expect(warnings[1]?.message).toContain("2017-11-22（周三）17:00");
});

test.each(["county", "province"])("the %s plan, unlike the reference, runs without error or warning", (name) => {
  const { plan, check } = checkPlanText(example(name));
  expect([check.errors, check.warnings]).toEqual([[], []]);
  expect(plan).toBeDefined();
});

test("the county plan has no re-review, four conclusions, three windows one after the other, and no sticker", () => {
  const { plan, check } = checkPlanText(example("county"));
  expect(check.stages.review).toBeUndefined();
  expect(check.stages.apply).toMatchObject({ openDays: 13, openHours: 175.5 });
  expect(plan?.conclusions.map(({ name }) => name)).toEqual(["合格", "暂缓注册", "不合格", "无教师资格"]);
  expect([plan?.marking.oldVersion, plan?.marking.newVersion]).toEqual(["annotation", "annotation"]);
  expect(check.notice).toMatchObject({ unit: "working", latestPublicationDay: "2020-09-22", lastDay: "2020-10-12" });
});

test("the province plan has three re-review bodies, each with its areas", () => {
  const { plan } = checkPlanText(example("province"));
  const areasOf = (key: string) => plan?.areas.filter((area) => area.reviewedBy === key).length;
  expect(plan?.bodies.review.map(({ key }) => areasOf(key))).toEqual([2, 2, 2]);
});

/** For each code, an edit of the reference plan that produces it and that a person could make by mistake. */
const provocations: Record<FindingCode, Edit> = {
  "yaml.syntax": swap(
    "windows: [{ from: 2017-09-12, to: 2017-11-02 }]",
    "windows: [{ from: 2017-09-12, to: 2017-11-02 }",
  ),
  "yaml.full-width-colon": swap("\nissuer: ", "\nissuer\uff1a"),
  "yaml.no-space-after-colon": swap("\nyear: 2017", "\nyear:2017"),
  "yaml.duplicate-key": swap("\nyear: 2017", "\nyear: 2017\nyear: 2018"),
  "plan.empty": () => "# 还没有写\n",
  "plan.not-a-mapping": () => "- 一\n- 二\n",
  "key.unknown": swap("\n    paperBy:", "\n    paperBi:"),
  "key.cut-off": swap("name: 教师资格证书,", "name: 教师资格证书,须核对原件,"),
  "key.missing": swap("\ntitle: 重庆市第二批中小学教师资格定期注册试点", ""),
  "value.empty": swap("\nissuer: 重庆市教师资格认定指导中心", "\nissuer:"),
  "value.wrong-type": swap('code: "500101"', "code: 500101"),
  "value.not-in-list": swap("suppliedBy: applicant", "suppliedBy: teacher"),
  "value.wrong-format": swap("issuedOn: 2017-09-06", "issuedOn: 2017-9-6"),
  "value.too-small": swap("days: 7", "days: 0"),
  "value.too-big": swap("days: 7", "days: 700"),
  "condition.unknown-rule": swap("rule: ethics-breached", "rule: ethics-broken"),
  "range.reversed": swap("{ from: 2017-11-06, to: 2017-11-10 }", "{ from: 2017-11-10, to: 2017-11-06 }"),
  "hours.reversed": swap('{ from: "07:00", to: "24:00" }', '{ from: "07:00", to: "00:00" }'),
  "window.overlaps": swap(
    "{ from: 2017-09-12, to: 2017-11-02 }",
    "{ from: 2017-09-12, to: 2017-10-20 }, { from: 2017-10-20, to: 2017-11-02 }",
  ),
  "window.no-open-minute": swap(
    "{ from: 2017-09-12, to: 2017-11-02 }",
    "{ from: 2017-09-12, to: 2017-09-30 }, { from: 2017-10-02, to: 2017-10-07 }, { from: 2017-10-10, to: 2017-11-02 }",
  ),
  "closure.outside-windows": swap("{ from: 2017-10-18, to: 2017-10-24", "{ from: 2017-12-18, to: 2017-12-24"),
  "closure.no-such-stage": all(
    swap(
      "{ from: 2017-10-18, to: 2017-10-24, stages: [apply]",
      "{ from: 2017-10-18, to: 2017-10-24, stages: [apply, review]",
    ),
    withoutReview,
  ),
  "closure.overlaps": swap("{ from: 2017-10-18, to: 2017-10-24", "{ from: 2017-10-08, to: 2017-10-24"),
  "stage.out-of-order": swap("{ from: 2017-11-06, to: 2017-11-10 }", "{ from: 2017-09-06, to: 2017-09-10 }"),
  "stage.begins-before-previous-ends": swap(
    "{ from: 2017-11-06, to: 2017-11-10 }",
    "{ from: 2017-11-01, to: 2017-11-10 }",
  ),
  "year.differs": swap("\nyear: 2017", "\nyear: 2016"),
  "issued.after-opening": swap("issuedOn: 2017-09-06", "issuedOn: 2017-09-16"),
  "holidays.unknown-year": (text) => text.replaceAll("2017-", "2097-").replace("key: 2097-", "key: 2017-"),
  "deadline.on-rest-day": swap("electronicBy: 2017-11-20T17:00", "electronicBy: 2017-11-19T17:00"),
  "deadline.before-stage-ends": swap("electronicBy: 2017-11-20T17:00", "electronicBy: 2017-11-09T17:00"),
  "deadline.after-next-stage-ends": swap("paperBy: 2017-11-22T17:00", "paperBy: 2017-11-23T17:00"),
  "deadline.after-next-stage-begins": (text) => text,
  "deadline.paper-before-electronic": swap("paperBy: 2017-11-22T17:00", "paperBy: 2017-11-20T12:00"),
  "notice.cannot-end-before-report": swap("electronicBy: 2017-11-20T17:00", "electronicBy: 2017-11-15T17:00"),
  "notice.only-rest-days-left": swap("{ from: 2017-11-06, to: 2017-11-10 }", "{ from: 2017-11-06, to: 2017-11-11 }"),
  "duplicate.key": swap("key: qianjiang, name", "key: wanzhou, name"),
  "duplicate.name": swap("name: 黔江区, code", "name: 万州区, code"),
  "body.same-key-other-name": swap("authority: { key: qianjiang-education", "authority: { key: wanzhou-education"),
  "body.two-roles": swap(
    "- { key: chongqing-centre, name: 重庆市教师资格认定指导中心 }\n  operator: chongqing-centre",
    "- { key: chongqing-commission, name: 重庆市教育委员会 }\n  operator: chongqing-commission",
  ),
  "bodies.unknown-operator": swap("operator: chongqing-centre", "operator: chongqing-center"),
  "area.unknown-review-body": swap("name: 万州区, code", "name: 万州区, reviewedBy: wanzhou-centre, code"),
  "area.review-body-missing": swap(
    "  operator: chongqing-centre",
    "    - { key: second, name: 第二中心 }\n  operator: chongqing-centre",
  ),
  "review.body-unused": swap(
    "  operator: chongqing-centre",
    "    - { key: second, name: 第二中心 }\n  operator: chongqing-centre",
  ),
  "review.stage-without-body": all(
    swap("  review:\n    - { key: chongqing-centre, name: 重庆市教师资格认定指导中心 }", "  review: []"),
    swap("operator: chongqing-centre", "operator: chongqing-commission"),
  ),
  "review.body-without-stage": withoutReview,
  "scope.kind-twice": swap("kinds: [teacher-training,", "kinds: [special, teacher-training,"),
  "scope.private-needs-no-establishment": swap("ownership: [public]", "ownership: [public, private]"),
  "cycle.reopens-after-expiry": swap("reopensAfterMonths: 54", "reopensAfterMonths: 61"),
  "material.variant-twice": swap("concerns: newly-hired, name: 新任", "concerns: serving, name: 新任"),
  "material.variants-ambiguous": swap("concerns: newly-hired, name: 新任", "concerns: first-registration, name: 新任"),
  "material.stamp-without-copy": swap(
    "originalSeen: true, copies: 1, copyStamped: true",
    "originalSeen: true, copies: 0, copyStamped: true",
  ),
  "conclusion.none-raises-ordinal": swap("raisesOrdinal: true", "raisesOrdinal: false"),
  "condition.unknown-conclusion": swap("concerns: serving, suggests: defer", "concerns: serving, suggests: postpone"),
  "condition.suggests-mildest": swap("concerns: serving, suggests: defer", "concerns: serving, suggests: pass"),
  "marking.nothing-to-mark-with": all(
    swap("oldVersion: sticker", "oldVersion: none"),
    swap("newVersion: annotation", "newVersion: none"),
  ),
  "marking.no-marked-conclusion": (text) => text.replaceAll("marked: true", "marked: false"),
  "reason.unknown-material": swap('"material:contract"', '"material:contracts"'),
  "reason.unknown-field": swap('"field:photo"', '"field:foto"'),
  "reason.unknown-conclusion": swap("use: [decide], conclusions: [pass]", "use: [decide], conclusions: [passed]"),
  "reason.conclusions-without-decide": swap("use: [scrap] }", "use: [scrap], conclusions: [pass] }"),
  "conclusion.without-reason": all(
    swap("use: [decide], conclusions: [pass]", "use: [decide], conclusions: [fail]"),
    swap("use: [decide, refuse", "use: [refuse"),
  ),
  "reason.opens-without-return": swap("use: [return], opens", "use: [refuse], opens"),
  "reason.use-without-reason": all(swap("use: [scrap]", "use: [refuse]"), swap("use: [scrap]", "use: [refuse]")),
};

function withoutReview(text: string): string {
  const shorter = text.replace(/ {2}review: # 复审\n.*\n.*\n.*\n/, "");
  if (shorter === text) {
    throw new Error("the plan's re-review is written otherwise");
  }
  return shorter;
}

test.each(Object.entries(provocations))("%s is reported with its line and a Chinese sentence", (code, edit) => {
  const { check } = checkPlanText(edit(reference));
  const found = [...check.errors, ...check.warnings].find((finding) => finding.code === code);
  expect(found).toBeDefined();
  expect(found?.message).toMatch(/\p{Script=Han}.*。$|\p{Script=Han}.*[？]$/u);
  expect(found?.message).not.toMatch(/undefined|NaN|\[object/);
  const severity = check.errors.some((finding) => finding === found) ? "error" : "warning";
  expect(severity).toBe(Object.entries(findingSeverities).find(([name]) => name === code)?.[1]);
  if (!["plan.empty", "plan.not-a-mapping", "key.missing"].includes(code)) {
    expect(found?.line).toBeGreaterThan(0);
  }
});

test("a finding names the source of its rule and its line", () => {
  const { check } = checkPlanText(provocations["closure.outside-windows"](reference));
  const lines = provocations["closure.outside-windows"](reference).split("\n");
  const found = check.errors[0];
  expect(check.errors).toHaveLength(1);
  expect(found).toMatchObject({ code: "closure.outside-windows", path: "closures[1]", source: "三（一）" });
  expect(lines[(found?.line ?? 0) - 1]).toContain("2017-12-18");
});

test("N20: application and confirmation may overlap without a warning; other stages may not", () => {
  const overlapping = swap("{ from: 2017-11-23, to: 2017-11-24 }", "{ from: 2017-11-21, to: 2017-11-24 }")(reference);
  const codes = checkPlanText(overlapping).check.warnings.map(({ code, path }) => `${code} ${path}`);
  expect(codes).toContain("stage.begins-before-previous-ends stages.final.windows");
  expect(codes.some((code) => code.includes("confirm"))).toBe(false);
});

test("without a re-review the report deadlines are compared with the final review", () => {
  const text = example("county").replace("electronicBy: 2020-10-13T17:00", "electronicBy: 2020-10-14T17:00");
  const { warnings } = checkPlanText(text).check;
  expect(warnings.map(({ code }) => code)).toEqual(["deadline.after-next-stage-begins"]);
  expect(warnings[0]?.message).toContain("终审");
});

const day = fc
  .integer({ min: 0, max: 500 })
  .map((days) => Temporal.PlainDate.from("2017-01-01").add({ days }).toString());
const range = fc.record({ from: day, to: day });
const hour = fc.integer({ min: 0, max: 24 }).map((value) => `${String(value).padStart(2, "0")}:00`);
const stagePlan = fc.record({
  windows: fc.array(range, { minLength: 1, maxLength: 3 }),
  hours: fc.record({ from: hour, to: hour }),
  source: fc.constant("三"),
});
const moment = fc
  .tuple(day, fc.integer({ min: 0, max: 23 }))
  .map(([date, value]) => `${date}T${String(value).padStart(2, "0")}:30`);
const key = fc.constantFrom("a", "b", "c", "pass", "fail", "contract");
const referencePlan = checkPlanText(reference).plan;
const anyPlan = fc
  .record({
    stages: fc.record({ apply: stagePlan, confirm: stagePlan, preliminary: stagePlan, final: stagePlan }),
    review: fc.option(stagePlan),
    closures: fc.array(
      fc.record({
        from: day,
        to: day,
        stages: fc.uniqueArray(fc.constantFrom(...windowedStages), { minLength: 1 }),
        source: fc.constant("三"),
      }),
      { maxLength: 4 },
    ),
    notice: fc.record({
      days: fc.integer({ min: 1, max: 120 }),
      unit: fc.constantFrom("calendar", "working"),
      countsFirstDay: fc.boolean(),
      objectionAnswerDays: fc.integer({ min: 1, max: 120 }),
      source: fc.constant("三"),
    }),
    electronicBy: moment,
    paperBy: moment,
    bodies: fc.record({
      final: fc.record({ key, name: key }),
      review: fc.array(fc.record({ key, name: key }), { maxLength: 3 }),
      operator: key,
    }),
    conclusionKeys: fc.array(key, { minLength: 2, maxLength: 4 }),
    opens: fc.array(fc.tuple(fc.constantFrom("field", "material"), key).map((parts) => parts.join(":"))),
    year: fc.integer({ min: 2011, max: 2100 }),
    timeZone: fc.constantFrom("Asia/Shanghai", "America/New_York", "+08:00"),
  })
  .map((draft): unknown => {
    return {
      ...referencePlan,
      year: draft.year,
      timeZone: draft.timeZone,
      bodies: draft.bodies,
      closures: draft.closures,
      stages: {
        ...referencePlan?.stages,
        ...draft.stages,
        review: draft.review === null ? undefined : { ...draft.review, samplePercent: 5 },
        notice: draft.notice,
        report: { electronicBy: draft.electronicBy, paperBy: draft.paperBy, tableTitle: "表", source: "三" },
      },
      conclusions: draft.conclusionKeys.map((name) => ({ key: name, name, marked: true, raisesOrdinal: false })),
      reasons: [{ code: "a", text: "a", use: ["return"], opens: draft.opens }],
    };
  });

test("the check never throws on a readable plan, and its figures agree with the calendar", () => {
  fc.assert(
    fc.property(anyPlan, (draft) => {
      const plan = Plan.parse(draft);
      const check = checkPlan(plan);
      for (const stage of windowedStages) {
        const figures = check.stages[stage];
        expect(figures === undefined).toBe(plan.stages[stage] === undefined);
        if (figures !== undefined) {
          expect(figures.openDays).toBe(openDaysOf(calendarOf(plan), stage).length);
        }
      }
      const wordless = [...check.errors, ...check.warnings].filter(({ message }) => /undefined|NaN/.test(message));
      expect(wordless).toEqual([]);
    }),
    { numRuns: runsOf(80) },
  );
});

test("the check never throws on a text with lines cut or characters changed", () => {
  const lines = reference.split("\n");
  const cut = fc.record({
    line: fc.integer({ min: 0, max: lines.length - 1 }),
    column: fc.integer({ min: 0, max: 60 }),
    text: fc.oneof(
      fc.constantFrom("", ":", "-", "  ", "\t", '"', "{", "]", "&a", "*a", "\uff1a", "null", "!!x", "---"),
      fc.string({ maxLength: 4 }),
    ),
    removes: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(cut, ({ line, column, text, removes }) => {
      const broken = lines.with(
        line,
        (lines[line] ?? "").slice(0, column) + text + (lines[line] ?? "").slice(column + removes),
      );
      const { plan, check } = checkPlanText(broken.join("\n"));
      expect(plan !== undefined || check.errors.length > 0).toBe(true);
    }),
    { numRuns: runsOf(80) },
  );
});

test("separate entries for public and private schools give no finding; an entry without effect gives one", () => {
  const entryOf = (ownership: string, industryRun: boolean, onlyWithTeacherTitle: boolean) =>
    `    - { kinds: [primary], ownership: [${ownership}], industryRun: ${industryRun}, onlyWithTeacherTitle: ${onlyWithTeacherTitle}, source: 一 }\n`;
  const found = (...entries: string[]) =>
    checkPlanText(
      reference.replace(/institutions:\n[\s\S]*?\n {2}persons:/, `institutions:\n${entries.join("")}  persons:`),
    )
      .check.warnings.filter(({ code }) => code === "scope.kind-twice")
      .map(({ path }) => Number(/\d+/.exec(path)?.[0]));
  const publicSchools = entryOf("public", false, false);
  expect(found(publicSchools, entryOf("private", false, false))).toEqual([]);
  // Industry-run schools only with a title: neither entry covers the other.
  expect(found(publicSchools, entryOf("public", true, true))).toEqual([]);
  expect(found(publicSchools, publicSchools)).toEqual([1]);
  expect(found(entryOf("public", false, true), publicSchools)).toEqual([0]);
  expect(found(publicSchools, entryOf('"public", private', true, false))).toEqual([0]);
});
