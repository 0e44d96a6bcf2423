import fc from "fast-check";
import { expect, test } from "vitest";
import { typedNameOf } from "./name-search.ts";

test("a part of a name is found as written", () => {
  expect(typedNameOf("小红")).toEqual({ written: "%小红%", dotless: false, sounded: undefined });
  expect(typedNameOf(" 王　小红 ")).toEqual({ written: "%王小红%", dotless: false, sounded: undefined });
});

test("letters alone are searched as a sound and as a name in letters", () => {
  expect(typedNameOf("ouyang")).toEqual({ written: "%ouyang%", dotless: false, sounded: "ouyang" });
  expect(typedNameOf("Anna Maria")).toMatchObject({ written: "%Anna Maria%", sounded: "Anna Maria" });
});

test("a name with a middle dot is found with any dot or none", () => {
  for (const typed of ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽 . 买买提", "阿依古丽买买提"]) {
    expect([typed, typedNameOf(typed)]).toEqual([
      typed,
      { written: "%阿依古丽买买提%", dotless: true, sounded: undefined },
    ]);
  }
});

test("a sign replaces a character that cannot be typed, and a syllable one known by its sound", () => {
  for (const sign of ["?", "？", "*", "□", "〓"]) {
    expect(typedNameOf(`王${sign}`)).toMatchObject({ written: "%王_%", sounded: undefined });
  }
  expect(typedNameOf("欧阳yan")).toEqual({ written: "%欧阳%%", dotless: true, sounded: "欧阳yan" });
});

test("no typed sign acts as a wildcard of the database", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const { written } = typedNameOf(text);
      const inside = written.slice(1, -1).replace(/\\[\\%_]/g, "");
      const unknowns = text.match(/[?？*＊□〓]/gu)?.length ?? 0;
      expect(inside.split("_").length - 1).toBe(unknowns);
      if (!/\p{Script=Latin}/u.test(text)) expect(inside).not.toContain("%");
    }),
  );
});
