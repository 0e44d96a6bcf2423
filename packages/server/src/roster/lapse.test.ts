import type { State } from "@shice/rules/lifecycle/state.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { casesRoutes } from "../cases/routes.ts";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { remind } from "../sweep/remind.ts";
import { sweep } from "../sweep/sweep.ts";
import { submitted } from "../testing/handed-over.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Staff } from "../testing/offices-shape.ts";
import { recalled, startedAnew, withdrawAll, withdrawn } from "../testing/teacher.ts";
import { rosterRoutes as routes } from "./routes.ts";

const offices = await openOffices();
const { wanzhou, yuzhong, clock, services, db, manager } = offices;
const campaign = offices.campaign.key;
const end = "2017-11-04T00:00";

beforeEach(() => {
  clock.set("2017-10-20T09:00");
});

const stateOf = async (id: string | undefined): Promise<string> =>
  (await db.owner.query("select state from shice.application where id = $1", [id])).rows[0].state;
const sightOf = async (id: string | undefined) =>
  (
    await db.owner.query(
      "select record -> 'sight' as sight from shice.application_history where application_id = $1 and transition = 'lapse'",
      [id],
    )
  ).rows.map(({ sight }) => sight);
const listed = (by: Staff, filter: { seen?: "yes" | "no"; state?: State } = {}) =>
  call(routes.listWouldLapse, { campaign, limit: 500, ...filter }, { context: offices.as(by) });
const acknowledge = (by: Staff, applications: string[]) =>
  call(routes.acknowledgeLapse, { campaign, applications }, { context: offices.as(by) });
const silent = (by: Staff) => call(routes.listSilentSchools, { campaign }, { context: offices.as(by) });
const note = (by: Staff, count: number, school = wanzhou.school.id) =>
  call(
    routes.noteSilence,
    { campaign, school, count, reason: "学校逾期未核对，已电话核实" },
    { context: offices.as(by) },
  );

/** What lies about from other tests is out of the way. */
async function clear(): Promise<void> {
  await withdrawAll(offices, [wanzhou.clerk, yuzhong.clerk]);
  await db.owner.query("delete from shice.message");
}

describe("N24: nobody lapses whom the school has not seen", () => {
  test("unseen, a case stays where it is however often it is swept; seen, it lapses, and the history says who saw it when", async () => {
    await clear();
    const [one, other] = await submitted(offices, wanzhou, 2);
    expect(
      (await listed(wanzhou.clerk, { seen: "no" })).items.map(({ application }) => application).toSorted(),
    ).toEqual([one, other].toSorted());
    clock.set("2017-11-03T10:00");
    expect(await acknowledge(wanzhou.clerk, [one ?? ""])).toEqual({ seen: 1 });
    clock.set(end);
    expect((await sweep(services)).lapsed).toBe(1);
    expect([await stateOf(one), await stateOf(other)]).toEqual(["lapsed", "submitted"]);
    expect(await sightOf(one)).toEqual([
      { how: "acknowledged", by: wanzhou.clerk.accountId, at: "2017-11-03T02:00:00Z" },
    ]);
    expect((await sweep(services)).lapsed).toBe(0);

    // The strip says what it waits for; whoever looks belatedly lets it go.
    const context = offices.as(wanzhou.clerk);
    const view = await call(casesRoutes.getCase, { campaign, application: other ?? "" }, { context });
    expect(view.standing.sentence).toContain("学校还没有核对过这份申请，暂不按自动放弃处理");
    clock.set("2017-11-05T09:00");
    expect(await acknowledge(wanzhou.clerk, [other ?? ""])).toEqual({ seen: 1 });
    expect((await sweep(services)).lapsed).toBe(1);
    expect(await stateOf(other)).toBe("lapsed");
  });

  test("the unseen never hold up those behind them, however small the batch", async () => {
    await clear();
    const ids = (await submitted(offices, wanzhou, 9)).toSorted();
    const seen = ids.filter((_, at) => at % 3 === 2);
    await acknowledge(wanzhou.clerk, seen);
    clock.set(end);
    expect((await sweep(services, 1)).lapsed).toBe(3);
    const both = await Promise.all([sweep(services, 1), sweep(services, 2)]);
    expect(both.map(({ lapsed }) => lapsed)).toEqual([0, 0]);
    for (const id of ids) expect(await stateOf(id)).toBe(seen.includes(id) ? "lapsed" : "submitted");
  });

  test("taking up a folder, recording a check, returning and ticking off the roster are sights; a look at a list is none", async () => {
    await clear();
    const [taken, checked, returned, ticked, looked] = await submitted(offices, wanzhou, 5);
    const context = offices.as(wanzhou.clerk);
    const of = (application: string | undefined) => ({ campaign, application: application ?? "" });
    await call(confirmationRoutes.takeUp, of(taken), { context });
    await call(confirmationRoutes.putDown, of(taken), { context });
    const check = { materials: [{ material: "certificate", originalSeen: true, copyStamped: true, copies: 1 }] };
    await call(confirmationRoutes.saveChecks, { ...of(checked), ...check, certificate: [] }, { context });
    await call(
      confirmationRoutes.returnToApplicant,
      { ...of(returned), reasons: ["post-differs"], replyBy: "2017-10-25T10:00:00+08:00" },
      { context },
    );
    await call(routes.putOnRoster, { campaign, applications: [ticked ?? ""] }, { context });
    await call(casesRoutes.getCase, of(looked), { context });
    await call(confirmationRoutes.saveChecks, { ...of(looked), materials: [], certificate: [] }, { context });

    const { items } = await listed(wanzhou.clerk);
    const sights = new Map(items.map(({ application, sight, why }) => [application, [why, sight?.text ?? null]]));
    expect([taken, checked, returned, ticked, looked].map((id) => sights.get(id ?? ""))).toEqual([
      ["已提交未确认", "学校已拿起材料核验"],
      ["已提交未确认", "学校已登记核验"],
      ["退回未答复", "学校已办理过"],
      ["已提交未确认", "名册已核对"],
      ["已提交未确认", null],
    ]);
    const counts = await call(routes.countWouldLapse, { campaign }, { context });
    expect(counts).toEqual({
      total: 5,
      unseen: 1,
      draft: 0,
      submitted: 4,
      returned: 1,
      endsAt: "2017-11-03T16:00:00Z",
    });
    clock.set(end);
    expect((await sweep(services)).lapsed).toBe(4);
    expect(await stateOf(looked)).toBe("submitted");
    expect((await sightOf(ticked))[0]).toMatchObject({ how: "roster", by: wanzhou.clerk.accountId });
  });

  test("what one school has seen, the next has not: after a transfer somebody there must look", async () => {
    await clear();
    const [moved] = await submitted(offices, wanzhou, 1);
    await acknowledge(wanzhou.clerk, [moved ?? ""]);
    const school = await secondSchool();
    await call(
      casesRoutes.transfer,
      { campaign, application: moved ?? "", school: school.id, reason: "九月调入该校任教" },
      { context: offices.as(wanzhou.lead) },
    );
    clock.set(end);
    expect((await sweep(services)).lapsed).toBe(0);
    // The former school's word counts no more, nor is the case within its reach.
    expect(await acknowledge(wanzhou.clerk, [moved ?? ""])).toEqual({ seen: 0 });
    expect(await acknowledge(school.clerk, [moved ?? ""])).toEqual({ seen: 1 });
    expect((await sweep(services)).lapsed).toBe(1);
  });

  test("what was re-opened is to be seen again", async () => {
    await clear();
    const [again] = await submitted(offices, wanzhou, 1);
    await acknowledge(wanzhou.clerk, [again ?? ""]);
    clock.set(end);
    expect((await sweep(services)).lapsed).toBe(1);
    clock.set("2017-11-04T09:00");
    await extend(again ?? "", "2017-11-08T00:00:00+08:00");
    await call(
      casesRoutes.reopen,
      { campaign, application: again ?? "", reason: "因公外派" },
      { context: offices.as(offices.manager) },
    );
    clock.set("2017-11-08T00:00");
    expect((await sweep(services)).lapsed).toBe(0);
    await acknowledge(wanzhou.clerk, [again ?? ""]);
    expect((await sweep(services)).lapsed).toBe(1);
  });

  test("a draft that names no school lapses as before", async () => {
    await clear();
    const [before] = await submitted(offices, wanzhou, 1);
    await withdrawn(offices, wanzhou.clerk, [before ?? ""]);
    const draft = await startedAnew(offices, before ?? "");
    clock.set(end);
    expect((await sweep(services)).lapsed).toBe(1);
    expect(await sightOf(draft)).toEqual([null]);
  });

  test("another school's clerk acknowledges nobody; who is confirmed meanwhile is no longer listed", async () => {
    await clear();
    const [own] = await submitted(offices, wanzhou, 1);
    const [confirmed] = await offices.confirmed(wanzhou, 1);
    expect(await acknowledge(yuzhong.clerk, [own ?? ""])).toEqual({ seen: 0 });
    expect(await acknowledge(wanzhou.clerk, [own ?? "", own ?? "", confirmed ?? ""])).toEqual({ seen: 1 });
    expect((await listed(yuzhong.clerk)).items).toEqual([]);
    expect(await refusalCodeOf(listed(wanzhou.clerk, { state: "confirmed" }))).toBe("request.not-found");
  });
});

describe("N24: a school that keeps silent", () => {
  test("is noted by its district, with a reason, after the end and not before; then its people lapse", async () => {
    await clear();
    const ids = await submitted(offices, wanzhou, 3);
    await acknowledge(wanzhou.clerk, ids.slice(0, 1));
    clock.set("2017-11-03T23:59:59");
    expect(await refusalCodeOf(note(wanzhou.lead, 2))).toBe("silence.too-early");
    expect(await silent(wanzhou.lead)).toMatchObject({
      over: false,
      schools: [{ school: wanzhou.school.id, unseen: 2, held: 0 }],
    });
    clock.set(end);
    await sweep(services);
    const { schools, over } = await silent(wanzhou.reviewer);
    expect(over).toBe(true);
    expect(schools).toMatchObject([{ school: wanzhou.school.id, unseen: 2, held: 2 }]);
    expect(schools[0]?.people.map(({ why }) => why)).toEqual(["已提交未确认", "已提交未确认"]);
    // Another district sees nothing of it and can note nothing.
    expect((await silent(yuzhong.lead)).schools).toEqual([]);
    expect(await refusalCodeOf(note(yuzhong.lead, 2))).toBe("silence.nobody");
    expect(await refusalCodeOf(note(wanzhou.lead, 3))).toBe("roster.count-changed");

    // Two at once: one notes, the other finds nobody left.
    const outcomes = await Promise.allSettled([note(wanzhou.lead, 2), note(wanzhou.reviewer, 2)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await sweep(services)).lapsed).toBe(2);
    const [sight] = await sightOf(ids[1]);
    expect(sight).toMatchObject({ how: "district-noted", at: "2017-11-03T16:00:00Z" });
    expect([wanzhou.lead.accountId, wanzhou.reviewer.accountId]).toContain(sight.by);
    const after = await silent(wanzhou.lead);
    expect(after.schools.filter(({ held }) => held > 0)).toEqual([]);
    expect(after.noted).toMatchObject([
      { school: wanzhou.school.name, cases: 2, reason: "学校逾期未核对，已电话核实" },
    ]);
  });

  test("those whom an extension keeps are neither held nor noted", async () => {
    await clear();
    const [kept, held] = await submitted(offices, wanzhou, 2);
    await extend(kept ?? "", "2017-11-10T00:00:00+08:00");
    clock.set(end);
    expect((await silent(wanzhou.lead)).schools).toMatchObject([{ unseen: 2, held: 1 }]);
    expect(await note(wanzhou.lead, 1)).toEqual({ noted: 1 });
    expect((await sweep(services)).lapsed).toBe(1);
    expect([await stateOf(kept), await stateOf(held)]).toEqual(["submitted", "lapsed"]);
  });
});

describe("N24: warnings before the end", () => {
  const told = async (template: string) => {
    const { rows } = await db.owner.query(
      `select account_id, parameters from shice.message where template = $1 and channel = 'inbox' order by created_at, account_id, id`,
      [template],
    );
    return rows.map(({ account_id, parameters }) => ({ to: account_id, ...parameters }));
  };

  test("clerks are told seven, three and one days before how many would lapse and how many nobody has seen: never twice", async () => {
    await clear();
    const ids = await submitted(offices, wanzhou, 3);
    await acknowledge(wanzhou.clerk, ids.slice(0, 1));
    clock.set("2017-10-26T09:00");
    await remind(services);
    expect(await told("lapse-warning")).toEqual([]);
    for (const local of ["2017-10-27T00:01", "2017-10-27T12:00", "2017-10-28T09:00"]) {
      clock.set(local);
      await Promise.all([remind(services), remind(services)]);
    }
    const first = { to: wanzhou.clerk.accountId, days: 8, end: "2017年11月3日24:00", count: 3, unseen: 2, schools: 0 };
    expect(await told("lapse-warning")).toEqual([first]);
    await acknowledge(wanzhou.clerk, ids.slice(1));
    for (const local of ["2017-10-31T09:00", "2017-11-02T09:00", "2017-11-03T09:00"]) {
      clock.set(local);
      await remind(services);
    }
    expect((await told("lapse-warning")).map(({ days, unseen }) => [days, unseen])).toEqual([
      [8, 2],
      [4, 0],
      [2, 0],
    ]);
    // Whoever has nobody who would lapse is left in peace.
    expect(await told("schools-silent-today")).toEqual([]);
  });

  test("the district's leads are told on the last day and after the end of schools that have not looked", async () => {
    await clear();
    const ids = await submitted(offices, wanzhou, 2);
    await submitted(offices, yuzhong, 1).then((theirs) => acknowledge(yuzhong.clerk, theirs));
    clock.set("2017-11-02T09:00");
    await remind(services);
    expect(await told("schools-silent-today")).toEqual([]);
    clock.set("2017-11-03T08:00");
    await remind(services);
    await remind(services);
    const said = { to: wanzhou.lead.accountId, end: "2017年11月3日24:00", unseen: 2, schools: 1 };
    expect(await told("schools-silent-today")).toMatchObject([said]);
    expect(await told("schools-silent")).toEqual([]);
    await acknowledge(wanzhou.clerk, ids.slice(0, 1));
    clock.set(end);
    await sweep(services);
    await remind(services);
    clock.set("2017-11-06T09:00");
    await remind(services);
    expect(await told("schools-silent")).toMatchObject([{ ...said, unseen: 1 }]);
  });

  test("clerks are told who still waits for a certificate or a file before each end", async () => {
    await clear();
    await db.owner.query("delete from shice.parking");
    const [parked] = await submitted(offices, wanzhou, 1);
    const context = offices.as(wanzhou.clerk);
    await call(routes.putOnRoster, { campaign, applications: [parked ?? ""] }, { context });
    const { items } = await call(routes.listRoster, { campaign }, { context });
    const entries = items.filter(({ application }) => application === parked).map(({ id }) => id);
    await call(
      routes.park,
      { campaign, entries, kind: "certificate-correction", missing: "姓名与身份证不一致", since: "2017-09-28" },
      { context },
    );
    // Submitted: nothing to be told before the end of the application, all the more before that of the confirmation.
    clock.set("2017-11-01T09:00");
    await remind(services);
    expect((await told("parked-warning")).map(({ end: by }) => by)).toEqual(["2017年11月3日24:00"]);
    await recalled(offices, [parked ?? ""]);
    clock.set("2017-11-02T09:00");
    await remind(services);
    expect((await told("parked-warning")).map(({ end: by, count }) => [by, count])).toEqual([
      ["2017年11月3日24:00", 1],
      ["2017年11月2日24:00", 1],
      ["2017年11月3日24:00", 1],
    ]);
  });
});

async function extend(application: string, until: string): Promise<void> {
  await db.owner.query(
    `insert into shice.extension (campaign_id, stage, application_id, from_at, until_at, reason, granted_by, granted_at)
     values ($1, 'confirm', $2, $3, $4, '本人住院', $5, $3)`,
    [offices.campaign.id, application, clock.now().toString(), until, manager.accountId],
  );
}

/** Another school of the first district, with a clerk of its own. */
async function secondSchool(): Promise<{ id: string; clerk: Staff }> {
  const { rows } = await db.owner.query(
    `insert into shice.organisation (kind, name, valid_from, created_at) values ('school', '万州区第二中学', '2000-01-01', $1) returning id`,
    [clock.now().toString()],
  );
  const id: string = rows[0].id;
  await db.owner.query(
    `insert into shice.school (organisation_id, institution_kind, ownership, authority_id, confirmation_point_id)
     values ($1, 'junior', 'public', $2, $1)`,
    [id, wanzhou.authority.id],
  );
  return { id, clerk: { ...wanzhou.clerk, organisation: { id, name: "万州区第二中学", kind: "school" } } };
}
