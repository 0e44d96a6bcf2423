import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { composeIdNumber } from "../identity/id-number.ts";
import { checkPlanText } from "../plan/check.ts";
import { certificateKinds, postKinds } from "../plan/institution.ts";
import { runsOf } from "../testing/size.ts";
import { comparedFields } from "./compared-fields.ts";
import { markOf } from "./mark.ts";
import {
  checkCertificateNumber,
  composeCertificateNumber,
  composeOldCertificateNumber,
  type EnteredCertificate,
  normaliseCertificateNumber,
  partsOfCertificateNumber,
} from "./number.ts";
import { postMatchOf } from "./post-match.ts";
import { checkCertificateSubject, noSubject } from "./subject.ts";

const campaign = new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);
const { plan } = checkPlanText(readFileSync(campaign, "utf8"));
if (plan === undefined) throw new Error("the reference plan cannot be read");

const day = (text: string) => Temporal.PlainDate.from(text);
const codesOf = (entered: EnteredCertificate) => checkCertificateNumber(entered).map(({ code }) => code);
const male = composeIdNumber({ area: "510202", bornOn: day("1975-03-04"), sequence: 3, sex: "male" });
const anyKind = fc.constantFrom(...certificateKinds);
const anySex = fc.constantFrom("male", "female");

test("N13: a number of 17 digits is split into its parts", () => {
  expect(partsOfCertificateNumber("2012 5000 1420 00123")).toEqual({
    form: "17",
    year: 2012,
    province: "50",
    holderArea: undefined,
    kind: "senior",
    kindDigit: "4",
    sexDigit: "2",
    serial: "000123",
  });
});

test("N13: a number of 15 digits is split into its parts, in either century", () => {
  expect(partsOfCertificateNumber("985102023100045")).toEqual({
    form: "15",
    year: 1998,
    province: undefined,
    holderArea: "510202",
    kind: "junior",
    kindDigit: "3",
    sexDigit: "1",
    serial: "00045",
  });
  expect(partsOfCertificateNumber("065102023100045")?.year).toBe(2006);
});

test("composed numbers are read back, and agree with the facts they were made from", () => {
  const anyNew = fc.record({
    year: fc.integer({ min: 2008, max: 2017 }),
    province: fc.constantFrom("50", "51", "11"),
    authority: fc.nat(999),
    kind: anyKind,
    sex: anySex,
    serial: fc.nat(999_999),
  });
  fc.assert(
    fc.property(anyNew, (made) => {
      const number = composeCertificateNumber(made);
      const { kind, sex, year } = made;
      expect(partsOfCertificateNumber(number)).toMatchObject({ form: "17", kind, year, province: made.province });
      const issuedOn = day(`${year}-06-30`);
      expect(checkCertificateNumber({ number, kind, sex, issuedOn, today: day("2017-09-12") })).toEqual([]);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1996, max: 2007 }), anyKind, anySex, fc.nat(99_999), (year, kind, sex, serial) => {
      const number = composeOldCertificateNumber({ year, idNumber: male, kind, sex, serial });
      // Before 2010 the sex digit means nothing: a woman's digit on a man's certificate is accepted.
      const entered = { number, kind, idNumber: male, sex: "male", issuedOn: day(`${year}-06-30`) } as const;
      expect(checkCertificateNumber(entered)).toEqual([]);
    }),
  );
});

test("normalisation gives no finding and is idempotent", () => {
  expect(normaliseCertificateNumber("２０１２-5000 142000123")).toBe("20125000142000123");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const once = normaliseCertificateNumber(text);
      expect(normaliseCertificateNumber(once)).toBe(once);
    }),
  );
});

test("N13: only an empty number is refused for good", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.option(anyKind, { nil: undefined }), (number, kind) => {
      const blocking = checkCertificateNumber({ number, kind, idNumber: male, sex: "male" }).filter(
        ({ level }) => level === "blocks",
      );
      expect(blocking.length > 0).toBe(normaliseCertificateNumber(number) === "");
    }),
    { numRuns: runsOf(1000) },
  );
});

test("N13: an odd number waits for the holder to attest it", () => {
  const number = (text: string) => checkCertificateNumber({ number: text });
  expect(number("渝教0000012")).toEqual([
    { level: "blocks-unless-attested", field: "certificateNumber", code: "certificate.characters" },
  ]);
  expect(number("9851020231000")).toEqual([
    { level: "blocks-unless-attested", field: "certificateNumber", code: "certificate.length", length: 13 },
  ]);
  expect(number("98510202310004X")[0]?.code).toBe("certificate.characters");
});

test("N13: an entry that disagrees with the number gives a warning that names both", () => {
  const number = "20125000142000123";
  expect(checkCertificateNumber({ number, kind: "junior", issuedOn: day("2011-12-30"), sex: "male" })).toEqual([
    {
      level: "warns",
      field: "certificateNumber",
      code: "certificate.kind-differs",
      inNumber: "senior",
      entered: "junior",
    },
    { level: "warns", field: "certificateNumber", code: "certificate.year-differs", inNumber: 2012, issued: 2011 },
    { level: "warns", field: "certificateNumber", code: "certificate.sex-differs" },
  ]);
  expect(codesOf({ number: "20129900142000123" })).toEqual(["certificate.province-unknown"]);
  expect(codesOf({ number: "20125000192000123" })).toEqual(["certificate.kind-unknown"]);
  expect(codesOf({ number: "30125000142000123", today: day("2017-09-12") })).toEqual(["certificate.year-unlikely"]);
});

test("N13: the sex digit is never compared before 2010", () => {
  const of = (year: number) =>
    composeCertificateNumber({ year, province: "50", authority: 1, kind: "senior", sex: "female", serial: 1 });
  expect(codesOf({ number: of(2009), sex: "male" })).toEqual([]);
  expect(codesOf({ number: of(2010), sex: "male" })).toEqual(["certificate.sex-differs"]);
});

test("N13: the area digits of an old number are compared with the holder's, however the ID number is typed", () => {
  const number = composeOldCertificateNumber({ year: 1999, idNumber: male, kind: "primary", sex: "male", serial: 7 });
  expect(codesOf({ number, idNumber: ` ${male.slice(0, 6)} ${male.slice(6)}` })).toEqual([]);
  expect(codesOf({ number, idNumber: male.replace("510202", "500103") })).toEqual(["certificate.holder-differs"]);
});

test("无 is accepted on certificates of 1996 to 1998 and gives a warning on any other", () => {
  const subject = (text: string, issued?: string) =>
    checkCertificateSubject(text, issued === undefined ? undefined : day(issued)).map(({ level }) => level);
  for (const year of ["1996-01-01", "1998-12-31"]) expect(subject(noSubject, year)).toEqual(["informs"]);
  for (const year of ["1995-12-31", "1999-01-01"]) expect(subject(noSubject, year)).toEqual(["warns"]);
  expect(subject(noSubject)).toEqual(["informs"]);
  expect(subject("语文", "1997-01-01")).toEqual([]);
});

test("N39, N42: certificates issued before 2017 take a sticker, those of 2017 an annotation", () => {
  expect(markOf(plan, day("2016-12-31"), null)).toBe("sticker");
  expect(markOf(plan, day("2017-01-01"), null)).toBe("annotation");
  // The version recorded at the desk overrides the year of issue.
  expect(markOf(plan, day("2017-01-01"), "old")).toBe("sticker");
  expect(markOf(plan, null, "new")).toBe("annotation");
  expect(markOf(plan, null, null)).toBe("sticker");
  const unmarked = { ...plan, marking: { ...plan.marking, oldVersion: "none" as const } };
  expect(markOf(unmarked, day("2016-12-31"), null)).toBe("none");
});

test("the plan's matrix decides which certificate is valid for which post, cell by cell", () => {
  const expected = `
    kindergarten        yes      no  no  no  no  no
    primary             disputed yes no  no  no  no
    junior              disputed yes yes no  no  no
    senior              disputed yes yes yes yes disputed
    vocational          disputed yes yes yes yes disputed
    vocational-practice no       no  no  no  no  yes
    higher-education    disputed yes yes yes yes disputed`;
  const rows = expected
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  expect(rows.map(([kind]) => kind)).toEqual([...certificateKinds]);
  for (const [at, kind] of certificateKinds.entries()) {
    expect([kind, ...postKinds.map((post) => postMatchOf(plan, kind, post))]).toEqual(rows[at]);
  }
});

test("a pair missing from the plan's matrix counts as disputed, not as invalid", () => {
  expect(postMatchOf({ ...plan, certificateByPost: {} as never }, "primary", "senior")).toBe("disputed");
});

test("N48: every field that steps 3 and 4 take from the certificate is compared at the desk", () => {
  expect(comparedFields).toEqual([
    "name",
    "certificateNumber",
    "certificateKind",
    "certificateSubject",
    "certificateIssuedOn",
    "certificateIssuer",
  ]);
});
