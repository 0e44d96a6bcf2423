import fc from "fast-check";
import { expect, test } from "vitest";
import { typedNameOf } from "./name-search.ts";

test("a part of a name, as it is written", () => {
  expect(typedNameOf("小红")).toEqual({ written: "%小红%", dotless: false, sounded: undefined });
  expect(typedNameOf(" 王　小红 ")).toEqual({ written: "%王小红%", dotless: false, sounded: undefined });
});

test("letters alone are a sound, or a name that is written with them", () => {
  expect(typedNameOf("ouyang")).toEqual({ written: "%ouyang%", dotless: false, sounded: "ouyang" });
  expect(typedNameOf("Anna Maria")).toMatchObject({ written: "%Anna Maria%", sounded: "Anna Maria" });
});

test("the middle dot is found whichever was typed, or none", () => {
  for (const typed of ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽 . 买买提", "阿依古丽买买提"]) {
    expect([typed, typedNameOf(typed)]).toEqual([
      typed,
      { written: "%阿依古丽买买提%", dotless: true, sounded: undefined },
    ]);
  }
});

test("a sign stands for a character that cannot be typed, a syllable for one that is known by its sound", () => {
  for (const sign of ["?", "？", "*", "□", "〓"]) {
    expect(typedNameOf(`王${sign}`)).toMatchObject({ written: "%王_%", sounded: undefined });
  }
  expect(typedNameOf("欧阳yan")).toEqual({ written: "%欧阳%%", dotless: true, sounded: "欧阳yan" });
});

test("whatever is typed, no sign of its own is a wildcard of the database", () => {
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
