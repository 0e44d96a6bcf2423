import fc from "fast-check";
import { expect, test } from "vitest";
import { hourUnits, readTypedNumber, semesterUnits } from "./typed-number.ts";

test("a number is read with any spelling and unit", () => {
  for (const text of ["380", " 380 ", "３８０", "380学时", "380 学时", "380\t课时", "380个学时", "380小时", "380.0"]) {
    expect([text, readTypedNumber(text, hourUnits)]).toEqual([text, 380]);
  }
  expect(readTypedNumber("0.5个学期", semesterUnits)).toBe(0.5);
  expect(readTypedNumber("1学期", semesterUnits)).toBe(1);
});

test("a text without a number, or with another unit, gives undefined", () => {
  for (const text of [
    "",
    "学时",
    "约380",
    "380多学时",
    "380天",
    "3,80",
    "380学期",
    "-1",
    "1e3",
    "123456",
    "380学时左右",
  ]) {
    expect([text, readTypedNumber(text, hourUnits)]).toEqual([text, undefined]);
  }
});

test("every number is read back unchanged, with any unit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999 }), fc.constantFrom("", ...hourUnits), (number, unit) => {
      expect(readTypedNumber(`${number}${unit}`, hourUnits)).toBe(number);
    }),
  );
});
