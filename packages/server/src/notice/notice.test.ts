import { beforeAll, expect, test } from "vitest";
import { callRoute as call, momentOf, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { decided, noticed, published } from "../testing/through.ts";
import { noticeRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
});

async function statesOf(applications: string[]) {
  const { rows } = await offices.db.owner.query(
    "select id, state, notice_id, published_conclusion, preliminary_conclusion from shice.application where id = any($1)",
    [applications],
  );
  return applications.map((application) => rows.find(({ id }) => id === application));
}

async function positionOf(notice: string, application: string): Promise<number> {
  const { rows } = await offices.db.owner.query(
    "select position from shice.public_notice_entry where notice_id = $1 and application_id = $2",
    [notice, application],
  );
  return rows[0].position;
}

/** An objection raised by someone from the public against one application's entry. */
async function objected(notice: string, application: string) {
  const input = {
    campaign,
    notice,
    position: await positionOf(notice, application),
    name: "李某某",
    contact: "13900000000",
    statement: "该教师二〇一六年度考核结果与公示内容不符。",
  };
  return call(routes.raiseObjection, input, { context: offices.as(null) });
}

test("N33: published on 10 November, a notice stands for the 11th to the 17th and cannot be closed a moment earlier", async () => {
  const { wanzhou, clock } = offices;
  const applications = await offices.handedOver(wanzhou, 2);
  const notice = await published(offices, wanzhou, applications);
  const found = await call(routes.getNotice, { campaign, notice }, { context: offices.as(null) });
  expect(found).toMatchObject({ firstDay: "2017-11-11", lastDay: "2017-11-17", entries: 2, closedAt: null });
  expect(Temporal.Instant.from(found.endsAt).equals(momentOf("2017-11-18T00:00"))).toBe(true);

  const close = () => call(routes.closeNotice, { campaign, notice }, { context: offices.as(wanzhou.lead) });
  clock.set("2017-11-17T23:59:59.999");
  expect(await refusalCodeOf(close())).toBe("notice.running");
  expect((await statesOf(applications)).map(({ state }) => state)).toEqual(["on-notice", "on-notice"]);
  clock.set("2017-11-18T00:00");
  expect(await close()).toMatchObject({ done: 2, refused: 0 });
  expect((await statesOf(applications)).map(({ state }) => state)).toEqual(["noticed", "noticed"]);
  expect(await close()).toMatchObject({ done: 0, refused: 0 });
});

test("N33: not even the database lets a notice close early", async () => {
  const { wanzhou, db } = offices;
  const notice = await published(offices, wanzhou, await offices.handedOver(wanzhou, 1));
  const closing = db.owner.query(
    "update shice.public_notice set closed_at = ends_at - interval '1 microsecond' where id = $1",
    [notice],
  );
  await expect(closing).rejects.toMatchObject({ constraint: "notice_never_closes_early" });
});

test("N51: the list is frozen as published, numbered in the authority's own series, without numbers of persons", async () => {
  const { yuzhong, wanzhou, clock } = offices;
  const first = await published(offices, yuzhong, await offices.handedOver(yuzhong, 1));
  const second = await published(offices, yuzhong, await offices.handedOver(yuzhong, 1), { conclusion: "defer" });
  const { items } = await call(
    routes.listNotices,
    { campaign, authority: yuzhong.authority.id },
    { context: offices.as(null) },
  );
  const numbers = [second, first].map((notice) => items.find(({ id }) => id === notice)?.number);
  expect(numbers).toEqual(["渝中区公示〔2017〕2号", "渝中区公示〔2017〕1号"]);

  const { page } = await call(routes.getNotice, { campaign, notice: second }, { context: offices.as(null) });
  expect(page.items).toHaveLength(1);
  expect(page.items[0]).toMatchObject({ position: 1, school: "渝中区实验中学", conclusion: "defer" });
  expect(page.items[0]?.name).toMatch(/^张\*明$/u);
  expect(Object.keys(page.items[0] ?? {}).sort()).toEqual(
    ["certificateKind", "conclusion", "name", "position", "registrationKind", "school", "subject"].sort(),
  );
  clock.set("2017-11-10T09:00");
  const foreign = call(routes.closeNotice, { campaign, notice: first }, { context: offices.as(wanzhou.lead) });
  expect(await refusalCodeOf(foreign)).toBe("request.not-found");
});

test("the public searches by the whole name and part of the school's; part of a name finds nobody", async () => {
  const { wanzhou, db } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  const notice = await published(offices, wanzhou, [application]);
  const { rows } = await db.owner.query("select name from shice.application where id = $1", [application]);
  const name: string = rows[0].name;
  const found = async (filter: object) =>
    (await call(routes.getNotice, { campaign, notice, ...filter }, { context: offices.as(null) })).page.items.length;
  expect(await found({ name })).toBe(1);
  expect(await found({ name: name.slice(0, 2) })).toBe(0);
  expect(await found({ school: "第一中学" })).toBe(1);
  expect(await found({ school: "%" })).toBe(0);
});

test("publishing is the lead's; what is not decided or lies elsewhere is refused row by row", async () => {
  const { wanzhou, yuzhong, clock } = offices;
  const [ready = "", undecided = ""] = await offices.handedOver(wanzhou, 2);
  const [elsewhere = ""] = await offices.handedOver(yuzhong, 1);
  await decided(offices, wanzhou, [ready]);
  clock.set("2017-11-10T10:00");
  const applications = [ready, undecided, elsewhere, ready];
  const reviewer = call(routes.publish, { campaign, applications }, { context: offices.as(wanzhou.reviewer) });
  expect(await refusalCodeOf(reviewer)).toBe("request.forbidden");
  const { notice, outcome } = await call(
    routes.publish,
    { campaign, applications },
    { context: offices.as(wanzhou.lead) },
  );
  expect(notice?.entries).toBe(1);
  expect(outcome.rows.filter(({ ok }) => !ok).map(({ application, refusal }) => [application, refusal?.code])).toEqual([
    [undecided, "case.wrong-state"],
    [elsewhere, "case.out-of-scope"],
  ]);
  const again = await call(routes.publish, { campaign, applications: [ready] }, { context: offices.as(wanzhou.lead) });
  expect(again.notice).toBeNull();
  expect(again.outcome.refused).toBe(1);
});

test("two leads publish at once: two numbers, and each case on one notice", async () => {
  const { wanzhou, clock } = offices;
  const applications = await offices.handedOver(wanzhou, 4);
  await decided(offices, wanzhou, applications);
  clock.set("2017-11-10T10:00");
  const publish = () => call(routes.publish, { campaign, applications }, { context: offices.as(wanzhou.lead) });
  const [one, two] = await Promise.all([publish(), publish()]);
  const notices = [one.notice, two.notice].filter((notice) => notice !== null);
  expect(notices.reduce((sum, { entries }) => sum + entries, 0)).toBe(4);
  expect(new Set(notices.map(({ number }) => number)).size).toBe(notices.length);
  expect(one.outcome.done + two.outcome.done).toBe(4);
});

test("N51: anyone may object under a real name until the period ends; the contact is sealed, the answer has a date", async () => {
  const { wanzhou, yuzhong, clock, db } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  const notice = await published(offices, wanzhou, [application]);
  clock.set("2017-11-17T23:59:59");
  const { objection, answerBy } = await objected(notice, application);
  expect(Temporal.Instant.from(answerBy).equals(momentOf("2017-11-23T00:00"))).toBe(true);
  clock.set("2017-11-18T00:00");
  expect(await refusalCodeOf(objected(notice, application))).toBe("notice.over");

  const { rows } = await db.owner.query("select contact_sealed from shice.objection where id = $1", [objection]);
  expect(rows[0].contact_sealed.includes(Buffer.from("13900000000"))).toBe(false);
  const list = async (person: typeof wanzhou.lead) =>
    (await call(routes.listObjections, { campaign, open: "yes" }, { context: offices.as(person) })).items;
  const found = (await list(wanzhou.lead)).find(({ id }) => id === objection);
  expect(found).toMatchObject({ application, contact: "13900000000", objector: "李某某", outcome: null });
  expect(await list(yuzhong.lead)).toEqual([]);
});

test("an objection holds up the person concerned and nobody else", async () => {
  const { wanzhou, clock } = offices;
  const [contested = "", other = ""] = await offices.handedOver(wanzhou, 2);
  const notice = await published(offices, wanzhou, [contested, other]);
  const { objection } = await objected(notice, contested);
  clock.set("2017-11-18T09:00");
  const lead = { context: offices.as(wanzhou.lead) };
  const outcome = await call(routes.closeNotice, { campaign, notice }, lead);
  expect(outcome).toMatchObject({ done: 1, refused: 1 });
  expect(outcome.rows.find(({ application }) => application === contested)?.refusal?.code).toBe("objection.undecided");
  expect((await statesOf([contested, other])).map(({ state }) => state)).toEqual(["on-notice", "noticed"]);

  const at = { campaign, application: contested, objection };
  expect((await call(routes.openInquiry, { ...at, reason: "立即核查" }, lead)).state).toBe("inquiry");
  const dismissed = await call(routes.dismiss, { ...at, answer: "经核查，年度考核为合格" }, lead);
  expect(dismissed.state).toBe("noticed");
  expect(await refusalCodeOf(call(routes.dismiss, { ...at, answer: "再次答复" }, lead))).toBe(
    "objection.decided-already",
  );
});

test("dismissed while the period still runs, a case goes back on notice; the last of several objections ends the inquiry", async () => {
  const { wanzhou, clock } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  const notice = await published(offices, wanzhou, [application]);
  const one = await objected(notice, application);
  const two = await objected(notice, application);
  clock.set("2017-11-13T09:00");
  const lead = { context: offices.as(wanzhou.lead) };
  const at = { campaign, application };
  await call(routes.openInquiry, { ...at, objection: one.objection, reason: "受理核查" }, lead);
  const dismiss = (objection: string) => call(routes.dismiss, { ...at, objection, answer: "经核查不属实" }, lead);
  expect((await dismiss(one.objection)).state).toBe("inquiry");
  expect((await dismiss(two.objection)).state).toBe("on-notice");
});

test("upheld: back to the district for a new opinion, published anew for its full period; all objections answered", async () => {
  const { wanzhou, clock, db } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  const notice = await published(offices, wanzhou, [application], { publishedAt: "2017-11-08T10:00" });
  const one = await objected(notice, application);
  const two = await objected(notice, application);
  clock.set("2017-11-09T09:00");
  const lead = { context: offices.as(wanzhou.lead) };
  const at = { campaign, application };
  const early = call(routes.uphold, { ...at, objection: one.objection, answer: "情况属实" }, lead);
  expect(await refusalCodeOf(early)).toBe("case.wrong-state");
  await call(routes.openInquiry, { ...at, objection: one.objection, reason: "受理核查" }, lead);
  const upheld = await call(routes.uphold, { ...at, objection: one.objection, answer: "情况属实" }, lead);
  expect(upheld.state).toBe("handed-over");
  const { rows } = await db.owner.query(
    "select id, outcome, decided_by from shice.objection where application_id = $1",
    [application],
  );
  expect(rows.map(({ outcome }) => outcome)).toEqual(["upheld", "upheld"]);
  expect(rows.map(({ id }) => id)).toContain(two.objection);

  const anew = await published(offices, wanzhou, [application], {
    conclusion: "defer",
    decidedAt: "2017-11-10T10:00",
    publishedAt: "2017-11-10T15:00",
  });
  expect(anew).not.toBe(notice);
  const [row] = await statesOf([application]);
  expect(row).toMatchObject({ state: "on-notice", notice_id: anew, published_conclusion: "defer" });
  const { endsAt } = await call(routes.getNotice, { campaign, notice: anew }, { context: offices.as(null) });
  expect(Temporal.Instant.from(endsAt).equals(momentOf("2017-11-18T00:00"))).toBe(true);
});

test("an objection to one case opens no inquiry into another", async () => {
  const { wanzhou, clock } = offices;
  const [one = "", other = ""] = await offices.handedOver(wanzhou, 2);
  const notice = await published(offices, wanzhou, [one, other]);
  const { objection } = await objected(notice, one);
  clock.set("2017-11-13T09:00");
  const input = { campaign, application: other, objection, reason: "受理核查" };
  expect(await refusalCodeOf(call(routes.openInquiry, input, { context: offices.as(wanzhou.lead) }))).toBe(
    "objection.of-another-case",
  );
});

test("two leads decide one objection at once: one answer stands", async () => {
  const { wanzhou, clock } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  const notice = await published(offices, wanzhou, [application]);
  const { objection } = await objected(notice, application);
  clock.set("2017-11-13T09:00");
  const lead = () => ({ context: offices.as(wanzhou.lead) });
  const at = { campaign, application, objection };
  await call(routes.openInquiry, { ...at, reason: "受理核查" }, lead());
  const results = await Promise.allSettled([
    call(routes.dismiss, { ...at, answer: "经核查不属实" }, lead()),
    call(routes.uphold, { ...at, answer: "情况属实" }, lead()),
  ]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a list that does not exist, or an entry that is not on it, is not found", async () => {
  const { wanzhou } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  const notice = await noticed(offices, wanzhou, [application]);
  const nobody = { context: offices.as(null) };
  expect(await refusalCodeOf(call(routes.getNotice, { campaign, notice: crypto.randomUUID() }, nobody))).toBe(
    "request.not-found",
  );
  const input = {
    campaign,
    notice,
    position: 99,
    name: "李某某",
    contact: "13900000000",
    statement: "该条公示内容与事实不相符合",
  };
  expect(await refusalCodeOf(call(routes.raiseObjection, input, nobody))).toBe("request.not-found");
});

test("what the list of objections offers is what a call answers, in every state of the case and for every reader", async () => {
  const { wanzhou, yuzhong, clock } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  const notice = await published(offices, wanzhou, [application]);
  const { objection } = await objected(notice, application);
  clock.set("2017-11-13T09:00");
  const lead = { context: offices.as(wanzhou.lead) };
  const target = { campaign, application, objection };
  const acts = {
    "open-inquiry": () => call(routes.openInquiry, { ...target, reason: "受理核查" }, lead),
    dismiss: () => call(routes.dismiss, { ...target, answer: "经核查不属实" }, lead),
    uphold: () => call(routes.uphold, { ...target, answer: "情况属实" }, lead),
  };
  const offeredTo = async (person: typeof wanzhou.lead) => {
    const { items } = await call(routes.listObjections, { campaign }, { context: offices.as(person) });
    return items.find(({ id }) => id === objection)?.actions;
  };
  /** Does all that is refused, which changes nothing, then the first that is allowed. */
  const takeNext = async () => {
    const actions = (await offeredTo(wanzhou.lead)) ?? [];
    for (const { name, refusal } of actions.filter(({ allowed }) => !allowed)) {
      expect(await refusalCodeOf(acts[name]())).toBe(refusal?.code);
      expect(refusal?.sentence).toMatch(/。$/);
    }
    const next = actions.find(({ allowed }) => allowed)?.name;
    if (next !== undefined) await acts[next]();
    return { next, refused: actions.filter(({ allowed }) => !allowed).length };
  };
  expect(await offeredTo(wanzhou.reviewer)).toEqual([]);
  expect(await offeredTo(yuzhong.lead)).toBeUndefined();
  expect(await takeNext()).toEqual({ next: "open-inquiry", refused: 2 });
  expect(await takeNext()).toEqual({ next: "dismiss", refused: 1 });
  expect(await takeNext()).toEqual({ next: undefined, refused: 3 });
});

test("a notice offers its closing to the lead of its own authority alone, and only once it has run", async () => {
  const { wanzhou, yuzhong, clock } = offices;
  const notice = await published(offices, wanzhou, await offices.handedOver(wanzhou, 1));
  const offeredTo = async (person: typeof wanzhou.lead | null) => {
    const input = { campaign, authority: wanzhou.authority.id };
    const { items } = await call(routes.listNotices, input, { context: offices.as(person) });
    return items.find(({ id }) => id === notice)?.actions;
  };
  clock.set("2017-11-17T23:59:59");
  for (const person of [null, wanzhou.reviewer, yuzhong.lead]) expect(await offeredTo(person)).toEqual([]);
  expect(await offeredTo(wanzhou.lead)).toMatchObject([
    { name: "close-notice", allowed: false, refusal: { code: "notice.running" } },
  ]);
  clock.set("2017-11-18T00:00");
  expect(await offeredTo(wanzhou.lead)).toMatchObject([{ name: "close-notice", allowed: true }]);
  await call(routes.closeNotice, { campaign, notice }, { context: offices.as(wanzhou.lead) });
  expect(await offeredTo(wanzhou.lead)).toEqual([]);
});
