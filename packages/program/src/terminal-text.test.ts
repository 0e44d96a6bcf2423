import fc from "fast-check";
import { expect, test } from "vitest";
import { padTo, widthOf, wrap } from "./terminal-text.ts";

test.each([
  ["初审", 4],
  ["2017年9月", 9],
  ["《申请表》", 10],
  ["—·–×", 4],
  ["𬱖𠮷", 4],
  ["e\u0301", 1],
  ["\u001b[31m错\u001b[39m", 2],
  ["", 0],
])("%s is %i columns wide", (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test("padding counts columns and does not change a wider text", () => {
  expect(padTo("初审", 6)).toBe("初审  ");
  expect(padTo("现场确认", 6)).toBe("现场确认");
});

test("a Chinese sentence is broken between characters, but not inside a day or key or before a closing mark", () => {
  expect(wrap("最迟 2017-11-12 公布。", 10)).toEqual(["最迟", "2017-11-12", "公布。"]);
  expect(wrap("甲乙丙。", 6)).toEqual(["甲乙丙。"]);
  expect(wrap("甲乙「丙", 6)).toEqual(["甲乙", "「丙"]);
});

test("wrapping removes only blanks at the breaks and keeps to the width", () => {
  const piece = fc.constantFrom("初", "审", "2017-11-20", " ", "stages.apply", "。", ",", "(");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 20, max: 60 }), (pieces, width) => {
      const text = pieces.join("");
      const lines = wrap(text, width);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      for (const line of lines) {
        const word = /[A-Za-z0-9_.:/@[\]#~-]{20,}/.test(line) || /[。,]{2,}/.test(line);
        expect(word || widthOf(line) <= width + 2).toBe(true);
      }
    }),
  );
});
