import { beforeAll, expect, test } from "vitest";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices, Staff } from "../testing/offices-shape.ts";
import { rosterRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  offices.clock.set("2017-10-09T09:00");
  campaign = offices.campaign.key;
  const rows = [
    { name: "李建国", idNumber: "500101198001010013" },
    { name: "王秀英", idNumber: "500101198202020023" },
    { name: "张借调", idNumber: "50010119830303001X", standing: "seconded-in" as const },
  ].map((row) => ({ ...row, school: offices.wanzhou.school.id }));
  const { wrong } = await call(
    routes.addRoster,
    { campaign, rows, source: "hand" },
    { context: offices.as(offices.wanzhou.clerk) },
  );
  expect(wrong).toEqual([]);
});

const list = (staff: Staff) => call(routes.listAssessments, { campaign }, { context: offices.as(staff) });
const save = (staff: Staff, ...changes: { entry: string; field: string; from: string | null; to: string | null }[]) =>
  call(routes.saveAssessments, { campaign, changes }, { context: offices.as(staff) });

test("the grid holds whoever is expected to apply, with the years of the cycle; cells are written one by one", async () => {
  const { clerk } = offices.wanzhou;
  const { items, years, choices } = await list(clerk);
  expect(years).toEqual([2012, 2013, 2014, 2015, 2016]);
  expect(choices.map(({ name }) => name)).toContain("基本合格");
  expect(items.map(({ name }) => name)).toEqual(["李建国", "王秀英"]);
  const [li, wang] = items.map(({ entry }) => entry);
  if (li === undefined || wang === undefined) throw new Error("two rows");
  const { saved, clashes } = await save(
    clerk,
    { entry: li, field: "2016", from: null, to: "excellent" },
    { entry: li, field: "2015", from: null, to: "competent" },
    { entry: wang, field: "hours", from: null, to: "365.5" },
  );
  expect([saved, clashes]).toEqual([3, []]);
  expect((await list(clerk)).items).toMatchObject([
    { grades: { 2015: "competent", 2016: "excellent" }, hours: null },
    { grades: {}, hours: 365.5 },
  ]);
  // Taken back, and what was not named stays.
  await save(clerk, { entry: li, field: "2016", from: "excellent", to: null });
  expect((await list(clerk)).items[0]?.grades).toEqual({ 2015: "competent" });
});

test("what somebody else has changed meanwhile is told and stays; the same value twice is no clash", async () => {
  const { clerk, lead } = offices.wanzhou;
  const entry = (await list(clerk)).items[1]?.entry ?? "";
  await save(clerk, { entry, field: "2014", from: null, to: "competent" });
  const late = await save(
    lead,
    { entry, field: "2014", from: null, to: "failed" },
    { entry, field: "2013", from: null, to: "basic" },
  );
  expect(late).toEqual({
    saved: 1,
    clashes: [{ entry, field: "2014", stands: "competent", wanted: "failed" }],
  });
  expect(await save(lead, { entry, field: "2014", from: null, to: "competent" })).toEqual({ saved: 1, clashes: [] });
  expect((await list(clerk)).items[1]?.grades).toEqual({ 2013: "basic", 2014: "competent" });
});

test("of two who write the same cell at the same moment one is told", async () => {
  const { clerk, reviewer } = offices.wanzhou;
  const entry = (await list(clerk)).items[0]?.entry ?? "";
  const both = await Promise.all([
    save(clerk, { entry, field: "2012", from: null, to: "competent" }),
    save(reviewer, { entry, field: "2012", from: null, to: "basic" }),
  ]);
  expect(both.map(({ clashes }) => clashes.length).toSorted()).toEqual([0, 1]);
});

test("another school's teachers are not there; a wrong year, grade or number of hours is refused and nothing is written", async () => {
  const { wanzhou, yuzhong } = offices;
  expect((await list(yuzhong.clerk)).items).toEqual([]);
  const entry = (await list(wanzhou.clerk)).items[0]?.entry ?? "";
  const strange = save(yuzhong.clerk, { entry, field: "2016", from: null, to: "failed" });
  expect(await refusalCodeOf(strange)).toBe("request.not-found");
  const before = (await list(wanzhou.clerk)).items;
  for (const change of [
    { field: "2017", to: "competent" },
    { field: "2016", to: "wonderful" },
    { field: "hours", to: "a lot" },
    { field: "hours", to: "10001" },
    { field: "hours", to: "-1" },
  ]) {
    const good = { entry, field: "2016", from: null, to: "basic" };
    const refused = save(wanzhou.clerk, good, { entry, from: null, ...change });
    expect(await refusalCodeOf(refused), JSON.stringify(change)).toBe("input.invalid");
  }
  expect((await list(wanzhou.clerk)).items).toEqual(before);
});
