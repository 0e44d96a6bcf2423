import fc from "fast-check";
import { expect, test } from "vitest";
import { listPasswordLacks } from "./password.ts";

const known = ["王小明", "11010519491231002X", "13900001234"];

test("a sentence with a digit is accepted", () => {
  expect(listPasswordLacks("kaixue 2017 di yi tian", known)).toEqual([]);
});

test.each([
  ["short1", ["length"]],
  ["only letters here", ["digit"]],
  ["1234567890123", ["letter"]],
  ["abc19491231xyz", ["personal"]],
  ["王小明的密码是2017号", ["personal"]],
  ["tel13900001", ["personal"]],
  ["", ["length", "letter", "digit"]],
])("%s lacks %j", (password, lacks) => {
  expect(listPasswordLacks(password, known)).toEqual(lacks);
});

test("six consecutive digits of the document make a password personal, with the X in either case", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), fc.boolean(), (at, lower) => {
      const part = "11010519491231002X".slice(at, at + 6);
      const password = `zz${lower ? part.toLowerCase() : part}yyy9`;
      expect(listPasswordLacks(password, known)).toEqual(["personal"]);
    }),
  );
});
