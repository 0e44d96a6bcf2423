import fc from "fast-check";
import { expect, test } from "vitest";
import { runsOf } from "../testing/size.ts";
import {
  checkDigitOf,
  checkDocumentNumber,
  checkIdNumber,
  composeIdNumber,
  maskIdNumber,
  normaliseIdNumber,
  partsOfIdNumber,
} from "./id-number.ts";

const codesOf = (text: string) => checkIdNumber(text).map(({ code }) => code);
const day = (text: string) => Temporal.PlainDate.from(text);

const anyPerson = fc.record({
  area: fc.stringMatching(/^[1-8]\d{5}$/),
  bornOn: fc
    .date({ min: new Date("1930-01-01"), max: new Date("2009-12-31"), noInvalidDate: true })
    .map((date) => Temporal.PlainDate.from(date.toISOString().slice(0, 10))),
  sequence: fc.nat(499),
  sex: fc.constantFrom("male", "female"),
});
const anyNumber = anyPerson.map(composeIdNumber);

test("the standard's example is valid, with X as ten", () => {
  expect(checkIdNumber("11010519491231002X")).toEqual([]);
  expect(checkDigitOf("11010519491231002")).toBe("X");
  expect(partsOfIdNumber("11010519491231002X")).toEqual({ bornOn: day("1949-12-31"), sex: "female" });
});

test("full-width digits, spaces, hyphens and a small x are normalised without a finding", () => {
  for (const typed of [
    "11010519491231002x",
    "110105 19491231 002X",
    "110105-19491231-002x",
    "１１０１０５１９４９１２３１００２Ｘ",
    "\u200B110105—19491231—002X\u00A0",
  ]) {
    expect(normaliseIdNumber(typed)).toBe("11010519491231002X");
    expect(codesOf(typed)).toEqual([]);
  }
});

test("normalisation is idempotent for any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const once = normaliseIdNumber(text);
      expect(normaliseIdNumber(once)).toBe(once);
    }),
    { numRuns: runsOf(1000) },
  );
});

test("composed numbers are valid and give back the sex and birth date", () => {
  fc.assert(
    fc.property(anyPerson, (person) => {
      const number = composeIdNumber(person);
      expect(checkIdNumber(number)).toEqual([]);
      const parts = partsOfIdNumber(number);
      expect(parts?.bornOn.equals(person.bornOn)).toBe(true);
      expect(parts?.sex).toBe(person.sex);
    }),
  );
});

test("composing throws for parts that give no valid number", () => {
  const person = { area: "500103", bornOn: day("1980-01-01"), sequence: 1, sex: "male" } as const;
  expect(() => composeIdNumber({ ...person, sequence: 500 })).toThrow(RangeError);
  expect(() => composeIdNumber({ ...person, area: "5001" })).toThrow(RangeError);
});

test("one changed character is always detected, at any position", () => {
  fc.assert(
    fc.property(anyNumber, fc.nat(17), fc.constantFrom(..."0123456789X"), (number, at, other) => {
      fc.pre(number[at] !== other);
      expect(codesOf(number.slice(0, at) + other + number.slice(at + 1))).toHaveLength(1);
    }),
    { numRuns: runsOf(2000) },
  );
});

test("a swap of two different neighbours is always detected, even with a final X", () => {
  fc.assert(
    fc.property(anyNumber, (number) => {
      for (let at = 0; at < 17; at += 1) {
        const [one, other] = [number[at] ?? "", number[at + 1] ?? ""];
        const swapped = number.slice(0, at) + other + one + number.slice(at + 2);
        expect(codesOf(swapped)).toHaveLength(one === other ? 0 : 1);
      }
    }),
  );
  expect(codesOf("1101051949123100X2")).toEqual(["identity.characters"]);
});

test("the check digit alone detects every swap of neighbours", () => {
  // The date check detects some swaps above. Here any 17 digits are used.
  fc.assert(
    fc.property(fc.stringMatching(/^\d{17}$/), fc.nat(16), (digits, at) => {
      const whole = digits + checkDigitOf(digits);
      const [one, other] = [whole[at] ?? "", whole[at + 1] ?? ""];
      fc.pre(one !== other && !(at === 16 && other === "X"));
      const swapped = whole.slice(0, at) + other + one + whole.slice(at + 2);
      expect(checkDigitOf(swapped.slice(0, 17))).not.toBe(swapped[17]);
    }),
    { numRuns: runsOf(2000) },
  );
});

test("each fault has its own code and figures", () => {
  expect(codesOf("")).toEqual(["identity.empty"]);
  expect(codesOf(" - ")).toEqual(["identity.empty"]);
  expect(checkIdNumber("1101051949123100")).toEqual([
    { level: "blocks", field: "idNumber", code: "identity.length", length: 16 },
  ]);
  expect(codesOf("11010519491231O02X")).toEqual(["identity.characters"]);
  expect(codesOf("110105194912310021")).toEqual(["identity.check-digit"]);
  expect(checkIdNumber("110105194902310020", "guardian")).toEqual([
    { level: "blocks", field: "guardian", code: "identity.date", date: "19490231" },
  ]);
  expect(codesOf(`110105${"18000101"}0020`)).toEqual(["identity.date"]);
});

test("a leap day is accepted as a birth date only in a leap year", () => {
  const born = (date: string) => {
    const first17 = `500103${date}001`;
    return codesOf(first17 + checkDigitOf(first17));
  };
  expect(born("20000229")).toEqual([]);
  expect(born("19000229")).toEqual(["identity.date"]);
});

test("a number whose last digits Excel lost has its own code", () => {
  const whole = composeIdNumber({ area: "500103", bornOn: day("1985-06-07"), sequence: 6, sex: "male" });
  expect(codesOf(`${whole.slice(0, 15)}000`)).toEqual(["identity.excel-lost"]);
  const check = checkDigitOf(`${whole.slice(0, 15)}10`) === "0" ? "200" : "100";
  expect(codesOf(`${whole.slice(0, 15)}${check}`)).toEqual(["identity.check-digit"]);
  expect(codesOf("5.00103E+17")).toEqual(["identity.excel-lost"]);
  expect(codesOf("5.00103198506071e+17")).toEqual(["identity.excel-lost"]);
});

test("a valid number that ends in 000 is accepted", () => {
  const ending = ["001", "002", "003", "004", "005", "006", "007", "008", "009", "010", "011"]
    .map((serial) => `500103198501${serial.slice(1)}00`)
    .map((first16) => `${first16}0`)
    .find((first17) => /^\d{17}$/.test(first17) && checkDigitOf(first17) === "0");
  expect(ending).toBeDefined();
  expect(codesOf(`${ending}0`)).toEqual([]);
});

test("the first six digits are not compared with today's areas", () => {
  // 510202 was in Chongqing before 1997; 999999 never existed.
  for (const area of ["510202", "999999"]) {
    expect(codesOf(composeIdNumber({ area, bornOn: day("1970-05-05"), sequence: 1, sex: "female" }))).toEqual([]);
  }
});

test("residence permits of Hong Kong, Macao and Taiwan residents are checked alike", () => {
  for (const area of ["810000", "820000", "830000"]) {
    const permit = composeIdNumber({ area, bornOn: day("1990-01-02"), sequence: 7, sex: "male" });
    expect(checkDocumentNumber("residence-permit", permit)).toEqual([]);
    expect(checkDocumentNumber("id-card", permit)).toEqual([
      { level: "warns", field: "idNumber", code: "identity.kind-differs", documentKind: "id-card" },
    ]);
    const wrong = permit.slice(0, 17) + (permit[17] === "0" ? "1" : "0");
    expect(checkDocumentNumber("residence-permit", wrong)[0]?.level).toBe("blocks");
  }
  expect(checkDocumentNumber("residence-permit", "11010519491231002X")[0]?.code).toBe("identity.kind-differs");
});

test("other documents are compared with a pattern and never refused", () => {
  const only = (kind: string, text: string) => checkDocumentNumber(kind, text).map(({ level, code }) => [level, code]);
  expect(only("home-return-permit", "h1234 5678")).toEqual([["warns", "identity.other-document"]]);
  expect(only("taiwan-permit", "01234567")).toEqual([["warns", "identity.other-document"]]);
  expect(only("passport", "E12345678")).toEqual([["warns", "identity.other-document"]]);
  expect(only("home-return-permit", "E12345678")).toEqual([["warns", "identity.pattern"]]);
  expect(only("passport", "护照？")).toEqual([["warns", "identity.pattern"]]);
  expect(only("seaman's book", "A1234567")).toEqual([["warns", "identity.other-document"]]);
  expect(only("passport", " ")).toEqual([["blocks", "identity.empty"]]);
});

test("a masked number shows the first six and the last four characters, a short one almost none", () => {
  expect(maskIdNumber("11010519491231002X")).toBe("110105********002X");
  expect(maskIdNumber("E12345678")).toBe("E1*******");
});
