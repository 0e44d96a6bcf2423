import fc from "fast-check";
import { expect, test } from "vitest";
import { isWellFormed } from "./well-formed.ts";

test.each([
  ["\ud800", false],
  [{ token: "a\udfff" }, false],
  [{ rows: [{ name: "张" }, { "\ud83d": 1 }] }, false],
  [{ name: "𠮷", none: null, count: 1, rows: [] }, true],
  [undefined, true],
])("%j: %s", (body, expected) => {
  expect(isWellFormed(body)).toBe(expected);
});

test("agrees with what an address can carry, whatever the body", () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "binary" }), (text) => {
      const body: unknown = JSON.parse(text);
      const texts: string[] = [];
      JSON.stringify(body, (key, value) => {
        texts.push(key, ...(typeof value === "string" ? [value] : []));
        return value;
      });
      expect(isWellFormed(body)).toBe(texts.every((each) => each.isWellFormed()));
    }),
  );
});
