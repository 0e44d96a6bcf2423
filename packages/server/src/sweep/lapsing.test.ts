import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import { type WindowedStage, windowedStages } from "@shice/rules/plan/stage.ts";
import { runsOf } from "@shice/rules/testing/size.ts";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadCases } from "../case/facts.ts";
import { settingOf } from "../case/rule-setting.ts";
import { systemActor } from "../case/system-actor.ts";
import { casesRoutes } from "../cases/routes.ts";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { kyselyOn } from "../platform/database/database.ts";
import { preliminaryRoutes } from "../preliminary/routes.ts";
import { getCampaign } from "../request/run-act.ts";
import { rosterRoutes } from "../roster/routes.ts";
import { submitted } from "../testing/handed-over.ts";
import { callRoute as call, openOffices } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { listLapsing } from "./queries.ts";
import { windowIsOver } from "./sweep.ts";

// The list of cases that lapse comes from SQL, and the rules judge each of them again. Both must say the same.

let offices: Offices;
let ids: string[] = [];
beforeAll(async () => {
  offices = await openOffices();
  const { clock, wanzhou, yuzhong, manager, campaign: known } = offices;
  const campaign = known.key;
  clock.set("2017-10-20T09:00");
  const clerk = { context: offices.as(wanzhou.clerk) };
  const mine = await submitted(offices, wanzhou, 8);
  const others = await submitted(offices, yuzhong, 3);
  const [early = "", late = "", , , , carried = "", carriedUnseen = ""] = mine;
  const seen = [...mine.slice(0, 4), carried];
  await call(rosterRoutes.acknowledgeLapse, { campaign, applications: seen }, clerk);
  for (const [application, replyBy] of [
    [early, "2017-10-25T10:00:00+08:00"],
    [late, "2017-11-02T10:00:00+08:00"],
  ] as const) {
    await call(
      confirmationRoutes.returnToApplicant,
      { campaign, application, reasons: ["post-differs"], replyBy },
      clerk,
    );
  }
  for (const application of [carried, carriedUnseen]) {
    const reason = "转入下一批次办理。";
    await call(casesRoutes.carryOver, { campaign, application, reason }, { context: offices.as(manager) });
  }
  // The district has sent it back, and the school has passed the question on to the teacher.
  const [asked = ""] = await offices.handedOver(wanzhou, 1);
  clock.set("2017-11-07T09:00");
  const question = { campaign, application: asked, replyBy: "2017-11-09T18:00:00+08:00" };
  await call(
    preliminaryRoutes.sendBack,
    { ...question, reasons: ["post-differs"] },
    { context: offices.as(wanzhou.reviewer) },
  );
  await call(
    confirmationRoutes.passOnReturn,
    { ...question, reasons: ["post-differs"], replyBy: "2017-11-08T18:00:00+08:00" },
    clerk,
  );
  ids = [...mine, ...others, asked];
});

const anyMoment = fc
  .integer({ min: 0, max: 35 * 24 * 4 })
  .map((quarters) => Temporal.Instant.from("2017-10-20T00:00:00Z").add({ minutes: 15 * quarters }));
const anyExtension = fc.record({
  stage: fc.constantFrom<WindowedStage>("confirm", "confirm", ...windowedStages),
  of: fc.constantFrom("application", "school", "authority"),
  which: fc.nat(),
  until: anyMoment,
});

test("property: SQL lists exactly the cases that the rules let lapse, at any time and under any extensions", async () => {
  const { db, wanzhou, yuzhong, manager } = offices;
  const { secrets } = db;
  const campaign = await getCampaign(offices.services, offices.campaign.key);
  let [listed, kept] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anyMoment, fc.array(anyExtension, { maxLength: 3 }), async (now, extensions) => {
      const client = await db.owner.connect();
      try {
        await client.query("begin");
        for (const { stage, of, which, until } of extensions) {
          const district = which % 2 === 0 ? wanzhou : yuzhong;
          const place = {
            application: ids[which % ids.length],
            school: district.school.id,
            authority: district.authority.id,
          };
          await client.query(
            `insert into shice.extension (campaign_id, stage, ${of}_id, from_at, until_at, reason, granted_by, granted_at)
             values ($1, $2, $3, $4::timestamptz - interval '40 days', $4, '特殊情况', $5, $4::timestamptz - interval '40 days')`,
            [campaign.id, stage, place[of], until.toString(), manager.accountId],
          );
        }
        const tx = kyselyOn(client);
        const page = { over: windowIsOver(campaign, now), now, after: undefined, limit: 1000 };
        const bySql = await listLapsing(tx, campaign.id, page);
        const cases = await loadCases(tx, campaign, ids, { lock: false, now, secrets, checkForm: false });
        const byRules = [...cases.values()].filter(
          (found) =>
            refusalOf("lapse", found.facts, systemActor, {}, settingOf({ campaign, now }, found)) === undefined,
        );
        expect(bySql).toEqual(byRules.map(({ id }) => id).toSorted());
        listed += bySql.length;
        if (extensions.length > 0 && page.over && bySql.length < 8) kept += 1;
      } finally {
        await client.query("rollback");
        client.release();
      }
    }),
    { numRuns: runsOf(120), seed: 24 },
  );
  expect(listed).toBeGreaterThan(50);
  expect(kept).toBeGreaterThan(5);
});
