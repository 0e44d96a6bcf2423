import { type ApplicationDraft, formFields } from "@shice/rules/form/form.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Entries,
  HeldEntries,
  heldText,
  isHalfTyped,
  isSent,
  listHeld,
  startingEntries,
  withEntry,
  withHeldEntry,
} from "./entries.ts";

const saved: ApplicationDraft = { address: "渝中区解放路1号", trainingHours: 300, graduatedOn: "2003-07-01" };
const untouched: Entries = { form: saved, held: {} };

test("a value that the server takes stands in the form as it was typed", () => {
  const entries = withEntry(untouched, saved, "address", "渝中区解放路\t22号 ");
  expect(entries).toEqual({ form: { ...saved, address: "渝中区解放路\t22号 " }, held: {} });
  expect(isSent(entries, saved)).toBe(false);
  const { address: _, ...without } = saved;
  expect(withEntry(untouched, saved, "address", undefined).form).toEqual(without);
});

test("an entry that cannot be sent keeps the server's value, what was typed, and says why", () => {
  const odd = withHeldEntry(untouched, saved, "trainingHours", { typed: "约380", sentence: "请填写数字，如 380。" });
  expect(odd.form).toEqual(saved);
  expect(isSent(odd, saved)).toBe(true);
  expect(listHeld(odd)).toEqual([{ field: "trainingHours", title: "培训学时", sentence: "请填写数字，如 380。" }]);
  const text = heldText(listHeld(odd));
  expect(text).toContain("“培训学时”没有保存：请填写数字，如 380；".replace("；", "。"));
  expect(text).not.toContain("已保存");

  const long = "渝".repeat(101);
  const tooLong = withEntry(odd, saved, "address", long);
  expect(tooLong.form).toEqual(saved);
  expect(tooLong.held.address).toEqual({ typed: long, sentence: "不超过100个字", isWhole: true });
  expect(listHeld(tooLong).map(({ field }) => field)).toEqual(["address", "trainingHours"]);
});

test("a control of several parts keeps its parts where the whole is refused", () => {
  const typed = { year: "1899", month: "6", day: "30" };
  const early = withEntry(untouched, saved, "certificateIssuedOn", "1899-06-30", typed);
  expect(early.form).toEqual(saved);
  expect(early.held.certificateIssuedOn).toEqual({ typed, sentence: "请核对年份", isWhole: true });
  expect(isHalfTyped(early.held.certificateIssuedOn)).toBe(false);
  expect(isHalfTyped({ typed: { ...typed, day: "" }, sentence: "" })).toBe(true);
});

test("the next good value takes the place of what was held", () => {
  const odd = withHeldEntry(untouched, saved, "trainingHours", { typed: "3x", sentence: "请填写数字" });
  expect(withEntry(odd, saved, "trainingHours", 380)).toEqual({ form: { ...saved, trainingHours: 380 }, held: {} });
  const emptied = withEntry(odd, saved, "trainingHours", undefined);
  expect(emptied.held).toEqual({});
  expect(emptied.form.trainingHours).toBeUndefined();
});

test("what was typed is found again after the page was closed, over the server's newer values", () => {
  const odd = withHeldEntry(untouched, saved, "graduatedOn", {
    typed: { year: "2003", month: "13", day: "" },
    sentence: "没有这一天",
  });
  const kept = { ...odd, form: { ...odd.form, address: "人民路2号" }, base: saved, version: 3 };
  const elsewhere = { form: { ...saved, trainingHours: 400 }, version: 4 };
  const { entries, dirty, clashes } = startingEntries(elsewhere, kept);
  expect(entries.form).toEqual({ ...saved, address: "人民路2号", trainingHours: 400 });
  expect(entries.held.graduatedOn?.typed).toEqual({ year: "2003", month: "13", day: "" });
  expect([dirty, clashes]).toEqual([true, []]);
  // A draft that was begun anew since is older than what the browser kept: nothing is laid on it.
  expect(startingEntries({ form: {}, version: 2 }, kept).entries).toEqual({ form: {}, held: {} });
  expect(startingEntries(elsewhere, undefined)).toEqual({
    entries: { form: elsewhere.form, held: {} },
    dirty: false,
    clashes: [],
  });
});

test("whatever is typed into any field, the form stays one that the server takes and nothing typed is lost", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom<unknown>("2017-02-30", "380学时", "\t", "不".repeat(300), -1, 1e9, true, [], {}, undefined),
  );
  const steps = fc.array(fc.tuple(fc.constantFrom(...formFields), anything), { maxLength: 12 });
  fc.assert(
    fc.property(steps, (typed) => {
      let entries = untouched;
      for (const [field, value] of typed) entries = withEntry(entries, saved, field, value);
      for (const [field, last] of new Map(typed)) {
        const held = entries.held[field];
        if (held === undefined) expect(entries.form[field]).toEqual(last);
        else {
          expect(held.typed).toEqual(last);
          expect(held.sentence).not.toBe("");
          expect(entries.form[field]).toEqual(saved[field]);
        }
      }
      // As the browser's storage writes and reads it.
      const again = HeldEntries.parse(JSON.parse(JSON.stringify(entries.held)));
      expect(Object.keys(again).sort()).toEqual(Object.keys(entries.held).sort());
    }),
  );
});
