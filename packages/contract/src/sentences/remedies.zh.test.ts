import { expect, test } from "vitest";
import { remediesText } from "./remedies.zh.ts";

test("both remedies are named with their last days, counted from the day in Beijing", () => {
  // The evening of the 4th in UTC is the 5th in Beijing.
  expect(remediesText("2017-12-04T16:30:00Z")).toBe(
    "不服本结论的，可以自知道之日起60日内（截止2018年2月3日）依法申请行政复议，或者自知道之日起6个月内（截止2018年6月5日）依法向人民法院提起行政诉讼。",
  );
});
