import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPlanText } from "../plan/check.ts";
import { concerns } from "../plan/plan.ts";
import {
  checklistOf,
  isConcerned,
  listIncomplete,
  type MaterialRecord,
  missingOf,
  type TeacherStanding,
} from "./checklist.ts";

const campaign = new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);
const { plan } = checkPlanText(readFileSync(campaign, "utf8"));
if (plan === undefined) throw new Error("the reference plan cannot be read");

const serving: TeacherStanding = { newlyHired: false, registrationKind: "first" };
const hired: TeacherStanding = { newlyHired: true, registrationKind: "first" };
const checklist = checklistOf(plan, serving);

/** A clerk's record of a complete material. */
function complete(of = checklist): MaterialRecord[] {
  return of.map(({ key, originalSeen, copyStamped, copies, suppliedBy }) => ({
    material: key,
    originalSeen,
    copyStamped,
    copies,
    suppliedBy,
    signer: suppliedBy === "school" ? "王校长" : null,
  }));
}
const but = (key: string, change: Partial<MaterialRecord>) =>
  complete().map((record) => (record.material === key ? { ...record, ...change } : record));
const gapsOf = (records: readonly MaterialRecord[]) =>
  listIncomplete(checklist, records).map(({ item, gaps }) => `${item.key}: ${gaps.join(" ")}`);

test("N26: the checklist has seven materials in the notice's order, with their numbers of copies", () => {
  expect(checklist.map(({ item, key, copies }) => `${item} ${key} ${copies}`)).toEqual([
    "1 application-form 2",
    "2 certificate 1",
    "3 contract 1",
    "4 training 1",
    "5 assessment 1",
    "6 ethics 1",
    "7 fitness 1",
  ]);
});

test("N27: new hires bring the proof of the new-teacher training instead", () => {
  const name = (standing: TeacherStanding) => checklistOf(plan, standing).find(({ key }) => key === "training")?.name;
  expect(name(serving)).toBe("区县教育行政部门认可的继续教育培训证明");
  expect(name(hired)).toBe("新任教师培训合格证明");
});

test("N28: teachers bring last year's assessment, new hires the school's proof of passed probation", () => {
  const name = (standing: TeacherStanding) => checklistOf(plan, standing).find(({ key }) => key === "assessment")?.name;
  expect(name(serving)).toBe("上一年年度考核证明");
  expect(name(hired)).toBe("任教学校出具的试用期满考核合格证明");
});

test("N29: the school certifies fitness; the applicant brings no proof of it", () => {
  expect(checklist.find(({ key }) => key === "fitness")).toMatchObject({ suppliedBy: "school", originalSeen: false });
});

test("N30: the school supplies items 5, 6 and 7, one sheet for each person", () => {
  expect(checklist.filter(({ suppliedBy }) => suppliedBy === "school").map(({ item }) => item)).toEqual([5, 6, 7]);
  expect(checklist.every(({ onePerPerson }) => onePerPerson)).toBe(true);
});

test("N22: a complete record has nothing missing, and each omission is named", () => {
  expect(gapsOf(complete())).toEqual([]);
  expect(gapsOf(but("certificate", { originalSeen: false }))).toEqual(["certificate: original"]);
  expect(gapsOf(but("certificate", { copyStamped: false, copies: 0 }))).toEqual(["certificate: stamp copies"]);
  expect(gapsOf(but("application-form", { copies: 1 }))).toEqual(["application-form: copies"]);
  expect(gapsOf(but("application-form", { copies: 3 }))).toEqual([]);
  expect(gapsOf(complete().filter(({ material }) => material !== "contract"))).toEqual(["contract: record"]);
});

test("N50: a sheet from the school needs the signer's name", () => {
  expect(gapsOf(but("ethics", { signer: null }))).toEqual(["ethics: signer"]);
  expect(gapsOf(but("ethics", { signer: "　" }))).toEqual(["ethics: signer"]);
  expect(gapsOf(but("contract", { signer: null }))).toEqual([]);
});

test("missing materials are listed by name, in the checklist's order", () => {
  expect(missingOf(checklist, [])).toEqual(checklist.map(({ name }) => name));
  expect(missingOf(checklist, but("fitness", { signer: "" }))).toEqual(["身心健康证明"]);
});

test("records of materials outside the checklist do not count", () => {
  const foreign = complete().map((record) => ({ ...record, material: `${record.material}-2` }));
  expect(missingOf(checklist, foreign)).toHaveLength(7);
});

test("exactly one variant of each material of the reference plan applies to each teacher", () => {
  const standings = fc.record({ newlyHired: fc.boolean(), registrationKind: fc.constantFrom("first", "periodic") });
  fc.assert(
    fc.property(standings, (standing) => {
      expect(checklistOf(plan, standing)).toHaveLength(7);
      for (const { variants } of plan.materials) {
        expect(variants.filter((variant) => isConcerned(variant.concerns, standing))).toHaveLength(1);
      }
    }),
  );
});

test("each variant applies to the teachers listed by hand", () => {
  const applicableTo = (standing: TeacherStanding) => concerns.filter((concern) => isConcerned(concern, standing));
  expect(applicableTo(serving)).toEqual(["everyone", "serving", "first-registration"]);
  expect(applicableTo(hired)).toEqual(["everyone", "newly-hired", "first-registration"]);
  expect(applicableTo({ ...serving, registrationKind: "periodic" })).toEqual([
    "everyone",
    "serving",
    "periodic-registration",
  ]);
});
