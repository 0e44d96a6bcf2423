import { beforeAll, expect, test } from "vitest";
import { loadCases } from "../case/facts.ts";
import { transitionOne } from "../case/transition.ts";
import { casesRoutes } from "../cases/routes.ts";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { runAct } from "../request/run-act.ts";
import { withActContext } from "../testing/act-context.ts";
import { submitted } from "../testing/handed-over.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { campaignsRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
let refused: string;
let left: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
  const { plan, wanzhou, clock } = offices;
  clock.set("2017-10-10T09:00");
  [refused = "", left = ""] = await submitted(offices, wanzhou, 2);
  const [code = ""] = plan.reasons.filter(({ use }) => use.includes("refuse")).map((reason) => reason.code);
  const refusal = { campaign, application: refused, reasons: [code], reason: "不在注册范围" };
  await call(confirmationRoutes.refuse, refusal, { context: offices.as(wanzhou.clerk) });
});

const manager = () => ({ context: offices.as(offices.manager) });
const close = () => call(routes.closeCampaign, { campaign }, manager());
const once = { key: "0198a000-0000-7000-8000-0000000000aa", requestHash: Buffer.from("the same request") };
const extend = () =>
  call(
    routes.grantExtension,
    {
      campaign,
      stage: "confirm",
      school: offices.wanzhou.school.id,
      until: "2017-11-06T00:00:00+08:00",
      reason: "停电",
    },
    { context: { ...offices.as(offices.manager), idempotency: once } },
  );
let extended: { extension: string };
const askText = (text: string) => call(routes.setText, { campaign, kind: "attention", text }, manager());

test("a campaign with an unfinished case, or with a roster being written, is not closed", async () => {
  extended = await extend();
  expect(await refusalCodeOf(close())).toBe("campaign.cases-pending");
  await call(casesRoutes.carryOver, { campaign, application: left, reason: "转入下一批次办理。" }, manager());
  const { owner } = offices.db;
  const { rows } = await owner.query(
    `insert into shice.roster_import (campaign_id, organisation_id, scope_kind, account_id, role, file_name, state, rows_total, parts, asked_at)
     values ($1, $2, 'school', $3, 'school-clerk', '名册.xlsx', 'applying', 1, 1, now()) returning id`,
    [offices.campaign.id, offices.wanzhou.school.id, offices.wanzhou.clerk.accountId],
  );
  expect(await refusalCodeOf(close())).toBe("campaign.imports-pending");
  await owner.query("delete from shice.roster_import where id = $1", [rows[0].id]);
});

test("closing waits for the acts under way, and what comes while it waits is refused", async () => {
  const begun = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const order: string[] = [];
  const { services } = offices;
  const underWay = runAct(offices.as(offices.manager), campaign, async () => {
    begun.resolve();
    await go.promise;
    order.push("act");
    return { done: true };
  });
  await begun.promise;
  const closing = close().then((view) => {
    order.push("closed");
    return view;
  });
  const waiting = async () =>
    (
      await offices.db.owner.query(
        "select from pg_locks where locktype = 'advisory' and classid = 7233003 and not granted",
      )
    ).rowCount;
  await expect.poll(waiting).toBe(1);
  const late = refusalCodeOf(askText("逾期的注意事项"));
  await expect.poll(waiting).toBe(2);
  go.resolve();
  await underWay;
  expect((await closing).closedAt).not.toBeNull();
  expect(order).toEqual(["act", "closed"]);
  expect(await late).toBe("campaign.closed");
  expect((await services.campaigns.find(campaign))?.closedAt).not.toBeNull();
});

test("afterwards acts are refused, also by a program that has not read of the closing", async () => {
  const { services, wanzhou } = offices;
  const known = await services.campaigns.find(campaign);
  if (known === undefined) throw new Error("the campaign is known");
  known.closedAt = null;
  expect(await refusalCodeOf(askText("逾期的注意事项"))).toBe("campaign.closed");
  const before = { campaign, application: left, version: 2 };
  expect(await refusalCodeOf(call(confirmationRoutes.confirm, before, { context: offices.as(wanzhou.clerk) }))).toBe(
    "campaign.closed",
  );
  // No window stays open, whatever the calendar says.
  const view = await call(routes.getWindow, { campaign, stage: "apply" }, manager());
  expect(view).toMatchObject({ open: false, why: "over", sentence: "本批次已结束，网上报名不再办理。" });
  expect(view.left).toEqual({ days: 0, minutes: 0 });
  // Closed once: there is nothing to close again.
  expect(await refusalCodeOf(close())).toBe("campaign.closed");
  // The rules say it too, whoever asks them.
  const outcome = await withActContext(offices, wanzhou.clerk, (ctx) =>
    transitionOne(ctx, "unconfirm", { applicationId: left, reason: "误确认" }),
  );
  expect(outcome).toMatchObject({ ok: false, refusal: { code: "campaign.closed" } });
});

test("what was done before the closing is answered again; reading and the remedies go on", async () => {
  // The answer was lost, and the same request comes again.
  expect(await extend()).toEqual(extended);
  const { wanzhou } = offices;
  const lead = () => ({ context: offices.as(wanzhou.lead) });
  const appeal = { campaign, application: refused, statement: "本人来信说明：材料齐全，学校误作不予受理。" };
  expect(await call(casesRoutes.appealEnding, appeal, lead())).toMatchObject({ state: "refused" });
  const view = await call(casesRoutes.getCase, { campaign, application: refused }, lead());
  expect(view.actions.filter(({ allowed }) => allowed).map(({ name }) => name)).toEqual(["dismiss-appeal", "reopen"]);
  const reopened = await call(casesRoutes.reopen, { campaign, application: refused, reason: "经核查情况属实" }, lead());
  expect(reopened).toMatchObject({ state: "submitted" });
  expect(
    await call(
      casesRoutes.carryOver,
      { campaign, application: refused, reason: "申诉成立，转入下一批次办理。" },
      manager(),
    ),
  ).toMatchObject({ state: "submitted" });
  await withActContext(offices, wanzhou.lead, async ({ tx, campaign: found, now, secrets }) => {
    const cases = await loadCases(tx, found, [refused], { lock: false, now, secrets, checkForm: false });
    expect(cases.get(refused)?.row.carried_over).toBe("申诉成立，转入下一批次办理。");
  });
});
