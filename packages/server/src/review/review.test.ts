import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { preliminaryRoutes } from "../preliminary/routes.ts";
import { callRoute as call, momentOf, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { published, reported } from "../testing/through.ts";
import { reviewRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
});

async function rowOf(application: string) {
  const { rows } = await offices.db.owner.query("select * from shice.application where id = $1", [application]);
  return rows[0];
}
const centre = () => ({ context: offices.as(offices.centreReviewer) });
const approve = (applications: string[]) => call(routes.approveMany, { campaign, applications }, centre());

/** A sample sealed before the report came, and drawn after it. */
async function drawn(percent: number, count: number) {
  const { wanzhou, clock } = offices;
  clock.set("2017-11-15T09:00");
  const { id: sample } = await call(routes.commitSample, { campaign, percent }, centre());
  const applications = await offices.handedOver(wanzhou, count);
  await reported(offices, wanzhou, applications);
  clock.set("2017-11-20T15:00");
  const answer = await call(routes.drawSample, { campaign, sample }, centre());
  return { sample, applications, answer };
}

test("N37: the centre approves in its window, whole lists at once, and the conclusion reviewed is the one proposed", async () => {
  const { wanzhou, yuzhong, clock } = offices;
  const applications = await offices.handedOver(wanzhou, 2);
  await reported(offices, wanzhou, applications, { conclusion: "defer" });
  const [notReported = ""] = await offices.handedOver(yuzhong, 1);
  clock.set("2017-11-19T23:59");
  expect((await approve(applications)).rows.map(({ refusal }) => refusal?.code)).toEqual([
    "window.closed",
    "window.closed",
  ]);
  clock.set("2017-11-20T12:00");
  const outcome = await approve([...applications, notReported, ...applications]);
  expect(outcome).toMatchObject({ done: 2, refused: 1 });
  expect(outcome.rows.find(({ application }) => application === notReported)?.refusal?.code).toBe("case.wrong-state");
  expect(await rowOf(applications[0] ?? "")).toMatchObject({ state: "reviewed", reviewed_conclusion: "defer" });
  const district = call(routes.approveMany, { campaign, applications }, { context: offices.as(wanzhou.reviewer) });
  expect(await refusalCodeOf(district)).toBe("request.forbidden");
});

test("N49: the seed's hash is on record before the draw, and the draw reveals the seed that has it", async () => {
  const { sample, answer, applications } = await drawn(50, 6);
  expect(
    createHash("sha256")
      .update(answer.seed ?? "")
      .digest("hex"),
  ).toBe(answer.commitment);
  expect(answer.size).toBeGreaterThanOrEqual(3);
  const { items } = await call(routes.listSample, { campaign, sample }, centre());
  expect(items).toHaveLength(answer.size ?? 0);
  for (const { application } of items) expect(applications).toContain(application);
  expect(await refusalCodeOf(call(routes.drawSample, { campaign, sample }, centre()))).toBe("sample.drawn-already");

  // approving leaves nothing behind for the tests that follow
  await call(routes.recordSample, { campaign, sample, applications, outcome: "agrees" }, centre());
  expect((await approve(applications)).refused).toBe(0);
});

test("N49: a second seed is not sealed while one waits: nobody draws with the one that suits", async () => {
  const { wanzhou, clock } = offices;
  clock.set("2017-11-15T09:00");
  const { id: sample, seed } = await call(routes.commitSample, { campaign }, centre());
  expect(seed).toBeNull();
  const second = { context: offices.as(offices.secondCentreReviewer) };
  expect(await refusalCodeOf(call(routes.commitSample, { campaign }, second))).toBe("sample.open-already");
  expect(await refusalCodeOf(call(routes.drawSample, { campaign, sample }, centre()))).toBe("sample.nothing-to-draw");

  const applications = await offices.handedOver(wanzhou, 1);
  await reported(offices, wanzhou, applications);
  clock.set("2017-11-20T15:00");
  const early = await approve(applications);
  expect(early.rows[0]?.refusal?.code).toBe("sample.not-drawn");
  await call(routes.drawSample, { campaign, sample }, centre());
  await call(routes.recordSample, { campaign, sample, applications, outcome: "agrees" }, centre());
  expect((await approve(applications)).done).toBe(1);
});

test("N49: what the lot has fallen on is checked before it is approved; a difference goes back to the district", async () => {
  const { wanzhou, clock } = offices;
  const { sample, applications } = await drawn(100, 2);
  const [agreeing = "", differing = ""] = applications;
  expect((await approve(applications)).rows.map(({ refusal }) => refusal?.code)).toEqual([
    "sample.unchecked",
    "sample.unchecked",
  ]);
  const record = (application: string, outcome: "agrees" | "differs") =>
    call(routes.recordSample, { campaign, sample, applications: [application], outcome, remark: "核对原件" }, centre());
  expect(await record(agreeing, "agrees")).toEqual({ recorded: 1 });
  expect(await record(differing, "differs")).toEqual({ recorded: 1 });
  expect(await record(differing, "agrees")).toEqual({ recorded: 0 });
  const outcome = await approve(applications);
  expect(outcome.rows.map(({ ok, refusal }) => [ok, refusal?.code])).toEqual([
    [true, undefined],
    [false, "sample.differs"],
  ]);

  clock.set("2017-11-21T09:00");
  const at = { campaign, application: differing };
  await call(routes.returnToDistrict, { ...at, reason: "考核年度与证明不一致" }, centre());
  clock.set("2017-11-21T11:00");
  await call(routes.answerUnchanged, { ...at, reason: "已核实，证明笔误" }, { context: offices.as(wanzhou.reviewer) });
  clock.set("2017-11-21T15:00");
  expect((await approve([differing])).rows[0]?.refusal?.code).toBe("sample.unchecked");
  expect(await record(differing, "agrees")).toEqual({ recorded: 1 });
  expect((await approve([differing])).done).toBe(1);
});

test("N37: returned to the district with a time to answer; unchanged it comes back as it was", async () => {
  const { wanzhou, clock } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await reported(offices, wanzhou, [application]);
  clock.set("2017-11-21T09:00");
  const at = { campaign, application };
  const tooLate = call(
    routes.returnToDistrict,
    { ...at, reason: "请核实学时", replyBy: "2017-11-23T00:00:01+08:00" },
    centre(),
  );
  expect(await refusalCodeOf(tooLate)).toBe("reply.too-late");
  expect((await call(routes.returnToDistrict, { ...at, reason: "请核实学时" }, centre())).state).toBe(
    "review-returned",
  );
  expect((await rowOf(application)).reply_by.equals(momentOf("2017-11-23T00:00"))).toBe(true);
  const again = call(routes.returnToDistrict, { ...at, reason: "请核实学时" }, centre());
  expect(await refusalCodeOf(again)).toBe("case.wrong-state");

  const answered = await call(
    routes.answerUnchanged,
    { ...at, reason: "学时证明已核" },
    { context: offices.as(wanzhou.reviewer) },
  );
  expect(answered.state).toBe("reported");
  expect(await rowOf(application)).toMatchObject({
    reply_by: null,
    preliminary_conclusion: "pass",
    published_conclusion: "pass",
  });
});

test("decided anew with another conclusion, a case is published anew; with the same one it is refused", async () => {
  const { wanzhou, clock, db } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await reported(offices, wanzhou, [application]);
  clock.set("2017-11-21T09:00");
  const at = { campaign, application };
  await call(routes.returnToDistrict, { ...at, reason: "学时不足" }, centre());
  const reviewer = { context: offices.as(wanzhou.reviewer) };
  const same = call(routes.decideAnew, { ...at, conclusion: "pass", reasons: ["conditions-met"] }, reviewer);
  expect(await refusalCodeOf(same)).toBe("opinion.unchanged");
  expect((await rowOf(application)).state).toBe("review-returned");
  const anew = await call(routes.decideAnew, { ...at, conclusion: "defer", reasons: ["training-short"] }, reviewer);
  expect(anew.state).toBe("preliminary");
  const { rows } = await db.owner.query(
    "select conclusion from shice.opinion where application_id = $1 order by given_at",
    [application],
  );
  expect(rows.map(({ conclusion }) => conclusion)).toEqual(["pass", "defer"]);
});

test("N49: who decided for the district does not approve for the centre; two approve at once, once", async () => {
  const { wanzhou, clock } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await reported(offices, wanzhou, [application]);
  clock.set("2017-11-21T09:00");
  const both = { ...offices.centreReviewer, accountId: wanzhou.reviewer.accountId, postId: wanzhou.reviewer.postId };
  const own = await call(routes.approveMany, { campaign, applications: [application] }, { context: offices.as(both) });
  expect(own.rows[0]?.refusal?.code).toBe("duty.acted-before");

  const [one, two] = await Promise.all([
    approve([application]),
    call(
      routes.approveMany,
      { campaign, applications: [application] },
      { context: offices.as(offices.secondCentreReviewer) },
    ),
  ]);
  expect(one.done + two.done).toBe(1);
  expect([...one.rows, ...two.rows].find(({ ok }) => !ok)?.refusal?.code).toBe("case.wrong-state");
});

test("what is on notice is not the centre's to approve yet", async () => {
  const { wanzhou, clock } = offices;
  const applications = await offices.handedOver(wanzhou, 1);
  await published(offices, wanzhou, applications);
  clock.set("2017-11-21T09:00");
  expect((await approve(applications)).rows[0]?.refusal?.code).toBe("case.wrong-state");
});

/** A correction asked for by Wanzhou's reviewer on a case that is on notice. */
async function asked(application: string, changes: Record<string, unknown>) {
  const { wanzhou } = offices;
  const input = { campaign, application, changes, reason: "证书原件登记有误" };
  return call(preliminaryRoutes.askCorrection, input, { context: offices.as(wanzhou.reviewer) });
}

test("after the preliminary decision data are corrected only where the next level grants it", async () => {
  const { wanzhou, clock, db } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1, {
    certificateIssuedOn: "2016-12-30",
    form: { subject: "数学" },
  });
  expect(await refusalCodeOf(asked(application, { subject: "物理" }))).toBe("case.wrong-state");
  await published(offices, wanzhou, [application]);
  clock.set("2017-11-13T09:00");
  const { correction } = await asked(application, {
    certificateIssuedOn: "2017-01-03",
    subject: "物理",
    certificateNumber: "20175000142000123",
  });
  expect(await rowOf(application)).toMatchObject({ subject: "数学", certificate_number_index: null });

  const { items } = await call(routes.listCorrections, { campaign }, centre());
  expect(items.find(({ id }) => id === correction)?.changes).toEqual({
    certificateIssuedOn: "2017-01-03",
    subject: "物理",
    certificateNumber: "20175000142000123",
  });
  const decide = (outcome: "granted" | "refused") =>
    call(routes.decideCorrection, { campaign, correction, outcome, reason: "与原件核对一致" }, centre());
  await decide("granted");
  const row = await rowOf(application);
  expect(row).toMatchObject({
    state: "on-notice",
    subject: "物理",
    form: { subject: "物理", certificateIssuedOn: "2017-01-03" },
  });
  expect(row.certificate_issued_on.toString()).toBe("2017-01-03");
  expect(row.certificate_number_index).not.toBeNull();
  expect(await refusalCodeOf(decide("refused"))).toBe("correction.decided-already");

  const { rows } = await db.owner.query(
    "select changes, record from shice.application_history where application_id = $1 and transition = 'correct'",
    [application],
  );
  expect(rows[0].changes).toMatchObject({
    subject: { from: "数学", to: "物理" },
    certificateNumber: "sealed",
  });
  expect(JSON.stringify(rows[0])).not.toContain("20175000142000123");
  const { rows: stored } = await db.owner.query(
    "select changes, changes_sealed, answer from shice.correction where id = $1",
    [correction],
  );
  expect(JSON.stringify(stored[0].changes)).not.toContain("20175000142000123");
  expect(stored[0].answer).toBe("与原件核对一致");
});

test("a correction that is refused changes nothing; what is no field of the form cannot be corrected", async () => {
  const { wanzhou, yuzhong, clock } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1, { form: { subject: "数学" } });
  await published(offices, wanzhou, [application]);
  clock.set("2017-11-13T09:00");
  await expect(asked(application, { state: "concluded" })).rejects.toThrow("Input validation failed");
  expect(await refusalCodeOf(asked(application, { schoolId: yuzhong.school.id }))).toBe("correction.field-unknown");
  expect(await refusalCodeOf(asked(application, { certificateIssuedOn: "去年" }))).toBe("correction.value-unfit");
  expect(await refusalCodeOf(asked(application, { subject: "数学" }))).toBe("correction.nothing-changed");
  const { correction } = await asked(application, { subject: "物理" });
  const decide = () =>
    call(routes.decideCorrection, { campaign, correction, outcome: "refused", reason: "与原件不一致" }, centre());
  expect(await decide()).toEqual({ correction, outcome: "refused" });
  expect(await rowOf(application)).toMatchObject({ subject: "数学", version: 7 });
});

test("whoever asked for a correction does not grant it; two who decide at once, once", async () => {
  const { wanzhou, clock } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1, { form: { subject: "数学" } });
  await published(offices, wanzhou, [application]);
  clock.set("2017-11-13T09:00");
  const { correction } = await asked(application, { subject: "物理" });
  const decide = (by: typeof offices.centreReviewer) =>
    call(
      routes.decideCorrection,
      { campaign, correction, outcome: "granted", reason: "核对一致" },
      { context: offices.as(by) },
    );
  const same = { ...offices.centreReviewer, accountId: wanzhou.reviewer.accountId, postId: wanzhou.reviewer.postId };
  expect(await refusalCodeOf(decide(same))).toBe("correction.same-person");
  const results = await Promise.allSettled([decide(offices.centreReviewer), decide(offices.secondCentreReviewer)]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  // Recording the facts and asking count as acts of their own, granting once.
  expect((await rowOf(application)).version).toBe(8);
});
