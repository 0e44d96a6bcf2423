import { beforeAll, expect, test } from "vitest";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { District, Offices } from "../testing/offices-shape.ts";
import { concluded, decided, noticed, published } from "../testing/through.ts";
import { reportRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
});

const prepare = ({ reviewer }: District) => call(routes.prepareReport, { campaign }, { context: offices.as(reviewer) });
const report = (id: string, { lead }: District) =>
  call(routes.report, { campaign, report: id }, { context: offices.as(lead) });
const centre = () => ({ context: offices.as(offices.centreReviewer) });

async function stateOf(application: string): Promise<string> {
  const { rows } = await offices.db.owner.query("select state from shice.application where id = $1", [application]);
  return rows[0].state;
}

/** Everyone whose notice has run is reported, so that the next test begins with an empty table. */
async function cleared(district: District) {
  offices.clock.set("2017-11-20T16:00");
  const { id } = await prepare(district);
  await report(id, district);
}

test("N34: the table is computed after the notice, adds up, and takes along everyone whose notice has run", async () => {
  const { wanzhou, clock } = offices;
  const ready = await offices.handedOver(wanzhou, 3);
  await noticed(offices, wanzhou, ready);
  const [onNotice = ""] = await offices.handedOver(wanzhou, 1);
  await published(offices, wanzhou, [onNotice]);
  clock.set("2017-11-20T10:00");
  const prepared = await prepare(wanzhou);
  expect(prepared.figures).toMatchObject({
    applied: 4,
    due: 4,
    confirmed: 4,
    "under-way": 4,
    "preliminary.pass.periodic": 4,
    schools: 1,
  });
  const { report: sent, outcome } = await report(prepared.id, wanzhou);
  expect(outcome).toMatchObject({ done: 3, refused: 0 });
  expect(sent).toMatchObject({
    cases: 3,
    lateMinutes: 0,
    number: 1,
    reportedBy: wanzhou.lead.name,
    preparedBy: wanzhou.reviewer.name,
  });
  for (const application of ready) expect(await stateOf(application)).toBe("reported");
  expect(await stateOf(onNotice)).toBe("on-notice");
});

test("N34: two people sign: who prepared the table does not report it, and it is reported once", async () => {
  const { yuzhong, clock } = offices;
  const [application = ""] = await offices.handedOver(yuzhong, 1);
  await noticed(offices, yuzhong, [application]);
  clock.set("2017-11-20T10:00");
  const { id } = await prepare(yuzhong);
  const same = { ...yuzhong.lead, accountId: yuzhong.reviewer.accountId, postId: yuzhong.reviewer.postId };
  const alone = call(routes.report, { campaign, report: id }, { context: offices.as(same) });
  expect(await refusalCodeOf(alone)).toBe("report.same-person");
  expect(
    await refusalCodeOf(call(routes.report, { campaign, report: id }, { context: offices.as(yuzhong.reviewer) })),
  ).toBe("request.forbidden");
  expect(await refusalCodeOf(report(id, offices.wanzhou))).toBe("request.not-found");
  const results = await Promise.allSettled([report(id, yuzhong), report(id, yuzhong)]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [lost] = results.filter((result) => result.status === "rejected");
  expect(lost?.reason.refusal.code).toBe("report.reported-already");
});

test("N34: not even the database takes one person's two signatures", async () => {
  const { yuzhong, db } = offices;
  const [application = ""] = await offices.handedOver(yuzhong, 1);
  await noticed(offices, yuzhong, [application]);
  const { id } = await prepare(yuzhong);
  const signing = db.owner.query("update shice.report set reported_by = prepared_by where id = $1", [id]);
  await expect(signing).rejects.toMatchObject({ constraint: "report_under_two_signatures" });
  await cleared(yuzhong);
});

test("N34: figures that changed since they were prepared are not reported; prepared again, they are", async () => {
  const { yuzhong, clock } = offices;
  const [application = ""] = await offices.handedOver(yuzhong, 1);
  await noticed(offices, yuzhong, [application]);
  clock.set("2017-11-20T10:00");
  const prepared = await prepare(yuzhong);
  await decided(offices, yuzhong, await offices.handedOver(yuzhong, 1), { conclusion: "fail" });
  clock.set("2017-11-20T11:00");
  expect(await refusalCodeOf(report(prepared.id, yuzhong))).toBe("report.figures-changed");
  expect(await stateOf(application)).toBe("noticed");
  const again = await prepare(yuzhong);
  expect(again.id).toBe(prepared.id);
  expect(again.figuresHash).not.toBe(prepared.figuresHash);
  expect((await report(again.id, yuzhong)).outcome.done).toBe(1);
});

test("N35: electronic by 20 November 17:00: the minute is in, the next one is late and shown", async () => {
  const { yuzhong, clock } = offices;
  const lateOf = async (at: string) => {
    await noticed(offices, yuzhong, await offices.handedOver(yuzhong, 1));
    clock.set(at);
    const { id } = await prepare(yuzhong);
    return (await report(id, yuzhong)).report.lateMinutes;
  };
  expect(await lateOf("2017-11-20T17:00")).toBe(0);
  expect(await lateOf("2017-11-20T17:00:01")).toBe(1);
  expect(await lateOf("2017-11-21T09:30")).toBe(990);
});

test("N36: the sealed paper is recorded by the centre, by 22 November 17:00, once, and only for what was sent", async () => {
  const { yuzhong, clock } = offices;
  await noticed(offices, yuzhong, await offices.handedOver(yuzhong, 1));
  clock.set("2017-11-20T10:00");
  const { id } = await prepare(yuzhong);
  const receive = () => call(routes.receivePaper, { campaign, report: id }, centre());
  expect(await refusalCodeOf(receive())).toBe("report.not-reported");
  expect(await refusalCodeOf(call(routes.acceptReport, { campaign, report: id }, centre()))).toBe(
    "report.not-reported",
  );
  await report(id, yuzhong);
  clock.set("2017-11-22T17:10");
  expect(await receive()).toMatchObject({ paperLateMinutes: 10 });
  expect(await refusalCodeOf(receive())).toBe("report.paper-already");
  const district = call(routes.receivePaper, { campaign, report: id }, { context: offices.as(yuzhong.lead) });
  expect(await refusalCodeOf(district)).toBe("request.forbidden");
  const accept = () => call(routes.acceptReport, { campaign, report: id }, { context: offices.as(offices.manager) });
  expect((await accept()).acceptedAt).not.toBeNull();
  expect(await refusalCodeOf(accept())).toBe("report.accepted-already");
});

test("nothing is reported while nobody's notice has run and some are still under way", async () => {
  const { wanzhou, clock } = offices;
  await published(offices, wanzhou, await offices.handedOver(wanzhou, 1));
  clock.set("2017-11-20T10:00");
  const { id } = await prepare(wanzhou);
  expect(await refusalCodeOf(report(id, wanzhou))).toBe("report.nothing-ready");
});

test("a district sees its own reports, the centre and the auditor all of them", async () => {
  const { wanzhou, yuzhong } = offices;
  const authorities = async (context: { context: ReturnType<Offices["as"]> }) => {
    const { items } = await call(routes.listReports, { campaign, limit: 500 }, context);
    return new Set(items.map(({ authorityId }) => authorityId));
  };
  expect(await authorities({ context: offices.as(wanzhou.lead) })).toEqual(new Set([wanzhou.authority.id]));
  const all = new Set([wanzhou.authority.id, yuzhong.authority.id]);
  expect(await authorities(centre())).toEqual(all);
  expect(await authorities({ context: offices.as(offices.auditor) })).toEqual(all);
});

test("N34, N46: every figure is the number of the people it opens, in the district and in the city", async () => {
  const { wanzhou, yuzhong, db } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1, { certificateIssuedOn: "2017-05-01" });
  await concluded(offices, wanzhou, [application], { conclusion: "defer" });
  await roster(wanzhou, "due", null);
  await roster(wanzhou, "retiring", "retiring");
  await roster(wanzhou, "not-due", null);
  await db.owner.query(
    `insert into shice.roster_entry (campaign_id, school_id, confirmation_point_id, authority_id, name, id_number_sealed, id_number_index, standing, source, entered_at)
     select a.campaign_id, a.school_id, a.school_id, a.authority_id, a.name, p.id_number_sealed, p.id_number_index, 'due', 'excel', a.created_at
     from shice.application a join shice.person p on p.id = a.person_id where a.id = $1`,
    [application],
  );

  for (const context of [{ context: offices.as(wanzhou.lead) }, centre(), { context: offices.as(offices.auditor) }]) {
    const { figures, rows, violations } = await call(routes.getStatistics, { campaign }, context);
    expect(violations).toEqual([]);
    const total = rows.find(({ key }) => key === "total")?.values ?? {};
    expect(total["not-applied"]).toBe(2);
    expect(total["not-applied.reason.retiring"]).toBe(1);
    expect(total["final.defer"]).toBe(1);
    expect(total["due"]).toBe((total["applied"] ?? 0) + 2);
    for (const { key } of figures) {
      if (key.startsWith("stickers.") || key.startsWith("objections-") || key === "schools") continue;
      const { items } = await call(routes.listPeople, { campaign, figure: key, limit: 500 }, context);
      expect([key, items.length]).toEqual([key, total[key]]);
    }
  }
  const { rows: areas } = await call(routes.getStatistics, { campaign, by: "area" }, centre());
  expect(areas.map(({ title }) => title)).toEqual(["万州区", "渝中区", "合计"]);
  const { items } = await call(
    routes.listPeople,
    { campaign, figure: "not-applied", authority: yuzhong.authority.id },
    centre(),
  );
  expect(items).toEqual([]);
  const { rows: kinds, violations } = await call(routes.getStatistics, { campaign, by: "institution-kind" }, centre());
  expect(kinds.map(({ title }) => title)).toEqual(["初级中学", "合计"]);
  expect(violations).toEqual([]);
});

test("the list behind a figure goes on from page to page, over applications and roster, and its reading is logged", async () => {
  const { wanzhou, db } = offices;
  const lead = { context: offices.as(wanzhou.lead) };
  const { rows } = await call(routes.getStatistics, { campaign, by: "none" }, lead);
  const due = rows[0]?.values["due"] ?? 0;
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await call(
      routes.listPeople,
      { campaign, figure: "due", limit: 2, ...(after === undefined ? {} : { after }) },
      lead,
    );
    seen.push(...page.items.map(({ application, name }) => application ?? name));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toHaveLength(due);
  expect(new Set(seen).size).toBe(due);
  expect(await refusalCodeOf(call(routes.listPeople, { campaign, figure: "no-such" }, lead))).toBe("request.not-found");
  const { rows: logged } = await db.owner.query(
    "select count(*)::int as views from shice.audit_entry where action = 'list-people-of-figure' and account_id = $1",
    [wanzhou.lead.accountId],
  );
  expect(logged[0].views).toBeGreaterThan(1);
});

test("a plan without a re-review: reported is ready for the decision, with the conclusion proposed", async () => {
  const other = await openOffices((plan) => {
    const { review: _, ...stages } = plan.stages;
    return { ...plan, stages };
  });
  const [application = ""] = await other.handedOver(other.wanzhou, 1);
  await noticed(other, other.wanzhou, [application], { conclusion: "fail" });
  other.clock.set("2017-11-20T10:00");
  const at = { campaign: other.campaign.key };
  const { id } = await call(routes.prepareReport, at, { context: other.as(other.wanzhou.reviewer) });
  await call(routes.report, { ...at, report: id }, { context: other.as(other.wanzhou.lead) });
  const { rows } = await other.db.owner.query(
    "select state, reviewed_conclusion from shice.application where id = $1",
    [application],
  );
  expect(rows[0]).toEqual({ state: "reviewed", reviewed_conclusion: "fail" });
});

let people = 0;
async function roster({ authority, school }: District, standing: string, reason: string | null) {
  people += 1;
  const { db, clock } = offices;
  const idNumber = `roster ${people}`;
  await db.owner.query(
    `insert into shice.roster_entry (campaign_id, school_id, confirmation_point_id, authority_id, name, id_number_sealed, id_number_index, standing, reason, source, entered_at)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, 'hand', $9)`,
    [
      offices.campaign.id,
      school.id,
      authority.id,
      `名册${people}`,
      db.secrets.encrypt(idNumber, "roster.id-number"),
      db.secrets.blindIndex(idNumber, "person.id-number"),
      standing,
      reason,
      clock.now().toString(),
    ],
  );
}

test("what a list of reports offers is what a call answers: to the lead, to the centre, to nobody else", async () => {
  const { wanzhou, clock } = offices;
  await noticed(offices, wanzhou, await offices.handedOver(wanzhou, 1));
  clock.set("2017-11-20T10:00");
  const { id } = await prepare(wanzhou);
  const offeredTo = async (person: typeof wanzhou.lead) => {
    const { items } = await call(routes.listReports, { campaign, limit: 500 }, { context: offices.as(person) });
    return items.find((item) => item.id === id)?.actions;
  };
  expect(await offeredTo(wanzhou.reviewer)).toEqual([]);
  expect(await offeredTo(wanzhou.lead)).toMatchObject([{ name: "report", allowed: true }]);

  // Another case becomes ready: the figures are no longer those that were prepared.
  await noticed(offices, wanzhou, await offices.handedOver(wanzhou, 1));
  clock.set("2017-11-20T11:00");
  const [changed] = (await offeredTo(wanzhou.lead)) ?? [];
  expect(changed).toMatchObject({ allowed: false, refusal: { code: "report.figures-changed" } });
  expect(await refusalCodeOf(report(id, wanzhou))).toBe("report.figures-changed");

  const again = await prepare(wanzhou);
  await report(again.id, wanzhou);
  const sent = { campaign, report: again.id };
  const offeredAtCentre = async () => {
    const { items } = await call(routes.listReports, { campaign, limit: 500 }, centre());
    return items.find((item) => item.id === again.id)?.actions.filter(({ allowed }) => allowed);
  };
  expect(await offeredAtCentre()).toMatchObject([{ name: "receive-paper" }, { name: "accept-report" }]);
  await call(routes.receivePaper, sent, centre());
  await call(routes.acceptReport, sent, centre());
  expect(await offeredAtCentre()).toEqual([]);
});
