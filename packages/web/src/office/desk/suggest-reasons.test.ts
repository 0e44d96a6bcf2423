import { expect, test } from "vitest";
import { suggestReasons } from "./suggest-reasons.ts";
import { type DeskItem, noTick, tickAll, toggleField } from "./ticks.ts";

const reason = (code: string, use: string, ...opens: string[]) => ({
  code,
  use: [use],
  opens: opens.map((key) => ({ key })),
});
const reasons = [
  reason("everything-wrong", "return", "field:certificateNumber", "field:certificateKind", "material:contract"),
  reason("number-differs", "return", "field:certificateNumber"),
  reason("data-differ", "return", "field:certificateKind", "field:certificateIssuer"),
  reason("contract-missing", "return", "material:contract"),
  reason("training-missing", "send-back", "material:training"),
];
const item = (key: string, at: number): DeskItem => ({
  key,
  item: at,
  name: key,
  suppliedBy: "applicant",
  originalSeen: true,
  copies: 1,
  copyStamped: true,
  check: null,
});
const checklist = [item("contract", 3), item("training", 4)];
const untouched = { materials: {}, certificate: {} };
const whole = tickAll(untouched, checklist, "王校长");

test("nothing ticked and everything in order suggest nothing", () => {
  expect(suggestReasons(untouched, checklist, reasons)).toEqual([]);
  expect(suggestReasons(whole, checklist, reasons)).toEqual([]);
});

test("a field that differs suggests the reason that opens it and least else, once for several fields", () => {
  expect(suggestReasons(toggleField(whole, "certificateNumber"), checklist, reasons)).toEqual(["number-differs"]);
  const several = toggleField(toggleField(whole, "certificateKind"), "certificateIssuer");
  expect(suggestReasons(several, checklist, reasons)).toEqual(["data-differ"]);
});

test("a material that was begun and is not whole suggests its reason, one not looked at yet does not", () => {
  const begun = { ...noTick, copies: 1 };
  const ticks = { ...untouched, materials: { contract: begun, training: noTick } };
  expect(suggestReasons(ticks, checklist, reasons)).toEqual(["contract-missing"]);
  // A reason of another act is none for a return.
  expect(suggestReasons({ ...untouched, materials: { training: begun } }, checklist, reasons)).toEqual([]);
});
