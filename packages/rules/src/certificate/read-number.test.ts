import fc from "fast-check";
import { expect, test } from "vitest";
import { composeIdNumber } from "../identity/id-number.ts";
import { certificateKinds } from "../plan/institution.ts";
import { composeCertificateNumber } from "./number.ts";
import { compareWithRead, findCertificateNumbers } from "./read-number.ts";

const today = Temporal.PlainDate.from("2017-10-09");
const idNumber = composeIdNumber({
  area: "120103",
  bornOn: Temporal.PlainDate.from("1975-12-04"),
  sequence: 3,
  sex: "male",
});
const read = (text: string) => findCertificateNumbers(text, { today, idNumber });
const number = "20125000142000123";
const differs = (printed: string, from: number) => ({
  level: "warns",
  field: "certificateNumber",
  code: "certificate.scan-differs",
  read: printed,
  from,
});

const anyNumber = fc
  .record({
    year: fc.integer({ min: 2008, max: 2017 }),
    province: fc.constantFrom("50", "51", "11"),
    authority: fc.nat(999),
    kind: fc.constantFrom(...certificateKinds),
    sex: fc.constantFrom("male", "female"),
    serial: fc.nat(999_999),
  })
  .map(composeCertificateNumber);

test.each([
  ["alone on its line", number],
  ["after what a machine makes of the words before it", `iE $5 5 ${number} |`],
  ["printed in groups", "2012 5000 1420 00123"],
  ["beside another number", `Bf ${idNumber}\nHE 3 ${number}\n2012 06 20`],
])("a number is found %s", (_, text) => {
  expect(read(text)).toEqual([number]);
});

test.each([
  ["the holder's ID number", idNumber],
  ["its old form of 15 digits, which begins like a year", idNumber.slice(0, 6) + idNumber.slice(8, 17)],
  ["part of a longer number", `${number}4`],
  ["a year that has not come", "20915000142000123"],
  ["a province that does not exist", "20129900142000123"],
  ["a kind that does not exist", "20125000192000123"],
  ["a date and a telephone number", "2012 06 20 023 63861234"],
  ["two lines that only together have 17 digits", "201250001\n42000123"],
])("%s is not taken for one", (_, text) => {
  expect(read(text)).toEqual([]);
});

test("a printed number is found once among any other text", () => {
  const anyWord = fc.string({ unit: fc.constantFrom(..."abcXYZ.:|$-中") });
  fc.assert(
    fc.property(anyNumber, fc.array(anyWord), fc.array(anyWord), (printed, before, after) => {
      const text = [...before, printed, ...after, printed].join("\n");
      expect(read(text)).toEqual([printed]);
    }),
  );
});

test("no difference is reported if the numbers agree or cannot be compared", () => {
  expect(compareWithRead("2012 5000 1420 00123", ["20115000142000124", number])).toBeUndefined();
  expect(compareWithRead("", [number])).toBeUndefined();
  expect(compareWithRead(number, [])).toBeUndefined();
});

test("of several numbers the nearest is reported, with the first differing position", () => {
  const other = "20155000132000777";
  expect(compareWithRead("20125000142000128", [other, number])).toEqual(differs(number, 17));
  expect(compareWithRead("20125000142100123", [other, number])).toEqual(differs(number, 12));
  expect(compareWithRead("2012500014200012", [number])).toEqual(differs(number, 17));
});

test("one different digit is always reported, at its position", () => {
  fc.assert(
    fc.property(anyNumber, fc.nat(16), fc.integer({ min: 1, max: 9 }), (printed, at, by) => {
      const digit = String((Number(printed[at]) + by) % 10);
      const entered = printed.slice(0, at) + digit + printed.slice(at + 1);
      expect(compareWithRead(entered, [printed])).toEqual(differs(printed, at + 1));
    }),
  );
});
