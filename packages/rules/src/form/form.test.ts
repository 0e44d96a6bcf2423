import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ApplicationDraft,
  ApplicationForm,
  ApplicationPart,
  type FormField,
  formFields,
  isSealed,
  sealedFields,
} from "./form.ts";
import {
  assessmentGrades,
  type Coded,
  degrees,
  educations,
  ethnicities,
  isTeacherTitle,
  nameOfCode,
  putonghuaLevels,
  titles,
} from "./lists.ts";
import { formSteps, stepOf } from "./steps.ts";
import { completeForm } from "./testing.ts";
import { fieldTitles } from "./titles.ts";

const refused = (schema: typeof ApplicationDraft | typeof ApplicationForm | typeof ApplicationPart, form: unknown) =>
  (schema.safeParse(form).error?.issues ?? []).map(({ path, code }) => path[0] ?? code);

test("a complete form is valid as a form, a draft and a partial form", () => {
  for (const schema of [ApplicationForm, ApplicationDraft, ApplicationPart])
    expect(refused(schema, completeForm)).toEqual([]);
});

test("a draft accepts half-typed and empty fields, so that no entry is lost", () => {
  const half = { mobile: "138", postcode: "4000", email: "zhang@", telephone: "0", certificateNumber: "", address: "" };
  expect(ApplicationDraft.parse(half)).toEqual(half);
  expect(refused(ApplicationDraft, {})).toEqual([]);
  expect(refused(ApplicationPart, half).sort()).toEqual(Object.keys(half).sort());
});

test("a draft refuses texts too long, unknown keys and characters that cannot be stored", () => {
  expect(refused(ApplicationDraft, { birthplace: "𠮷".repeat(60) })).toEqual([]);
  expect(refused(ApplicationDraft, { birthplace: "𠮷".repeat(61) })).toEqual(["birthplace"]);
  expect(refused(ApplicationDraft, { householdRegistration: "渝".repeat(61) })).toEqual(["householdRegistration"]);
  expect(refused(ApplicationDraft, { address: "渝".repeat(101) })).toEqual(["address"]);
  expect(refused(ApplicationDraft, { ethicsBreach: false })).toEqual(["unrecognized_keys"]);
  expect(refused(ApplicationDraft, { subject: "语\uD800文" })).toEqual(["subject"]);
  expect(refused(ApplicationDraft, { certificateIssuedOn: "0000-01-01" })).toEqual(["certificateIssuedOn"]);
  expect(refused(ApplicationDraft, { certificateIssuedOn: "2017-02-29" })).toEqual(["certificateIssuedOn"]);
});

test("control characters from pasted text become blanks", () => {
  const pasted = {
    address: "渝中区解放路\t22号",
    major: "\u0000汉语言\r\n文学\u000B",
    certificateIssuer: "\u0007市教委",
  };
  const clean = { address: "渝中区解放路 22号", major: "汉语言 文学", certificateIssuer: "市教委" };
  expect(ApplicationDraft.parse(pasted)).toEqual(clean);
  expect(ApplicationPart.parse(pasted)).toEqual(clean);
  expect(ApplicationDraft.parse({ mobile: "138\t0000\u00000001" })).toEqual({ mobile: "13800000001" });
});

test("each field of a complete form is checked by its own rule", () => {
  const wrong: Partial<Record<FormField, unknown>> = {
    postcode: "40000",
    mobile: "23812345678",
    email: "zhang",
    telephone: "abc",
    ethnicity: "57",
    education: "22",
    degree: "9",
    title: "professor",
    postKind: "university",
    certificateKind: "driver",
    schoolId: "第一小学",
    graduatedOn: "1998年",
    trainingHours: -1,
    assessments: [{ year: 2016, grade: "good" }],
    newlyHired: "no",
    interruption: { semesters: 1, reason: "holiday" },
    photo: "photo.jpg",
    putonghuaLevel: "4A",
    major: " ",
  };
  for (const [field, value] of Object.entries(wrong)) {
    expect([field, refused(ApplicationForm, { ...completeForm, [field]: value })]).toEqual([field, [field]]);
  }
});

test("a draft keeps plain digits, and telephone numbers with their hyphens", () => {
  const typed = {
    certificateNumber: "２００９ 5000－1122 00123",
    telephone: "０２３－６７８９１２３４",
    mobile: "139 0000 0001",
  };
  const kept = { certificateNumber: "20095000112200123", telephone: "023-67891234", mobile: "13900000001" };
  expect(ApplicationDraft.parse(typed)).toEqual(kept);
  expect(ApplicationDraft.parse({ certificateNumber: "渝教证 第1234号" })).toEqual({
    certificateNumber: "渝教证第1234号",
  });
});

test("full-width figures and spaces are normalised without a finding", () => {
  const { mobile, postcode } = ApplicationForm.parse({
    ...completeForm,
    mobile: "１３８ 0000-0001",
    postcode: "４０００００",
  });
  expect([mobile, postcode]).toEqual(["13800000001", "400000"]);
});

test("the form asks the applicant neither about ethics nor about fitness", () => {
  expect(formFields.filter((field) => /ethics|fit|health/i.test(field))).toEqual([]);
});

test("every field belongs to exactly one of the eight steps and has a title", () => {
  expect(formSteps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(formSteps.flatMap(({ fields }) => fields).sort()).toEqual([...formFields].sort());
  for (const field of formFields) expect(fieldTitles[field]).toMatch(/\p{Script=Han}/u);
});

test("N13: step 3 holds the certificate number, step 4 the other data of the certificate", () => {
  expect(stepOf("certificateNumber")).toBe(3);
  const others = formFields.filter((field) => /^certificate(?!Number)/.test(field));
  expect(others.map(stepOf)).toEqual(others.map(() => 4));
  expect(stepOf("schoolId")).toBe(5);
  expect(stepOf("nothing")).toBeUndefined();
});

test("addresses, contacts and the certificate number are encrypted at rest", () => {
  expect([...sealedFields].sort()).toEqual([
    "address",
    "birthplace",
    "certificateNumber",
    "email",
    "householdRegistration",
    "mobile",
    "postcode",
    "telephone",
  ]);
  expect(isSealed("mobile")).toBe(true);
  expect(isSealed("subject")).toBe(false);
});

test("the national lists are complete, with unique codes and Chinese names", () => {
  const lists: readonly (readonly Coded[])[] = [
    ethnicities,
    educations,
    degrees,
    titles,
    putonghuaLevels,
    assessmentGrades,
  ];
  for (const list of lists) {
    expect(new Set(list.map(({ code }) => code)).size).toBe(list.length);
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
    for (const { name } of list) expect(name).toMatch(/^\p{Script=Han}+$/u);
  }
  expect(ethnicities.map(({ code }) => code)).toEqual(
    Array.from({ length: 56 }, (_, at) => String(at + 1).padStart(2, "0")),
  );
  expect(["01", "15", "56"].map((code) => nameOfCode(ethnicities, code))).toEqual(["汉族", "土家族", "基诺族"]);
  expect(assessmentGrades.map(({ name }) => name)).toEqual([
    "优秀",
    "合格",
    "基本合格",
    "不合格",
    "未定等次",
    "未参加",
  ]);
  expect(nameOfCode(educations, "21")).toBe("大学本科毕业");
  expect(nameOfCode(educations, "99")).toBe("99");
});

test("N6: titles of school teachers are distinguished from others", () => {
  for (const code of ["senior", "vocational-lecturer", "old-primary-senior"]) expect(isTeacherTitle(code)).toBe(true);
  for (const code of ["other", "none", "unknown"]) expect(isTeacherTitle(code)).toBe(false);
});

test("parsing a draft is idempotent", () => {
  fc.assert(
    fc.property(
      fc.record({ subject: fc.string({ unit: "binary" }), mobile: fc.string() }, { requiredKeys: [] }),
      (text) => {
        const once = ApplicationDraft.safeParse(text);
        fc.pre(once.success);
        expect(ApplicationDraft.parse(once.data)).toEqual(once.data);
      },
    ),
  );
});
