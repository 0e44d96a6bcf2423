import { beforeAll, expect, test } from "vitest";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { preliminaryRoutes } from "../preliminary/routes.ts";
import { sweep } from "../sweep/sweep.ts";
import { completeFacts } from "../testing/complete-form.ts";
import { submitted } from "../testing/handed-over.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { District, Offices, Staff } from "../testing/offices-shape.ts";
import { anotherSchool } from "../testing/schools.ts";
import { resubmitted } from "../testing/teacher.ts";
import { returnsRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
let second: District;
const cases = { twice: "", once: "", lapsed: "", passedOn: "", elsewhere: "" };

/** Two schools of Wanzhou and one of Yuzhong, with every kind of return that there is. */
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
  const { wanzhou, yuzhong, clock } = offices;
  second = await anotherSchool(offices, wanzhou, "万州区第二中学");
  clock.set("2017-10-12T09:00");
  const [twice = ""] = await submitted(offices, wanzhou, 1, completeFacts());
  const [once = ""] = await submitted(offices, wanzhou, 1, completeFacts());
  const [lapsed = ""] = await submitted(offices, wanzhou, 3);
  const [passedOn = ""] = await offices.handedOver(second, 1);
  await submitted(offices, second, 1);
  const [elsewhere = ""] = await submitted(offices, yuzhong, 1);
  Object.assign(cases, { twice, once, lapsed, passedOn, elsewhere });
  const giveBack = (district: District, application: string, reasons: string[]) =>
    call(
      confirmationRoutes.returnToApplicant,
      { campaign, application, reasons },
      { context: offices.as(district.clerk) },
    );
  await giveBack(wanzhou, twice, ["post-differs", "photo-unfit"]);
  await giveBack(wanzhou, once, ["post-differs"]);
  await giveBack(wanzhou, lapsed, ["photo-unfit"]);
  await giveBack(yuzhong, elsewhere, ["school-wrong"]);
  for (const application of [twice, once]) await resubmitted(offices, application);
  clock.set("2017-10-13T09:00");
  await giveBack(wanzhou, twice, ["post-differs"]);
  clock.set("2017-11-04T00:00");
  await sweep(offices.services);
  clock.set("2017-11-07T09:00");
  await call(
    preliminaryRoutes.sendBack,
    { campaign, application: passedOn, reasons: ["training-missing"] },
    { context: offices.as(wanzhou.reviewer) },
  );
  await call(
    confirmationRoutes.passOnReturn,
    { campaign, application: passedOn, reasons: ["training-missing"] },
    { context: offices.as(second.clerk) },
  );
});

const rank = (by: Staff, filter: object = {}) =>
  call(routes.rankReturns, { campaign, ...filter }, { context: offices.as(by) });
const list = async (by: Staff, filter: object = {}) =>
  (await call(routes.listReturned, { campaign, ...filter }, { context: offices.as(by) })).items;

test("a school sees its own reasons ranked, the rounds, and how many were answered in time", async () => {
  const { wanzhou } = offices;
  const seen = await rank(wanzhou.clerk);
  expect(seen).toMatchObject({
    submitted: 5,
    total: { cases: 3, returns: 4, answered: 2, expired: 2, open: 0 },
    rounds: [
      { rounds: 1, cases: 2 },
      { rounds: 2, cases: 1 },
    ],
    by: "school",
  });
  expect(
    seen.reasons.map(({ code, cases: of, returns, answered, expired }) => [code, of, returns, answered, expired]),
  ).toEqual([
    ["post-differs", 2, 3, 2, 1],
    ["photo-unfit", 2, 2, 1, 1],
  ]);
  expect(seen.reasons[0]?.text).toBe("任教学段、学科与实际岗位不一致");
  expect(seen.places.map(({ name }) => name)).toEqual([wanzhou.school.name]);
});

test("a district has its schools side by side, the one most often returned first; what is passed on counts once", async () => {
  const { wanzhou } = offices;
  const seen = await rank(wanzhou.lead);
  expect(seen.places).toMatchObject([
    { name: wanzhou.school.name, submitted: 5, cases: 3, returns: 4, first: "任教学段、学科与实际岗位不一致" },
    { name: second.school.name, submitted: 2, cases: 1, returns: 1, open: 1, first: "缺少培训证明或学时不清" },
  ]);
  expect(await rank(wanzhou.reviewer, { stage: "preliminary" })).toMatchObject({
    total: { cases: 1, returns: 1, open: 1 },
  });
  expect(await rank(wanzhou.reviewer, { school: second.school.id })).toMatchObject({
    submitted: 2,
    total: { returns: 1 },
  });
});

test("the centre compares districts, then the schools of one", async () => {
  const { centreReviewer, wanzhou, yuzhong } = offices;
  const wide = await rank(centreReviewer);
  expect(wide.by).toBe("authority");
  expect(wide.places.map(({ name, cases: of }) => [name, of])).toEqual([
    [yuzhong.authority.name, 1],
    [wanzhou.authority.name, 4],
  ]);
  const near = await rank(centreReviewer, { authority: wanzhou.authority.id });
  expect([near.by, near.places.length, near.total.cases]).toEqual(["school", 2, 4]);
});

test("every figure opens the cases behind it, and no others", async () => {
  const { wanzhou, centreReviewer } = offices;
  const seen = await rank(wanzhou.lead);
  for (const { code, cases: of } of seen.reasons) expect(await list(wanzhou.lead, { reason: code })).toHaveLength(of);
  for (const { rounds, cases: of } of seen.rounds) expect(await list(wanzhou.lead, { rounds })).toHaveLength(of);
  for (const { id, cases: of } of seen.places) expect(await list(wanzhou.lead, { school: id })).toHaveLength(of);
  const expired = await list(wanzhou.lead, { outcome: "expired" });
  expect(expired.map(({ application }) => application).toSorted()).toEqual([cases.twice, cases.lapsed].toSorted());
  expect(expired.find(({ application }) => application === cases.twice)).toMatchObject({
    rounds: 2,
    lastOutcome: "expired",
    stateTitle: "视为自动放弃",
    reasons: ["任教学段、学科与实际岗位不一致", "照片不符合要求"].toSorted(),
  });
  expect(await list(centreReviewer, { outcome: "open" })).toMatchObject([{ application: cases.passedOn, rounds: 1 }]);
  const first = await call(routes.listReturned, { campaign, limit: 2 }, { context: offices.as(wanzhou.lead) });
  const rest = await call(
    routes.listReturned,
    { campaign, limit: 2, after: first.next ?? "" },
    { context: offices.as(wanzhou.lead) },
  );
  const all = [...first.items, ...rest.items].map(({ application }) => application);
  expect(new Set(all).size).toBe(4);
});

test("nobody sees another's: not a school its neighbour's, not a district another's, whatever is asked", async () => {
  const { wanzhou, yuzhong } = offices;
  expect((await rank(second.clerk)).total).toMatchObject({ cases: 1 });
  expect((await rank(yuzhong.lead, { authority: wanzhou.authority.id })).total.cases).toBe(0);
  expect(await list(yuzhong.clerk, { school: wanzhou.school.id })).toEqual([]);
  expect(await refusalCodeOf(rank(offices.approver))).toBe("request.forbidden");
});
