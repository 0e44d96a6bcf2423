import fc from "fast-check";
import { expect, test } from "vitest";
import { countOf, parseSerial, parseSerials, type SerialRange, serialText } from "./serials.ts";

const series = { prefix: "渝A", digits: 8 };
const range = (first: number, last: number): SerialRange => ({ from: BigInt(first), until: BigInt(last) + 1n });

/** A range as offices write it, with both ends: 渝A00000001至渝A00000100. */
function rangeText(of: { prefix: string; digits: number }, written: SerialRange): string {
  const first = serialText(of, written.from);
  return countOf(written) === 1n ? first : `${first}至${serialText(of, written.until - 1n)}`;
}

test.each([
  ["1-100", "渝A00000001至渝A00000100"],
  ["00000001—00000100", "渝A00000001至渝A00000100"],
  ["渝A00000001 至 渝A00000100", "渝A00000001至渝A00000100"],
  ["渝a00000001~00000100", "渝A00000001至渝A00000100"],
  ["渝A00000001到100", "渝A00000001至渝A00000100"],
  ["7", "渝A00000007"],
  ["1-3,5、7-9", "渝A00000001至渝A00000003 渝A00000005 渝A00000007至渝A00000009"],
  ["7-9;1-3", "渝A00000001至渝A00000003 渝A00000007至渝A00000009"],
])("N53: the serials %j are read as %s", (text, expected) => {
  const read = parseSerials(text, series);
  if (read.refusal !== undefined) throw new Error(read.refusal.code);
  expect(read.ranges.map((found) => rangeText(series, found)).join(" ")).toBe(expected);
});

test.each([
  ["", "sticker.serials-malformed"],
  ["共100枚", "sticker.serials-malformed"],
  ["1-50-100", "sticker.serials-malformed"],
  ["1-", "sticker.serials-malformed"],
  ["100-1", "sticker.range-reversed"],
  ["1-123456789", "sticker.serial-too-long"],
  ["000000001", "sticker.serial-too-long"],
  ["1-10,10-20", "sticker.serial-twice"],
  ["京B00000001", "sticker.other-series"],
])("N54: the serials %j are refused: %s", (text, code) => {
  expect(parseSerials(text, series).refusal?.code).toBe(code);
});

test("a series may have no prefix, or a dash in its prefix", () => {
  expect(parseSerials("12-15", { prefix: "", digits: 6 })).toEqual({ ranges: [range(12, 15)] });
  const dashed = { prefix: "CQ-2017-", digits: 6 };
  expect(parseSerials("cq-2017-000012至CQ-2017-000015", dashed)).toEqual({ ranges: [range(12, 15)] });
  // A prefix of digits is recognised by the length of the serial.
  const year = { prefix: "2017", digits: 6 };
  expect(parseSerials("2017000012-2017000015", year)).toEqual({ ranges: [range(12, 15)] });
  expect(parseSerials("2017-2020", year)).toEqual({ ranges: [range(2017, 2020)] });
});

test("property: written ranges are read back unchanged", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("", "渝A", "CQ2017", "№"),
      fc.integer({ min: 4, max: 15 }),
      fc.nat(9999),
      fc.nat(9999),
      (prefix, digits, one, other) => {
        const written = range(Math.min(one, other), Math.max(one, other));
        expect(parseSerials(rangeText({ prefix, digits }, written), { prefix, digits })).toEqual({ ranges: [written] });
      },
    ),
  );
});

test("a serial keeps its leading zeros", () => {
  expect(serialText(series, 42n)).toBe("渝A00000042");
});

test.each([
  ["渝A00000007", 7n],
  ["7", 7n],
])("N41: %j is the serial of one certificate", (text, serial) => {
  expect(parseSerial(text, series)).toEqual({ serial });
});

test.each([
  ["7-8", "sticker.one-a-certificate"],
  ["7，9", "sticker.one-a-certificate"],
  ["京B00000007", "sticker.other-series"],
  ["", "sticker.serials-malformed"],
])("N41: %j is refused as the serial of one certificate: %s", (text, code) => {
  expect(parseSerial(text, series).refusal).toMatchObject({ code, field: "serial" });
});
