import { expect, test } from "vitest";
import { openTimeText } from "./days.zh.ts";

test.each([
  [{ days: 18, minutes: 18_210 }, "还有18个开放日，共303小时"],
  [{ days: 26, minutes: 26 * 1440 - 540 }, "还有26个开放日"],
  [{ days: 2, minutes: 1080 }, "还有2个开放日，共18小时"],
  [{ days: 1, minutes: 239.5 }, "只剩最后3小时"],
  [{ days: 1, minutes: 59.9 }, "只剩最后59分钟"],
  [{ days: 1, minutes: 0.2 }, "只剩最后1分钟"],
  [{ days: 0, minutes: 0 }, ""],
])("open time left %o is told as %s", (left, text) => {
  expect(openTimeText(left)).toBe(text);
});
