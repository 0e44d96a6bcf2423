import { beforeAll, beforeEach, expect, test } from "vitest";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { submitted } from "../testing/handed-over.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { casesRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
});
beforeEach(() => offices.clock.set("2017-10-10T09:00"));

const statement = "本人来信说明：材料齐全，学校误作不予受理。";

async function refused(): Promise<string> {
  const { plan, wanzhou } = offices;
  const [application = ""] = await submitted(offices, wanzhou, 1);
  const [code = ""] = plan.reasons.filter(({ use }) => use.includes("refuse")).map((reason) => reason.code);
  const input = { campaign, application, reasons: [code], reason: "不在注册范围" };
  await call(confirmationRoutes.refuse, input, { context: offices.as(wanzhou.clerk) });
  return application;
}

const as = (by: "lead" | "manager") => offices.as(by === "lead" ? offices.wanzhou.lead : offices.manager);
const appeal = (application: string) =>
  call(routes.appealEnding, { campaign, application, statement }, { context: as("lead") });
const dismiss = (application: string) =>
  call(routes.dismissEndingAppeal, { campaign, application, reason: "经核查情况不属实" }, { context: as("lead") });
const reopen = (application: string, by: "lead" | "manager" = "lead") =>
  call(routes.reopen, { campaign, application, reason: "经核查情况属实" }, { context: as(by) });
async function appealsOf(application: string) {
  const { rows } = await offices.db.owner.query(
    "select statement, outcome, answer from shice.appeal where application_id = $1 order by raised_at, id",
    [application],
  );
  return rows;
}

test("a lead re-opens a refused case only on an appeal, and the appeal is upheld with it", async () => {
  const application = await refused();
  expect(await refusalCodeOf(reopen(application))).toBe("appeal.missing");
  expect(await refusalCodeOf(reopen(application, "manager"))).toBe("extension.missing");
  expect(await appeal(application)).toMatchObject({ state: "refused" });
  expect(await reopen(application)).toMatchObject({ state: "submitted" });
  expect(await appealsOf(application)).toEqual([{ statement, outcome: "upheld", answer: "经核查情况属实" }]);
  const { rows } = await offices.db.owner.query(
    "select record from shice.application_history where application_id = $1 and transition in ('appeal', 'reopen') order by sequence",
    [application],
  );
  const [raised, reopened] = rows;
  expect(reopened.record).toEqual({ appeal: raised.record.appeal, school: null });
});

test("an appeal that is dismissed stays dismissed; a new refusal may be appealed against anew", async () => {
  const application = await refused();
  await appeal(application);
  expect(await refusalCodeOf(appeal(application))).toBe("appeal.raised-already");
  expect(await dismiss(application)).toMatchObject({ state: "refused" });
  expect(await refusalCodeOf(dismiss(application))).toBe("appeal.missing");
  expect(await refusalCodeOf(reopen(application))).toBe("appeal.missing");
  expect(await refusalCodeOf(appeal(application))).toBe("appeal.raised-already");
  expect(await appealsOf(application)).toEqual([{ statement, outcome: "dismissed", answer: "经核查情况不属实" }]);
});

test("the district of another area finds no case to appeal for", async () => {
  const application = await refused();
  const context = offices.as(offices.yuzhong.lead);
  expect(await refusalCodeOf(call(routes.appealEnding, { campaign, application, statement }, { context }))).toBe(
    "case.out-of-scope",
  );
});
