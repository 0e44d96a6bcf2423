import { beforeAll, expect, test } from "vitest";
import { preliminaryRoutes } from "../preliminary/routes.ts";
import { callRoute as call, openOffices } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { sweep } from "./sweep.ts";

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});

test("cases that an extension keeps never hold up those behind them, however small the batch; twice changes nothing", async () => {
  const { wanzhou, campaign, clock, db, services } = offices;
  clock.set("2017-11-07T09:00");
  const ids = (await offices.handedOver(wanzhou, 6)).toSorted();
  for (const application of ids) {
    await call(
      preliminaryRoutes.sendBack,
      { campaign: campaign.key, application, reasons: ["copy-unstamped"], replyBy: "2017-11-08T10:00:00+08:00" },
      { context: offices.as(wanzhou.reviewer) },
    );
  }
  // The first four may answer until after the end of the window.
  for (const application of ids.slice(0, 4)) {
    await db.owner.query(
      `insert into shice.extension (campaign_id, stage, application_id, from_at, until_at, reason, granted_by, granted_at)
       values ($1, 'preliminary', $2, $3, '2017-11-15T00:00:00+08:00', '原件遗失，正在补办', $4, $3)`,
      [campaign.id, application, "2017-11-07T01:00:00Z", offices.manager.accountId],
    );
  }
  clock.set("2017-11-08T10:00");
  expect(await sweep(services, 2)).toEqual({ lapsed: 0, expired: 2 });
  const states = await db.owner.query("select state from shice.application where id = any($1) order by id", [ids]);
  expect(states.rows.map(({ state }) => state)).toEqual([
    ...Array(4).fill("sent-back"),
    ...Array(2).fill("handed-over"),
  ]);
  expect(await sweep(services, 2)).toEqual({ lapsed: 0, expired: 0 });

  const both = await Promise.all([sweep(services, 1), sweep(services, 3)]);
  expect(both.map(({ expired }) => expired)).toEqual([0, 0]);
});
