import fc from "fast-check";
import { expect, test } from "vitest";
import { explainCertificateNumber } from "./explain.ts";

const known = {
  kind: "junior" as const,
  issuedOn: Temporal.PlainDate.from("2012-06-30"),
  sex: "female" as const,
  idNumber: "500103198003050022",
};

test("a number is split while it is typed, and compared once it is complete", () => {
  expect(explainCertificateNumber("201250", known)).toEqual([
    { key: "year", digits: "2012", agrees: null },
    { key: "province", digits: "50", agrees: null },
  ]);
  expect(explainCertificateNumber("2011 5000 1 4 1 000123", known).map(({ key, agrees }) => [key, agrees])).toEqual([
    ["year", false],
    ["province", null],
    ["authority", null],
    ["kind", false],
    ["sex", false],
    ["serial", null],
  ]);
  expect(explainCertificateNumber("20125000132000123", known).map(({ agrees }) => agrees)).toEqual([
    true,
    null,
    null,
    true,
    true,
    null,
  ]);
});

test("fifteen digits are read in the older form: the holder's area is compared, the sex is not", () => {
  const parts = explainCertificateNumber("975001031200001", { ...known, issuedOn: undefined });
  expect(parts.map(({ key, digits, agrees }) => [key, digits, agrees])).toEqual([
    ["year", "97", null],
    ["holder-area", "500103", true],
    ["kind", "1", false],
    ["sex", "2", null],
    ["serial", "00001", null],
  ]);
});

test("a text that is no number gives no parts and no error", () => {
  expect(explainCertificateNumber("渝教200812345", known)).toEqual([]);
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (text) => {
      for (const { digits } of explainCertificateNumber(text, known)) expect(digits).toMatch(/^\d+$/);
    }),
  );
});
