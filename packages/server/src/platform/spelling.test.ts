import { expect, test } from "vitest";
import { spellingOf, typedSpellingOf } from "./spelling.ts";

test.each([
  ["大渡口区第1高级中学", "dadukouqudi1gaojizhongxue", "ddkqd1gjzx"],
  ["重庆市巴蜀小学", "chongqingshibashuxiaoxue", "cqsbsxx"],
  ["SOS儿童村幼儿园", "sosertongcunyoueryuan", "sosetcyey"],
])("%s is found as %s and as %s", (name, pinyin, initials) => {
  expect(spellingOf(name)).toEqual({ pinyin, initials });
});

test("what is typed by its sound is put right; what holds Chinese is no spelling", () => {
  expect(typedSpellingOf(" DaDu kou ")).toBe("dadukou");
  expect(typedSpellingOf("ＢＳＸＸ")).toBe("bsxx");
  expect(typedSpellingOf("巴蜀xx")).toBe("");
});
