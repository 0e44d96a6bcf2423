import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeDrafts } from "./merge.ts";

const base: ApplicationDraft = { address: "解放路1号", subject: "语文", major: "汉语言文学" };

test("changes of two tabs are both kept", () => {
  const { merged, clashes } = mergeDrafts(base, { ...base, address: "人民路2号" }, { ...base, subject: "数学" });
  expect(merged).toEqual({ address: "人民路2号", subject: "数学", major: "汉语言文学" });
  expect(clashes).toEqual([]);
});

test("what both changed differently is shown with both values; what was emptied here stays empty", () => {
  const { major: _, ...emptied } = base;
  const { merged, clashes } = mergeDrafts(base, { ...emptied, subject: "英语" }, { ...base, subject: "数学" });
  expect(merged).toEqual({ address: "解放路1号", subject: "英语" });
  expect(clashes).toEqual([{ field: "subject", mine: "英语", theirs: "数学" }]);
});

test("whoever changed nothing takes what was saved; the same change on both sides is no clash", () => {
  const text = fc.constantFrom("甲", "乙", undefined);
  const draft = fc.record({ address: text, subject: text, major: text }) as fc.Arbitrary<ApplicationDraft>;
  fc.assert(
    fc.property(draft, draft, (before, after) => {
      expect(mergeDrafts(before, before, after).clashes).toEqual([]);
      expect(mergeDrafts(before, after, after).clashes).toEqual([]);
      const { merged } = mergeDrafts(before, after, before);
      for (const field of ["address", "subject", "major"] as const) expect(merged[field]).toBe(after[field]);
    }),
  );
});
