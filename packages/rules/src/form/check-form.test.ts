import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../finding.ts";
import { isBlocking } from "../finding.ts";
import { composeIdNumber } from "../identity/id-number.ts";
import { checkPlanText } from "../plan/check.ts";
import { certificateKinds, postKinds } from "../plan/institution.ts";
import { runsOf } from "../testing/size.ts";
import { changedFields, checkForm, listUnopened } from "./check-form.ts";
import { ApplicationDraft, formFields } from "./form.ts";
import { assessmentGrades, codesOf } from "./lists.ts";
import { stepOf } from "./steps.ts";
import { completeForm, invented } from "./testing.ts";

const campaign = new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);
const { plan } = checkPlanText(readFileSync(campaign, "utf8"));
if (plan === undefined) throw new Error("the reference plan cannot be read");

const now = Temporal.Instant.from("2017-09-12T07:00:00+08:00");

function check(
  changes: ApplicationDraft = {},
  person: Partial<Parameters<typeof checkForm>[0]["person"]> = {},
): Finding[] {
  if (plan === undefined) throw new Error("unreachable");
  return checkForm({ form: { ...completeForm, ...changes }, person: { ...invented, ...person }, plan, now });
}
const codes = (findings: readonly Finding[]) => findings.map(({ code, field, level }) => `${code}@${field}:${level}`);

test("a correct form gives no finding", () => {
  expect(check()).toEqual([]);
});

test("an empty form misses every field required of everyone, each reported once with its title", () => {
  const findings = checkForm({ form: {}, person: invented, plan, now });
  expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(["form.missing"]));
  const optional = [
    "certificateNumberAttested",
    "certificateName",
    "secondedTo",
    "lendingSchoolId",
    "degree",
    "telephone",
  ];
  optional.push("teachingRelatedWork", "probationFinishedOn", "inductionTrainingPassed", "interruption");
  expect(findings.map(({ field }) => field)).toEqual(formFields.filter((field) => !optional.includes(field)));
  expect(findings[0]).toMatchObject({ code: "form.missing", title: "教师资格证书号码" });
});

test("an emptied field is missing if it is required, and accepted if it is not", () => {
  expect(codes(check({ graduatedFrom: "  " }))).toEqual(["form.missing@graduatedFrom:blocks"]);
  expect(check({ telephone: "", certificateName: "" })).toEqual([]);
});

test("a half-typed field is reported as malformed, with its title and the remedy", () => {
  expect(check({ mobile: "138" })).toEqual([
    {
      level: "blocks",
      field: "mobile",
      code: "form.malformed",
      title: "手机号码",
      sentence: "手机号码为11位数字，以1开头",
    },
  ]);
});

test("a field with two faults is reported once", () => {
  expect(codes(check({ telephone: "请打电话".repeat(6) }))).toEqual(["form.malformed@telephone:blocks"]);
});

test("N13: the certificate number is compared with kind, date, sex and holder, and never blocks", () => {
  const findings = check({ certificateKind: "senior", certificateIssuedOn: "2009-06-30" });
  expect(codes(findings)).toEqual([
    "certificate.kind-differs@certificateNumber:warns",
    "certificate.year-differs@certificateNumber:warns",
  ]);
  expect(stepOf("certificateNumber")).toBe(3);
  expect(codes(check({ certificateNumber: "20125000132000123", certificateIssuedOn: "2012-06-30" }))).toEqual([
    "certificate.sex-differs@certificateNumber:warns",
  ]);
  expect(codes(check({ certificateNumber: "995001033100045", certificateIssuedOn: "1999-06-30" }))).toEqual([
    "certificate.holder-differs@certificateNumber:warns",
  ]);
});

test("N13: an odd number blocks until it is attested", () => {
  const [finding] = check({ certificateNumber: "YJ0000012" });
  expect(finding?.code).toBe("certificate.length");
  if (finding === undefined) return;
  expect([isBlocking(finding, false), isBlocking(finding, true)]).toEqual([true, false]);
});

test("the number that OCR read on the certificate is compared with the entry, and never blocks", () => {
  const read = (numbersRead: string[]) =>
    checkForm({ form: completeForm, person: invented, plan, now, numbersRead }).map(({ code, level }) => [code, level]);
  const entered = String(completeForm.certificateNumber);
  expect(read([entered])).toEqual([]);
  expect(read([`${entered.slice(0, -1)}${(Number(entered.at(-1)) + 1) % 10}`])).toEqual([
    ["certificate.scan-differs", "warns"],
  ]);
});

test("a certificate that does not match the post warns and never blocks", () => {
  const base = { certificateNumber: "20085000121000123", certificateKind: "primary" } as const;
  expect(check({ ...base, postKind: "senior" })).toEqual([
    {
      level: "warns",
      field: "postKind",
      code: "certificate.post-mismatch",
      certificate: "primary",
      post: "senior",
      answer: "no",
    },
  ]);
  expect(check({ ...base, postKind: "kindergarten" })[0]).toMatchObject({ answer: "disputed" });
});

test("names are compared as names, not as text", () => {
  expect(check({ certificateName: " 李　雷" })).toEqual([]);
  expect(codes(check({ certificateName: "李磊" }))).toEqual(["certificate.name-differs@certificateName:warns"]);
  expect(check({ certificateName: "阿依古丽.买买提" }, { name: "阿依古丽·买买提" })).toEqual([]);
});

test("dates: contract not before work, nothing in the future, nothing before birth", () => {
  expect(check({ contractSince: "1998-06-30" })).toEqual([
    {
      level: "blocks",
      field: "contractSince",
      code: "form.date-order",
      earlier: "参加工作时间",
      later: "聘用合同起始时间",
    },
  ]);
  expect(check({ contractSince: completeForm.workingSince })).toEqual([]);
  expect(codes(check({ graduatedOn: "2017-09-13" }))).toEqual(["form.date-future@graduatedOn:blocks"]);
  expect(check({ graduatedOn: "2017-09-12" })).toEqual([]);
  expect(codes(check({ graduatedOn: "1975-03-03" }))).toEqual(["form.before-birth@graduatedOn:blocks"]);
  expect(codes(check({ graduatedOn: "1990-03-03" }))).toEqual(["form.too-young@graduatedOn:warns"]);
  expect(check({ graduatedOn: "1990-03-04" })).toEqual([]);
});

test("today is the day in the plan's time zone: at 23:59 UTC it is tomorrow in Chongqing", () => {
  const at = (instant: string) =>
    codes(
      checkForm({
        form: { ...completeForm, graduatedOn: "2017-09-13" },
        person: invented,
        plan,
        now: Temporal.Instant.from(instant),
      }),
    );
  expect(at("2017-09-12T15:59:59.999Z")).toEqual(["form.date-future@graduatedOn:blocks"]);
  expect(at("2017-09-12T16:00:00Z")).toEqual([]);
});

test("N5: a new hire states the training and the end of probation, which may be in the future", () => {
  const hired = { newlyHired: true, assessments: [], trainingHours: 120 };
  expect(codes(check(hired))).toEqual([
    "form.missing@probationFinishedOn:blocks",
    "form.missing@inductionTrainingPassed:blocks",
  ]);
  expect(check({ ...hired, probationFinishedOn: "2017-12-31", inductionTrainingPassed: false })).toEqual([]);
  expect(codes(check({ ...hired, probationFinishedOn: "1998-06-30", inductionTrainingPassed: true }))).toEqual([
    "form.date-order@probationFinishedOn:blocks",
  ]);
});

test("N7: a lent-out teacher is asked for the place of work, and may leave it empty", () => {
  expect(codes(check({ seconded: "lent-out" }))).toEqual(["form.missing@secondedTo:informs"]);
  expect(check({ seconded: "lent-out", secondedTo: "万州区教育委员会" })).toEqual([]);
});

test("N28: teachers in service give last year's assessment; each year counts once and none is in the future", () => {
  const graded = (...years: number[]) => years.map((year) => ({ year, grade: "competent" }));
  expect(check({ assessments: graded(2014, 2015) })).toEqual([
    { level: "warns", field: "assessments", code: "form.assessment-missing", year: 2016 },
  ]);
  expect(codes(check({ assessments: graded(2016, 2016, 2018) }))).toEqual([
    "form.assessment-twice@assessments:blocks",
    "form.assessment-future@assessments:blocks",
  ]);
});

test("too few training hours give an early warning and block nobody", () => {
  expect(check({ trainingHours: 359 })).toEqual([
    { level: "warns", field: "trainingHours", code: "form.hours-short", hours: 359, needed: 360 },
  ]);
  expect(check({ trainingHours: 360 })).toEqual([]);
});

test("the person's own number and name are checked too", () => {
  expect(codes(check({}, { idNumber: "510202197503040079" }))).toEqual(["identity.check-digit@idNumber:blocks"]);
  expect(codes(check({}, { name: "" }))).toEqual(["name.empty@name:blocks"]);
  // A valid number, but of a person not yet born.
  const unborn = { area: "510202", bornOn: Temporal.PlainDate.from("2017-09-13"), sequence: 1, sex: "male" } as const;
  expect(codes(check({}, { idNumber: composeIdNumber(unborn) }))[0]).toBe("identity.date@idNumber:blocks");
});

const anyDay = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyText = fc.string({ unit: "binary", maxLength: 30 });
const anyDraft = fc
  .record(
    {
      certificateNumber: anyText,
      certificateSubject: fc.oneof(anyText, fc.constant("无")),
      certificateName: anyText,
      certificateIssuedOn: anyDay,
      graduatedOn: anyDay,
      contractSince: anyDay,
      workingSince: anyDay,
      probationFinishedOn: anyDay,
      certificateKind: fc.constantFrom(...certificateKinds),
      postKind: fc.constantFrom(...postKinds),
      seconded: fc.constantFrom("no", "lent-out", "borrowed-in"),
      newlyHired: fc.boolean(),
      inductionTrainingPassed: fc.boolean(),
      mobile: anyText,
      email: anyText,
      postcode: anyText,
      telephone: anyText,
      trainingHours: fc.double({ min: 0, max: 10_000, noNaN: true }),
      assessments: fc.array(
        fc.record({
          year: fc.integer({ min: 1950, max: 2100 }),
          grade: fc.constantFrom(...codesOf(assessmentGrades)),
        }),
        { maxLength: 20 },
      ),
    },
    { requiredKeys: [] },
  )
  .map((form) => ApplicationDraft.safeParse(form))
  .filter(({ success }) => success)
  .map(({ data }) => data ?? {});

test("the check never throws, and each finding names a field of the form or the person", () => {
  const known = [...formFields, "idNumber", "name"];
  fc.assert(
    fc.property(
      anyDraft,
      anyText,
      anyText,
      fc.constantFrom("id-card", "passport", "?"),
      (form, name, idNumber, documentKind) => {
        for (const { field } of checkForm({ form, person: { name, idNumber, documentKind }, plan, now })) {
          expect(known).toContain(field);
        }
      },
    ),
    { numRuns: runsOf(500) },
  );
});

test("filling in a missing field never makes another field missing", () => {
  fc.assert(
    fc.property(anyDraft, (form) => {
      const missingOf = (draft: ApplicationDraft) =>
        checkForm({ form: draft, person: invented, plan, now })
          .filter(({ code, level }) => code === "form.missing" && level === "blocks")
          .map(({ field }) => field);
      const before = missingOf(form);
      const filled = missingOf({ ...completeForm, ...form });
      expect(filled.filter((field) => !before.includes(field))).toEqual([]);
    }),
  );
});

test("a field has changed if its value differs, whatever the order of keys", () => {
  expect(changedFields(completeForm, { ...completeForm })).toEqual([]);
  expect(changedFields(completeForm, { ...completeForm, address: "新地址", photo: completeForm.schoolId })).toEqual([
    "address",
    "photo",
  ]);
  const stored = JSON.parse('{"interruption":{"reason":"study","semesters":2}}');
  expect(changedFields({ interruption: { semesters: 2, reason: "study" } }, stored)).toEqual([]);
  expect(changedFields({ telephone: "" }, {})).toEqual([]);
  expect(changedFields({ assessments: [{ year: 2015, grade: "competent" }] }, { assessments: [] })).toEqual([
    "assessments",
  ]);
});

test("N48: a return opens only the fields it asks for and their companions", () => {
  expect(listUnopened(["field:photo"], ["photo"])).toEqual([]);
  expect(listUnopened(["field:photo", "material:contract"], ["address", "photo"])).toEqual(["address"]);
  expect(listUnopened(["material:photo"], ["photo"])).toEqual(["photo"]);
  // A corrected number may be an odd one, so the holder must be able to attest it.
  expect(listUnopened(["field:certificateNumber"], ["certificateNumber", "certificateNumberAttested"])).toEqual([]);
  expect(listUnopened(["field:schoolId"], ["schoolId", "seconded", "subject"])).toEqual(["subject"]);
});
