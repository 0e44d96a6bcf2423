import { beforeAll, expect, test } from "vitest";
import { markingRoutes } from "../marking/routes.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { District, Offices } from "../testing/offices-shape.ts";
import { concluded } from "../testing/through.ts";
import { verified } from "../testing/verified.ts";
import { archiveRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
});

/** Cases with certificates of the new version, marked on the registration page. */
async function marked(district: District, count: number) {
  const applications = await offices.handedOver(district, count, { certificateIssuedOn: "2017-03-01" });
  await concluded(offices, district, applications);
  const { refused } = await call(
    markingRoutes.markByAnnotation,
    { campaign, applications },
    { context: offices.as(district.handler) },
  );
  expect(refused).toBe(0);
  return applications;
}

function archive(applications: string[], { by = offices.wanzhou.lead, box = "1", firstItem = 1 } = {}) {
  return call(
    routes.archiveMany,
    { campaign, applications, box, firstItem, opinionBy: "stamp" },
    { context: offices.as(by) },
  );
}

async function itemsOf(application: string) {
  const { rows } = await offices.db.owner.query(
    "select copy, place, box, item, opinion_by, filed_by from shice.archive_item where application_id = $1 order by copy",
    [application],
  );
  return rows;
}

test("N44, N45: one copy to the personal file, one to the district's archive with box and item; how the conclusion stands on it", async () => {
  const { wanzhou } = offices;
  const [first = "", second = ""] = await marked(wanzhou, 2);
  expect(await archive([first, second], { box: "2017-001", firstItem: 5 })).toMatchObject({ done: 2, refused: 0 });
  expect(await itemsOf(second)).toEqual([
    { copy: 1, place: "personal-file", box: null, item: null, opinion_by: "stamp", filed_by: wanzhou.lead.accountId },
    {
      copy: 2,
      place: "authority-archive",
      box: "2017-001",
      item: 6,
      opinion_by: "stamp",
      filed_by: wanzhou.lead.accountId,
    },
  ]);
  const { items } = await call(
    routes.listCatalogue,
    { campaign, box: "2017-001" },
    { context: offices.as(wanzhou.reviewer) },
  );
  expect(items.map(({ application, item }) => [application, item])).toEqual([
    [first, 5],
    [second, 6],
  ]);
});

test("N45: nothing is filed before its certificate is marked; its place in the box stays free for it", async () => {
  const { wanzhou } = offices;
  const [ready = ""] = await marked(wanzhou, 1);
  const [waiting = ""] = await offices.handedOver(wanzhou, 1, { certificateIssuedOn: "2017-03-01" });
  await concluded(offices, wanzhou, [waiting]);
  const outcome = await archive([waiting, ready], { box: "2017-002" });
  expect(outcome.rows.map(({ application, ok, refusal }) => [application, ok, refusal?.code])).toEqual([
    [waiting, false, "marking.missing"],
    [ready, true, undefined],
  ]);
  expect((await itemsOf(ready))[1]?.item).toBe(2);
  await call(
    markingRoutes.markByAnnotation,
    { campaign, applications: [waiting] },
    { context: offices.as(wanzhou.handler) },
  );
  expect((await archive([waiting], { box: "2017-002" })).done).toBe(1);
  expect((await itemsOf(waiting))[1]?.item).toBe(1);
});

test("N45: a place in a box is taken once; a repetition changes nothing; each district has its own boxes", async () => {
  const { wanzhou, yuzhong } = offices;
  const [first = "", second = ""] = await marked(wanzhou, 2);
  await archive([first], { box: "2017-003" });
  const taken = await archive([second], { box: "2017-003" });
  expect(taken.rows[0]?.refusal?.code).toBe("archive.item-taken");
  expect((await archive([first], { box: "2017-003" })).rows[0]?.refusal?.code).toBe("case.wrong-state");
  expect(await itemsOf(first)).toHaveLength(2);

  const [elsewhere = ""] = await marked(yuzhong, 1);
  expect((await archive([elsewhere], { by: yuzhong.reviewer, box: "2017-003" })).done).toBe(1);
  const { items } = await call(
    routes.listCatalogue,
    { campaign, box: "2017-003" },
    { context: offices.as(yuzhong.lead) },
  );
  expect(items.map(({ application }) => application)).toEqual([elsewhere]);
  expect((await archive([second], { by: yuzhong.lead, box: "9" })).rows[0]?.refusal?.code).toBe("case.out-of-scope");
});

test("two people file into the same place at once: one is there", async () => {
  const { wanzhou } = offices;
  const [first = "", second = ""] = await marked(wanzhou, 2);
  const results = await Promise.allSettled([
    archive([first], { box: "2017-004" }),
    archive([second], { box: "2017-004", by: wanzhou.reviewer }),
  ]);
  const done = results.map((result) => (result.status === "fulfilled" ? result.value.done : 0));
  expect(done.reduce((sum, one) => sum + one, 0)).toBe(1);
  const { rows } = await offices.db.owner.query(
    "select count(*)::int as filed from shice.archive_item where box = '2017-004'",
  );
  expect(rows[0].filed).toBe(1);
});

test("the catalogue goes on from page to page, and is not for the handler of stickers", async () => {
  const { wanzhou, handler } = { wanzhou: offices.wanzhou, handler: offices.wanzhou.handler };
  const applications = await marked(wanzhou, 3);
  await archive(applications, { box: "2017-005" });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await call(
      routes.listCatalogue,
      { campaign, box: "2017-005", limit: 1, ...(after === undefined ? {} : { after }) },
      { context: offices.as(wanzhou.lead) },
    );
    seen.push(...page.items.map(({ application }) => application));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(applications);
  expect(await refusalCodeOf(call(routes.listCatalogue, { campaign }, { context: offices.as(handler) }))).toBe(
    "request.forbidden",
  );
});

test("N51: from submission to the archive every act stands in a history that holds together", async () => {
  const report = await verified(offices);
  expect(report.faults).toEqual([]);
  expect(report.rows).toBeGreaterThan(report.applications * 9);
});

test("N44: a conclusion that the plan does not mark is filed straight from the decision", async () => {
  const other = await openOffices((plan) => ({
    ...plan,
    conclusions: plan.conclusions.map((conclusion) => ({ ...conclusion, marked: conclusion.key !== "fail" })),
  }));
  const [application = ""] = await other.handedOver(other.wanzhou, 1);
  await concluded(other, other.wanzhou, [application], { conclusion: "fail" });
  const outcome = await call(
    routes.archiveMany,
    { campaign: other.campaign.key, applications: [application], box: "1", firstItem: 1, opinionBy: "hand" },
    { context: other.as(other.wanzhou.lead) },
  );
  expect(outcome).toMatchObject({ done: 1, refused: 0 });
});
