import { beforeAll, expect, test } from "vitest";
import { callRoute as call, momentOf, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { examined, recordedFacts } from "../testing/through.ts";
import { verified } from "../testing/verified.ts";
import { preliminaryRoutes as routes } from "./routes.ts";

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});

const pass = { conclusion: "pass", reasons: ["conditions-met"] };

async function rowOf(application: string) {
  const { rows } = await offices.db.owner.query("select * from shice.application where id = $1", [application]);
  return rows[0];
}

test("N32: the opinion is entered with its reasons, beside what the rules suggested", async () => {
  const { wanzhou, campaign, clock } = offices;
  clock.set("2017-11-06T09:00");
  const form = { trainingHours: 312, assessments: [{ year: 2016, grade: "competent" }] };
  const [application = ""] = await examined(offices, wanzhou, 1, { form });
  const input = {
    campaign: campaign.key,
    application,
    conclusion: "defer",
    reasons: ["training-short"],
    text: "缺48学时",
  };
  const outcome = await call(routes.decide, input, { context: offices.as(wanzhou.reviewer) });
  expect(outcome).toMatchObject({ application, state: "preliminary" });

  expect((await rowOf(application)).preliminary_conclusion).toBe("defer");
  const { rows } = await offices.db.owner.query("select * from shice.opinion where application_id = $1", [application]);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    conclusion: "defer",
    reasons: ["training-short"],
    text: "缺48学时",
    suggested: "defer",
    because: [{ condition: "training-short", rule: "training-hours-below", figures: { hours: 312, needed: 360 } }],
    given_by: wanzhou.reviewer.accountId,
  });
});

test("N31: the review window is 6 to 10 November; outside it nothing is decided", async () => {
  const { wanzhou, campaign, clock } = offices;
  const [application = ""] = await examined(offices, wanzhou, 1);
  const decide = () =>
    call(routes.decide, { campaign: campaign.key, application, ...pass }, { context: offices.as(wanzhou.reviewer) });
  clock.set("2017-11-05T23:59:59");
  expect(await refusalCodeOf(decide())).toBe("window.closed");
  clock.set("2017-11-11T00:00");
  expect(await refusalCodeOf(decide())).toBe("window.closed");
  clock.set("2017-11-10T23:59:59");
  expect((await decide()).state).toBe("preliminary");
});

test("N31: a district decides on its own schools only; another's case is not there for it", async () => {
  const { wanzhou, yuzhong, campaign, clock } = offices;
  clock.set("2017-11-06T10:00");
  const [application = ""] = await examined(offices, wanzhou, 1);
  const decide = call(
    routes.decide,
    { campaign: campaign.key, application, ...pass },
    { context: offices.as(yuzhong.reviewer) },
  );
  expect(await refusalCodeOf(decide)).toBe("case.out-of-scope");
  expect((await rowOf(application)).state).toBe("handed-over");
});

test("N49: whoever confirmed a case for the school does not decide it for the district", async () => {
  const { wanzhou, campaign, clock } = offices;
  clock.set("2017-11-06T10:00");
  const [application = ""] = await examined(offices, wanzhou, 1);
  const both = { ...wanzhou.reviewer, accountId: wanzhou.clerk.accountId, postId: wanzhou.clerk.postId };
  const decide = call(routes.decide, { campaign: campaign.key, application, ...pass }, { context: offices.as(both) });
  expect(await refusalCodeOf(decide)).toBe("duty.acted-before");
});

test("the first net: a lead gives no opinion, and nobody who is not signed in", async () => {
  const { wanzhou, campaign } = offices;
  const [application = ""] = await examined(offices, wanzhou, 1);
  const input = { campaign: campaign.key, application, ...pass };
  expect(await refusalCodeOf(call(routes.decide, input, { context: offices.as(wanzhou.lead) }))).toBe(
    "request.forbidden",
  );
  expect(await refusalCodeOf(call(routes.decide, input, { context: offices.as(null) }))).toBe(
    "request.unauthenticated",
  );
});

test("two reviewers at once: one decides, the other is told what happened", async () => {
  const { wanzhou, campaign, clock } = offices;
  clock.set("2017-11-06T11:00");
  const [application = ""] = await examined(offices, wanzhou, 1);
  const input = { campaign: campaign.key, application, ...pass };
  const outcomes = await Promise.allSettled([
    call(routes.decide, input, { context: offices.as(wanzhou.reviewer) }),
    call(
      routes.decide,
      { ...input, conclusion: "fail", reasons: ["ethics-breached"] },
      { context: offices.as(wanzhou.secondReviewer) },
    ),
  ]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [lost] = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(lost?.reason.refusal).toMatchObject({ code: "case.wrong-state", last: { transition: "decide" } });
  const { rows } = await offices.db.owner.query("select * from shice.opinion where application_id = $1", [application]);
  expect(rows).toHaveLength(1);
});

test("the same request again, with its key, acts once and is answered as before", async () => {
  const { wanzhou, campaign, clock } = offices;
  clock.set("2017-11-06T11:00");
  const [application = ""] = await examined(offices, wanzhou, 1);
  const decide = () =>
    call(
      routes.decide,
      { campaign: campaign.key, application, ...pass },
      { context: offices.as(wanzhou.reviewer, { idempotencyKey: `decide-${application}` }) },
    );
  expect(await decide()).toEqual(await decide());
  const { rows } = await offices.db.owner.query("select * from shice.opinion where application_id = $1", [application]);
  expect(rows).toHaveLength(1);
});

test("reasons come from the plan: an unknown one, one of another use, and other grounds without words are refused", async () => {
  const { wanzhou, campaign, clock } = offices;
  clock.set("2017-11-06T11:00");
  const [application = ""] = await examined(offices, wanzhou, 1);
  const decide = (reasons: string[], text?: string) =>
    call(
      routes.decide,
      { campaign: campaign.key, application, conclusion: "defer", reasons, ...(text === undefined ? {} : { text }) },
      { context: offices.as(wanzhou.reviewer) },
    );
  expect(await refusalCodeOf(decide(["no-such-reason"]))).toBe("reason.unknown");
  expect(await refusalCodeOf(decide(["photo-unfit"]))).toBe("reason.unknown");
  expect(await refusalCodeOf(decide(["other-grounds"]))).toBe("reason.needs-text");
  expect((await decide(["other-grounds"], "岗位调整，尚待核实")).state).toBe("preliminary");
});

test("a conclusion that the plan does not have is refused", async () => {
  const { wanzhou, campaign, clock } = offices;
  clock.set("2017-11-06T11:00");
  const [application = ""] = await examined(offices, wanzhou, 1);
  const input = { campaign: campaign.key, application, conclusion: "unqualified", reasons: ["conditions-met"] };
  expect(await refusalCodeOf(call(routes.decide, input, { context: offices.as(wanzhou.reviewer) }))).toBe(
    "conclusion.unknown",
  );
});

test("N31: many at once, each with its own outcome, none twice", async () => {
  const { wanzhou, yuzhong, campaign, clock } = offices;
  clock.set("2017-11-07T09:00");
  const own = await examined(offices, wanzhou, 30);
  const [elsewhere = ""] = await examined(offices, yuzhong, 1);
  const [first = ""] = own;
  await call(
    routes.decide,
    { campaign: campaign.key, application: first, ...pass },
    { context: offices.as(wanzhou.reviewer) },
  );

  const applications = [...own, elsewhere, ...own];
  const outcome = await call(
    routes.decideMany,
    { campaign: campaign.key, applications, ...pass },
    { context: offices.as(wanzhou.reviewer) },
  );
  expect(outcome).toMatchObject({ done: 29, refused: 2 });
  expect(outcome.rows.find(({ application }) => application === first)?.refusal?.code).toBe("case.wrong-state");
  expect(outcome.rows.find(({ application }) => application === elsewhere)?.refusal?.code).toBe("case.out-of-scope");
  const { rows } = await offices.db.owner.query(
    "select count(*)::int as opinions from shice.opinion where application_id = any($1)",
    [own],
  );
  expect(rows[0].opinions).toBe(30);
});

test("what the district verified of ethics and fitness is recorded in the history, and refused to another district", async () => {
  const { wanzhou, yuzhong, campaign, clock } = offices;
  clock.set("2017-11-07T09:00");
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  const input = { campaign: campaign.key, application, ethics: "breached" as const, fit: true };
  const { suggestion } = await call(routes.recordFacts, input, { context: offices.as(wanzhou.reviewer) });
  expect(suggestion).toMatchObject({ conclusion: "fail", title: "建议：不合格" });
  expect(suggestion.sentences.join()).toContain("师德");
  expect(await rowOf(application)).toMatchObject({ ethics: "breached", fit: true, state: "handed-over" });
  const { rows } = await offices.db.owner.query(
    "select account_id, record from shice.application_history where application_id = $1 and transition = 'record-facts'",
    [application],
  );
  expect(rows).toEqual([{ account_id: wanzhou.reviewer.accountId, record: { ethics: "breached", fit: true } }]);

  expect(await refusalCodeOf(call(routes.recordFacts, input, { context: offices.as(yuzhong.reviewer) }))).toBe(
    "case.out-of-scope",
  );
  clock.set("2017-11-13T09:00");
  expect(await refusalCodeOf(call(routes.recordFacts, input, { context: offices.as(wanzhou.reviewer) }))).toBe(
    "window.closed",
  );
});

test("N32: in bulk, a case whose facts stand against the conclusion is refused by itself, with the facts", async () => {
  const { wanzhou, campaign, clock, db } = offices;
  clock.set("2017-11-07T09:00");
  const enough = { trainingHours: 400, assessments: [{ year: 2016, grade: "competent" }] };
  const [good = ""] = await examined(offices, wanzhou, 1, { form: enough });
  const [short = ""] = await examined(offices, wanzhou, 1, { form: { ...enough, trainingHours: 12 } });
  const [lost = ""] = await examined(offices, wanzhou, 1, { form: enough });
  const [unseen = ""] = await offices.handedOver(wanzhou, 1, { form: enough });
  const [empty = ""] = await offices.handedOver(wanzhou, 1, { form: { trainingHours: undefined } });
  const [breached = ""] = await offices.handedOver(wanzhou, 1);
  await recordedFacts(offices, wanzhou, breached, { ethics: "breached", fit: false });
  const applications = [good, short, lost, unseen, empty, breached];
  await db.owner.query(
    `insert into shice.restriction (id_number_index, kind, from_on, source, entered_by, entered_at, reviewed_by, reviewed_at)
     select p.id_number_index, 'qualification-lost', '2017-01-01', '判决', $2, $4, $3, $4
     from shice.person p join shice.application a on a.person_id = p.id where a.id = $1`,
    [lost, wanzhou.reviewer.accountId, wanzhou.lead.accountId, clock.now().toString()],
  );
  const decideMany = (those: string[], conclusion: string, reasons: string[]) =>
    call(
      routes.decideMany,
      { campaign: campaign.key, applications: those, conclusion, reasons },
      { context: offices.as(wanzhou.reviewer) },
    );
  const { done, refused, rows } = await decideMany(applications, "pass", ["conditions-met"]);
  expect([done, refused]).toEqual([1, 5]);
  const sentenceOf = (application: string) => rows.find((row) => row.application === application)?.refusal?.sentence;
  expect(sentenceOf(good)).toBeUndefined();
  expect(sentenceOf(short)).toBe(
    "注册有效期内的培训学时为12，少于规定的360学时（依据：二；教师〔2013〕9号）。按规定应作出“暂缓注册”的结论，不能作出“合格”的结论。",
  );
  expect(sentenceOf(lost)).toMatch(/^已丧失教师资格.*“不合格”的结论，不能作出“合格”的结论。$/);
  expect(sentenceOf(unseen)).toBe("师德表现、身心健康状况尚未登记，不能作出“合格”的结论。请核实并登记后再办理。");
  expect(sentenceOf(empty)).toMatch(/^培训学时、师德表现、身心健康状况尚未登记/);
  expect(sentenceOf(breached)).toMatch(/^师德表现不符合规定.*不能胜任.*按规定应作出“不合格”的结论/);
  for (const application of applications.slice(1)) {
    expect(await rowOf(application)).toMatchObject({ state: "handed-over", preliminary_conclusion: null });
  }
  // Worse than a fact that is not recorded may be found; milder than one that is recorded may not.
  expect((await decideMany([short, unseen, breached], "defer", ["training-short"])).rows.map(({ ok }) => ok)).toEqual([
    true,
    true,
    false,
  ]);
  expect(await decideMany([breached, lost], "fail", ["ethics-breached"])).toMatchObject({ done: 2 });
  const { rows: opinions } = await db.owner.query(
    "select application_id, suggested from shice.opinion where application_id = any($1)",
    [applications],
  );
  const suggested = applications.map((id) => opinions.find((row) => row.application_id === id)?.suggested);
  expect(suggested).toEqual(["pass", "defer", "fail", null, undefined, "fail"]);
});

test("one opinion alone is refused as in bulk; a reason of another conclusion is taken for none", async () => {
  const { wanzhou, campaign, clock } = offices;
  clock.set("2017-11-07T09:00");
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  const decide = (conclusion: string, reasons: string[], text?: string) =>
    call(
      routes.decide,
      { campaign: campaign.key, application, conclusion, reasons, ...(text === undefined ? {} : { text }) },
      { context: offices.as(wanzhou.reviewer) },
    );
  expect(await refusalCodeOf(decide("pass", ["conditions-met"]))).toBe("opinion.facts-missing");
  for (const [conclusion, reason] of [
    ["pass", "ethics-breached"],
    ["pass", "training-short"],
    ["defer", "conditions-met"],
    ["fail", "training-short"],
  ] as const) {
    expect(await refusalCodeOf(decide(conclusion, [reason]))).toBe("opinion.reason-unfit");
  }
  expect(await refusalCodeOf(decide("pass", ["other-grounds"], "学校证明齐全"))).toBe("opinion.facts-missing");
  await recordedFacts(offices, wanzhou, application, { ethics: "breached" });
  expect(await refusalCodeOf(decide("pass", ["conditions-met"]))).toBe("opinion.contradicted");
  await recordedFacts(offices, wanzhou, application);
  expect((await decide("pass", ["conditions-met"])).state).toBe("preliminary");
});

test("a case sent back says what is asked and until when: at most the end of the window", async () => {
  const { wanzhou, campaign, clock } = offices;
  clock.set("2017-11-07T09:00");
  const [one = "", two = ""] = await examined(offices, wanzhou, 2);
  const sendBack = (application: string, more: object) =>
    call(
      routes.sendBack,
      { campaign: campaign.key, application, reasons: ["copy-unstamped"], ...more },
      { context: offices.as(wanzhou.reviewer) },
    );
  expect(await refusalCodeOf(sendBack(one, { replyBy: "2017-11-11T00:00:00.001+08:00" }))).toBe("reply.too-late");
  expect(await refusalCodeOf(sendBack(one, { reasons: ["conditions-met"] }))).toBe("reason.unknown");
  expect(await sendBack(one, {})).toMatchObject({ state: "sent-back" });
  expect(await sendBack(two, { replyBy: "2017-11-09T12:00:00+08:00" })).toMatchObject({ state: "sent-back" });
  expect((await rowOf(one)).reply_by.toString()).toBe(momentOf("2017-11-11T00:00").toString());
  expect((await rowOf(two)).reply_by.toString()).toBe(momentOf("2017-11-09T12:00").toString());
  const { rows } = await offices.db.owner.query("select * from shice.return_request where application_id = $1", [one]);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ round: 1, answer_to: "sent-back", asked_at_stage: "preliminary" });
  expect(rows[0].asked[0]).toMatchObject({
    code: "copy-unstamped",
    opens: ["material:certificate", "material:contract"],
  });
  expect(await refusalCodeOf(sendBack(one, {}))).toBe("case.wrong-state");
});

test("an opinion taken back leaves no conclusion and says why", async () => {
  const { wanzhou, campaign, clock } = offices;
  clock.set("2017-11-07T09:00");
  const [application = ""] = await examined(offices, wanzhou, 1);
  const at = { campaign: campaign.key, application };
  await call(routes.decide, { ...at, ...pass }, { context: offices.as(wanzhou.reviewer) });
  const reopened = await call(
    routes.reopenPreliminary,
    { ...at, version: 5, reason: "材料需要再核" },
    { context: offices.as(wanzhou.lead) },
  );
  expect(reopened.state).toBe("handed-over");
  expect((await rowOf(application)).preliminary_conclusion).toBeNull();
  const again = call(
    routes.reopenPreliminary,
    { ...at, version: 5, reason: "重复" + "点击" },
    { context: offices.as(wanzhou.lead) },
  );
  expect(await refusalCodeOf(again)).toBe("case.wrong-state");
});

test("N51: every act so far stands in a history that holds together", async () => {
  const report = await verified(offices);
  expect(report.faults).toEqual([]);
  expect(report.applications).toBeGreaterThan(40);
});
