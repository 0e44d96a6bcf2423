import { expect, test } from "vitest";
import { oddityOf, takeApart, typedDayOf } from "./day.ts";

test.each(["2009-06-30", "2009.6.30", "2009/06/30", "2009年6月30日", " 20090630 ", "２００９－０６－３０"])(
  "a whole day written as %s is taken apart",
  (text) => {
    expect(takeApart(text)).toEqual({ year: "2009", month: "6", day: "30" });
  },
);

test.each(["2009", "2009-06", "200906300", "09-06-30"])("%s is no whole day yet", (text) => {
  expect(takeApart(text)).toBeUndefined();
});

test("three entries make a day, once it exists", () => {
  expect(typedDayOf({ year: "2009", month: "6", day: "3" })).toBe("2009-06-03");
  expect(typedDayOf({ year: "2008", month: "02", day: "29" })).toBe("2008-02-29");
  expect(typedDayOf({ year: "2009", month: "2", day: "29" })).toBeUndefined();
  expect(typedDayOf({ year: "09", month: "6", day: "3" })).toBeUndefined();
});

test("what is half typed is told once it is left; what cannot be a day, at once", () => {
  const half = { year: "2009", month: "", day: "" };
  expect(oddityOf(half, false)).toBeUndefined();
  expect(oddityOf(half, true)).toContain("填完整");
  expect(oddityOf({ year: "2009", month: "13", day: "1" }, false)).toBe("没有2009年13月1日这一天，请核对。");
  expect(oddityOf({ year: "2009", month: "六", day: "1" }, false)).toContain("请填数字");
  expect(oddityOf({ year: "", month: "", day: "" }, true)).toBeUndefined();
});
