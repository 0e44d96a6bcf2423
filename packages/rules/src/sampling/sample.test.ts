import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Drawable, drawSample, sampleSizeOf, stratumOf } from "./sample.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const anyCases: fc.Arbitrary<Drawable[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    stratum: fc.constantFrom("a|x|flagged", "a|x|unflagged", "b|y|flagged", "c|z|unflagged"),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
);
const anyPercent = fc.integer({ min: 1, max: 1000 }).map((tenths) => tenths / 10);

test("N37: the draw can be repeated with sha256sum alone", () => {
  // for id in A01 … A07: printf '2017-11-20|%s' $id | sha256sum, then sort: 377e… A02, 622d… A06, 7e85… A01, a48b… A03
  const cases = ["A01", "A02", "A03", "A04", "A05", "A06", "A07"].map((id) => ({ id, stratum: "one" }));
  const drawn = drawSample(cases, { seed: "2017-11-20", percent: 30, sha256 });
  expect(drawn.map(({ id }) => id)).toEqual(["A02", "A06", "A01"]);
});

test("N49: strata are area, clerk and risk: filled in by the school, flagged, or neither", () => {
  const at = { area: "wanzhou", clerk: "0190" };
  expect(stratumOf({ ...at, assisted: false, flagged: true })).toBe("wanzhou|0190|flagged");
  expect(stratumOf({ ...at, assisted: false, flagged: false })).toBe("wanzhou|0190|unflagged");
  expect(stratumOf({ ...at, assisted: true, flagged: true })).toBe("wanzhou|0190|assisted");
});

test.each([
  [30, 10, 3],
  [31, 10, 4],
  [1, 10, 1],
  [0, 10, 0],
  [1000, 2.5, 25],
  [5, 100, 5],
  [5, 0, 0],
  [5, 0.0001, 1],
])("of %i cases at %d percent %i are drawn", (members, percent, size) => {
  expect(sampleSizeOf(members, percent)).toBe(size);
});

test("property: the sample does not depend on the order in which the cases are given", () => {
  fc.assert(
    fc.property(
      anyCases.chain((cases) => fc.tuple(fc.constant(cases), fc.shuffledSubarray(cases, { minLength: cases.length }))),
      anyPercent,
      fc.string(),
      ([cases, shuffled], percent, seed) => {
        expect(drawSample(shuffled, { seed, percent, sha256 })).toEqual(drawSample(cases, { seed, percent, sha256 }));
      },
    ),
  );
});

test("property: every stratum gives its share rounded up and at least one case, none twice and none from outside", () => {
  fc.assert(
    fc.property(anyCases, anyPercent, fc.string(), (cases, percent, seed) => {
      const drawn = drawSample(cases, { seed, percent, sha256 });
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(drawn.every((member) => cases.includes(member))).toBe(true);
      for (const [stratum, members] of Map.groupBy(cases, (member) => member.stratum)) {
        const ours = drawn.filter((member) => member.stratum === stratum).length;
        expect(ours).toBeGreaterThanOrEqual(1);
        expect(ours / members.length).toBeGreaterThanOrEqual(percent / 100 - 1e-9);
        expect(ours - 1).toBeLessThanOrEqual((members.length * percent) / 100);
      }
    }),
  );
});

test("property: a larger share only adds cases, so that a check can be extended with the same seed", () => {
  fc.assert(
    fc.property(anyCases, anyPercent, anyPercent, fc.string(), (cases, one, other, seed) => {
      const fewer = drawSample(cases, { seed, percent: Math.min(one, other), sha256 });
      const more = drawSample(cases, { seed, percent: Math.max(one, other), sha256 });
      expect(fewer.every((member) => more.includes(member))).toBe(true);
    }),
  );
});

test("another seed draws another sample", () => {
  const cases = Array.from({ length: 200 }, (_, index) => ({ id: `case-${index}`, stratum: "a" }));
  const draw = (seed: string) => drawSample(cases, { seed, percent: 10, sha256 });
  expect(draw("one")).not.toEqual(draw("two"));
});

test("if two hashes are equal, the ids decide the order", () => {
  const cases = ["b", "c", "a"].map((id) => ({ id, stratum: "one" }));
  const drawn = drawSample(cases, { seed: "any", percent: 60, sha256: () => "00" });
  expect(drawn.map(({ id }) => id)).toEqual(["a", "b"]);
});
