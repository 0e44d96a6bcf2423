import fc from "fast-check";
import { expect, test } from "vitest";
import { runsOf } from "../testing/size.ts";
import { checkName, nameKeyOf, normaliseName } from "./name.ts";

const codesOf = (text: string) => checkName(text).map(({ code }) => code);

test("names in every script that documents use are accepted", () => {
  const names = [
    "李雷",
    "阿依古丽·买买提",
    "次仁·卓玛",
    "欧阳〇",
    "𠮷田𬱖",
    "䶮堃",
    "扎西",
    "Anna Maria O’Neill",
    "John F. Kennedy",
  ];
  for (const name of [...names, "ئايگۈل", "བཀྲ་ཤིས", "김철수", "葛\u{E0101}城"])
    expect([name, codesOf(name)]).toEqual([name, []]);
});

test("every look-alike of the middle dot becomes · U+00B7", () => {
  for (const dot of ["·", "・", "･", "•", "‧", "∙", "⋅", "\u0387", ".", "．", "。", " · "]) {
    expect([dot, normaliseName(`买买提${dot}艾力`)]).toEqual([dot, "买买提\u00B7艾力"]);
  }
});

test("a full stop stays where it marks an initial", () => {
  expect(normaliseName(" John  F. Kennedy ")).toBe("John F. Kennedy");
});

test("spaces that fill a column and invisible marks are removed", () => {
  expect(normaliseName("李　雷")).toBe("李雷");
  expect(normaliseName("\uFEFF李\u200B雷\n")).toBe("李雷");
});

test("the limit of fifty counts code points, also beyond the basic plane", () => {
  expect(codesOf("𠮷".repeat(50))).toEqual([]);
  expect(checkName("𠮷".repeat(51))).toEqual([{ level: "blocks", field: "name", code: "name.too-long", length: 51 }]);
});

test("an empty text, digits and signs are refused", () => {
  expect(codesOf(" \u3000")).toEqual(["name.empty"]);
  for (const text of ["李雷1", "李雷?", "李/雷", "···", "<b>李</b>"])
    expect([text, codesOf(text)]).toEqual([text, ["name.characters"]]);
});

test("a GBK private-use character becomes today's Unicode character", () => {
  // The platform's decoder holds the same table independently.
  const decoder = new TextDecoder("gb18030");
  const decoded = Array.from({ length: 81 }, (_, at) => 0x50 + at)
    .filter((trail) => trail !== 0x7f)
    .map((trail) => decoder.decode(new Uint8Array([0xfe, trail])));
  const letters = decoded.filter((character) => /[\u3400-\u4DBF]/.test(character));
  expect(letters.length).toBe(52);
  for (const character of letters) {
    const old = String.fromCodePoint(0xe815 + decoded.indexOf(character));
    expect(normaliseName(`王${old}`)).toBe(`王${character}`);
  }
  expect(nameKeyOf("王\uE863")).toBe(nameKeyOf("王䶮"));
});

test("normalisation is idempotent for any text", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.oneof(
          fc.constantFrom(..."李雷·・.。 　a\uE863\u200B"),
          fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
        ),
      }),
      (text) => {
        const once = normaliseName(text);
        expect(normaliseName(once)).toBe(once);
      },
    ),
    { numRuns: runsOf(1000) },
  );
});
