import fc from "fast-check";
import { expect, test } from "vitest";
import { type AssistedSave, assistedAfter, sittingsOf, type Writer } from "./assisted.ts";

test("an entry by the clerk is marked as the school's; a change by the teacher removes the mark", () => {
  expect(assistedAfter([], ["subject", "address"], "school")).toEqual(["address", "subject"]);
  expect(assistedAfter(["address", "subject"], ["address"], "teacher")).toEqual(["subject"]);
  expect(assistedAfter(["subject"], ["address"], "teacher")).toEqual(["subject"]);
  expect(assistedAfter(["subject"], ["photo", "subject"], "school")).toEqual(["photo", "subject"]);
});

const anyEntry = fc.constantFrom("address", "subject", "photo", "material:certificate", "mobile");
const anySave = fc.record({
  writer: fc.constantFrom<Writer>("teacher", "school"),
  changed: fc.uniqueArray(anyEntry),
});

test("property: an entry is marked exactly if the school changed it last", () => {
  fc.assert(
    fc.property(fc.array(anySave), (saves) => {
      let marked: string[] = [];
      const last = new Map<string, Writer>();
      for (const { writer, changed } of saves) {
        marked = assistedAfter(marked, changed, writer);
        for (const entry of changed) last.set(entry, writer);
      }
      expect(marked).toEqual([...last].flatMap(([entry, writer]) => (writer === "school" ? [entry] : [])).sort());
    }),
  );
});

const begin = Temporal.Instant.from("2017-10-09T01:00:00Z");
const saveAt = (minutes: number, by: string, ...fields: string[]): AssistedSave => ({
  by,
  organisation: "实验中学",
  at: begin.add({ minutes }),
  fields,
});

test("consecutive saves of one clerk form one sitting; another clerk or half an hour begins a new one", () => {
  const sittings = sittingsOf([
    saveAt(0, "王", "schoolId"),
    saveAt(1, "王", "address", "subject"),
    saveAt(25, "王", "address"),
    saveAt(26, "李", "mobile"),
    saveAt(27, "王", "major"),
    saveAt(57, "王", "title"),
  ]);
  expect(sittings.map(({ by, from, until, fields }) => [by, from.until(until).total("minutes"), fields])).toEqual([
    ["王", 25, ["address", "schoolId", "subject"]],
    ["李", 0, ["mobile"]],
    ["王", 0, ["major"]],
    ["王", 0, ["title"]],
  ]);
});

test("property: each save belongs to exactly one sitting", () => {
  const anySaves = fc
    .array(fc.record({ gap: fc.integer({ min: 0, max: 90 }), by: fc.constantFrom("王", "李"), entry: anyEntry }))
    .map((steps) => {
      let minutes = 0;
      return steps.map(({ gap, by, entry }) => {
        minutes += gap;
        return saveAt(minutes, by, entry);
      });
    });
  fc.assert(
    fc.property(anySaves, (saves) => {
      const sittings = sittingsOf(saves);
      for (const { by, at, fields } of saves) {
        const holding = sittings.filter(
          (sitting) =>
            sitting.by === by &&
            Temporal.Instant.compare(sitting.from, at) <= 0 &&
            Temporal.Instant.compare(at, sitting.until) <= 0 &&
            fields.every((field) => sitting.fields.includes(field)),
        );
        expect(holding.length).toBeGreaterThanOrEqual(1);
      }
      for (const [at, sitting] of sittings.entries()) {
        const before = sittings[at - 1];
        if (before !== undefined) expect(Temporal.Instant.compare(before.until, sitting.from)).toBeLessThanOrEqual(0);
      }
    }),
  );
});
