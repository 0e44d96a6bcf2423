import { check, supplySheets } from "@shice/rehearsal/school-desk.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { referenceServer } from "../testing/reference-server.ts";
import { type Applicant, actsOn, refusalOf } from "../testing/teacher-acts.ts";

const server = await referenceServer();
const { world, database, at, teacher } = server;
const { campaign } = world;
const { save, submit, submitted, checked, confirmed, handedOver, acknowledge } = actsOn(server);

beforeEach(async () => {
  await at("2017-09-20T09:00");
});

async function rowOf({ application }: Applicant) {
  const { rows } = await database.query(
    "select state, reply_by, answer_to, form, form_sealed from shice.application where id = $1",
    [application],
  );
  return rows[0];
}

function deskOf({ school }: Applicant) {
  return school.clerk.client.confirmation;
}

describe("the teacher", () => {
  test("who begins again with a live application is refused and keeps that one", async () => {
    const person = await teacher();
    const again = await Promise.allSettled([1, 2].map(() => person.client.applicant.start({ campaign })));
    expect(again.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await refusalOf(person.client.applicant.start({ campaign }))).toMatchObject({
      code: "application.live-already",
    });
    expect((await person.client.applicant.own({ campaign }))?.id).toBe(person.application);
  });

  test("who saves over another tab's changes gets a refusal, and the other tab's entries stay", async () => {
    const person = await teacher();
    const first = await save(person);
    const second = await person.client.applicant.saveDraft({
      campaign,
      application: person.application,
      version: first.version,
      form: { ...person.form, address: "人民路1号" },
    });
    const late = person.client.applicant.saveDraft({
      campaign,
      application: person.application,
      version: first.version,
      form: { ...person.form, address: "人民路2号" },
    });
    expect(await refusalOf(late)).toMatchObject({
      code: "case.changed",
      figures: { expected: first.version, version: second.version },
    });
    expect((await person.client.applicant.own({ campaign }))?.form["address"]).toBe("人民路1号");
  });

  test("can take back a submission until the school confirms, change it and submit again", async () => {
    const person = await submitted();
    const { applicant } = person.client;
    expect((await applicant.recall({ campaign, application: person.application })).state).toBe("draft");
    await save(person, { address: "人民路3号" });
    expect((await submit(person)).state).toBe("submitted");

    const sure = await confirmed();
    const tooLate = sure.client.applicant.recall({ campaign, application: sure.application });
    expect(await refusalOf(tooLate)).toMatchObject({ code: "case.wrong-state", figures: { state: "confirmed" } });
  });

  test("who deletes a draft leaves no entry behind and may begin again", async () => {
    const person = await teacher();
    await save(person);
    await person.client.applicant.discard({ campaign, application: person.application });
    expect(await rowOf(person)).toMatchObject({ form: {}, form_sealed: null });
    const next = await person.client.applicant.start({ campaign });
    expect(next.id).not.toBe(person.application);
    expect(next.state).toBe("draft");
  });

  test("withdraws with a reason; after the confirmation only if the school agrees", async () => {
    const person = await submitted();
    const reason = "本人已调往外省任教";
    await person.client.applicant.withdraw({ campaign, application: person.application, reason });
    expect((await rowOf(person)).state).toBe("withdrawn");

    const sure = await confirmed();
    const input = { campaign, application: sure.application, reason };
    expect(await refusalOf(sure.client.applicant.withdraw(input))).toMatchObject({ code: "withdrawal.not-released" });
    expect(await refusalOf(deskOf(sure).releaseWithdrawal({ campaign, application: sure.application }))).toMatchObject({
      code: "withdrawal.not-asked",
    });
    const { client: clerk } = sure.school.clerk;
    const waiting = async () =>
      (await clerk.cases.listQueue({ campaign, withdrawal: "asked" })).items.map(({ id }) => id);
    expect(await waiting()).toEqual([]);
    await sure.client.applicant.askWithdrawal(input);
    expect(await waiting()).toEqual([sure.application]);
    expect((await clerk.messages.listMessages({})).items[0]).toMatchObject({ template: "withdrawal-asked" });
    const { actions } = await clerk.cases.getCase({ campaign, application: sure.application });
    expect(actions).toContainEqual({ name: "release-withdrawal", title: "同意撤回", allowed: true });
    await deskOf(sure).releaseWithdrawal({ campaign, application: sure.application });
    expect(await waiting()).toEqual([]);
    expect((await sure.client.messages.listMessages({})).items[0]).toMatchObject({ template: "withdrawal-released" });
    await sure.client.applicant.withdraw(input);
    expect((await rowOf(sure)).state).toBe("withdrawn");
  });

  test("cannot see or change anybody else's application", async () => {
    const [mine, other] = [await submitted(), await teacher()];
    const { applicant, cases } = other.client;
    const theirs = { campaign, application: mine.application };
    expect(await refusalOf(applicant.saveDraft({ ...theirs, form: other.form }))).toMatchObject({ status: 404 });
    expect(await refusalOf(applicant.recall(theirs))).toMatchObject({ status: 404 });
    expect(await refusalOf(cases.listHistory(theirs))).toMatchObject({ status: 404 });
    expect(await refusalOf(other.school.clerk.client.applicant.recall(theirs))).toMatchObject({ status: 403 });
    expect((await rowOf(mine)).state).toBe("submitted");
  });

  test("who types after the end of the confirmation gets a refusal, and earlier entries stay", async () => {
    const person = await teacher();
    await save(person, { address: "人民路4号" });
    await acknowledge(person);
    await at("2017-11-04T00:00");
    const late = await refusalOf(save(person, { address: "人民路5号" }));
    expect(late).toMatchObject({ code: "case.wrong-state", figures: { state: "lapsed" } });
    expect((await person.client.applicant.own({ campaign }))?.form["address"]).toBe("人民路4号");
  });
});

describe("the school's desk", () => {
  test("returns only for reasons of the plan; other grounds need words; the reply time never ends after the window", async () => {
    const person = await submitted();
    const ask = (input: { reasons: string[]; text?: string; replyBy?: string }) =>
      deskOf(person).returnToApplicant({ campaign, application: person.application, ...input });
    expect(await refusalOf(ask({ reasons: ["i-do-not-like-it"] }))).toMatchObject({ code: "reason.unknown" });
    expect(await refusalOf(ask({ reasons: ["died"] }))).toMatchObject({ code: "reason.unknown" });
    expect(await refusalOf(ask({ reasons: ["other-grounds"] }))).toMatchObject({ code: "reason.needs-text" });
    const tooLong = ask({ reasons: ["post-differs"], replyBy: "2017-11-03T16:00:01Z" });
    expect(await refusalOf(tooLong)).toMatchObject({ code: "reply.too-late" });
    expect((await rowOf(person)).state).toBe("submitted");
    await ask({ reasons: ["post-differs"], replyBy: "2017-09-25T10:00:00Z" });
    expect(await rowOf(person)).toMatchObject({ state: "returned", answer_to: "submitted" });

    const own = await person.client.applicant.own({ campaign });
    expect(own?.asked).toEqual([
      { code: "post-differs", text: expect.any(String), opens: ["field:postKind", "field:subject"] },
    ]);
    await at("2017-09-25T18:00");
    expect((await rowOf(person)).state).toBe("lapsed");
  });

  test("can ask in a second return for something else", async () => {
    const person = await submitted();
    const ask = (reason: string) =>
      deskOf(person).returnToApplicant({ campaign, application: person.application, reasons: [reason] });
    await ask("post-differs");
    await save(person, { subject: "美术" });
    await person.client.applicant.resubmit({ campaign, application: person.application });
    await ask("personal-data-wrong");
    const refused = await refusalOf(save(person, { subject: "音乐" }));
    expect(refused).toMatchObject({ code: "application.not-opened", figures: { fields: ["任教学科"] } });
    await save(person, { subject: "美术", address: "人民路6号" });
    await person.client.applicant.resubmit({ campaign, application: person.application });
    const { returns } = await person.school.clerk.client.cases.getCase({ campaign, application: person.application });
    expect(returns.map(({ round, outcome }) => [round, outcome])).toEqual([
      [1, "answered"],
      [2, "answered"],
    ]);
  });

  test("confirms many, each with its own outcome; of two clerks at the same time only one acts", async () => {
    const [ready, another, unready] = [await checked(), await checked(), await submitted()];
    const applications = [ready, another, unready].map(({ application }) => application);
    const both = await Promise.all([1, 2].map(() => deskOf(ready).confirmMany({ campaign, applications })));
    expect(both.map(({ done }) => done).toSorted()).toEqual([0, 2]);
    const rows = both.flatMap((outcome) => outcome.rows).filter((row) => !row.ok);
    const refusalsOf = ({ application }: Applicant) =>
      rows.filter((row) => row.application === application).map((row) => row.refusal?.code);
    expect(refusalsOf(unready)).toEqual(["checks.missing", "checks.missing"]);
    expect(refusalsOf(ready)).toEqual(["case.wrong-state"]);
    const { rows: history } = await database.query(
      "select count(*)::int as n from shice.application_history where application_id = any($1) and transition = 'confirm'",
      [applications],
    );
    expect(history[0].n).toBe(2);
  });

  test("can take back a confirmation with a reason, but only before the hand-over", async () => {
    const person = await confirmed();
    const input = { campaign, application: person.application, reason: "合同复印件漏盖公章" };
    expect((await deskOf(person).unconfirm(input)).state).toBe("submitted");
    const gone = await handedOver();
    const refused = await refusalOf(deskOf(gone).unconfirm({ ...input, application: gone.application }));
    expect(refused).toMatchObject({ code: "case.wrong-state", figures: { state: "handed-over" } });
  });

  test("of another school cannot see the case; a material outside the plan is refused", async () => {
    const person = await submitted();
    const stranger = person.district.schools[1]?.clerk.client;
    const theirs = { campaign, application: person.application };
    expect(await refusalOf(stranger?.cases.getCase(theirs))).toMatchObject({ status: 404, code: "case.out-of-scope" });
    expect(await refusalOf(stranger?.confirmation.confirm(theirs))).toMatchObject({ status: 404 });
    expect(await refusalOf(person.client.confirmation.confirm(theirs))).toMatchObject({ status: 403 });
    const unknown = deskOf(person).saveChecks({
      ...theirs,
      materials: [{ material: "diary", originalSeen: true, copyStamped: true, copies: 1 }],
    });
    expect(await refusalOf(unknown)).toMatchObject({
      code: "input.invalid",
      fields: [{ path: "materials", code: "material.unknown" }],
    });
  });

  test("a field that the teacher changes after the comparison must be compared again", async () => {
    const person = await checked();
    const { applicant } = person.client;
    await applicant.recall({ campaign, application: person.application });
    await save(person, { certificateIssuer: "万州区教育局（按证书全称）", address: "人民路7号" });
    await submit(person);
    const refused = await refusalOf(deskOf(person).confirm({ campaign, application: person.application }));
    expect(refused).toMatchObject({
      code: "checks.missing",
      figures: { missing: ["certificate:certificateIssuer"] },
    });
    await check(world, person);
    expect((await deskOf(person).confirm({ campaign, application: person.application })).state).toBe("confirmed");
  });

  test("a school's sheets are recorded only for its own submitted cases", async () => {
    const [mine, confirmedAlready] = [await submitted(), await confirmed()];
    const elsewhere = await submitted({ school: 1 });
    const { recorded } = await deskOf(mine).supplySheets({
      campaign,
      school: mine.school.id,
      material: "ethics",
      signer: "校长",
      applications: [mine, confirmedAlready, elsewhere].map(({ application }) => application),
    });
    expect(recorded).toBe(1);
  });

  test("refuses with a reason that the teacher can read", async () => {
    const person = await submitted();
    await deskOf(person).refuse({
      campaign,
      application: person.application,
      reasons: ["out-of-scope"],
      reason: "所在岗位不属于本批次注册范围",
    });
    const history = await person.client.cases.listHistory({ campaign, application: person.application });
    expect(history.at(-1)).toMatchObject({ transition: "refuse", reason: "所在岗位不属于本批次注册范围" });
  });

  test("can withdraw for a teacher who has died or left", async () => {
    const person = await submitted();
    await deskOf(person).withdrawForTeacher({
      campaign,
      application: person.application,
      reasons: ["died"],
      reason: "该教师已去世，家属已告知学校",
    });
    expect((await rowOf(person)).state).toBe("withdrawn");
  });

  test("hands over its own cases once, despite repeated and concurrent calls", async () => {
    const people = [await confirmed(), await confirmed()];
    await at("2017-11-06T09:00");
    const applications = people.map(({ application }) => application);
    const outcomes = await Promise.all(
      [1, 2].map(() => deskOf(people[0] as Applicant).handOver({ campaign, applications })),
    );
    expect(outcomes.map(({ outcome }) => outcome.done).toSorted()).toEqual([0, 2]);
    const { rows } = await database.query(
      "select count(*)::int as n from shice.manifest_item where application_id = any($1)",
      [applications],
    );
    expect(rows[0].n).toBe(2);
  });
});

describe("what the district sends back", () => {
  async function sentBack(replyBy = "2017-11-08T10:00:00Z") {
    const person = await handedOver();
    const { client } = person.district.reviewer;
    await client.preliminary.sendBack({
      campaign,
      application: person.application,
      reasons: ["post-differs"],
      replyBy,
    });
    return person;
  }

  test("is passed on with a shorter reply time, and the school keeps the district's reply time", async () => {
    const person = await sentBack();
    await deskOf(person).passOnReturn({
      campaign,
      application: person.application,
      reasons: ["post-differs"],
      replyBy: "2017-11-07T10:00:00Z",
    });
    await save(person, { subject: "体育" });
    await person.client.applicant.resubmit({ campaign, application: person.application });
    expect(await rowOf(person)).toMatchObject({ state: "sent-back", reply_by: new Date("2017-11-08T10:00:00Z") });
    await at("2017-11-07T18:00");
    expect((await rowOf(person)).state).toBe("sent-back");
    const { outcome } = await deskOf(person).handOverAgain({ campaign, applications: [person.application] });
    expect(outcome.done).toBe(1);
  });

  test("goes back to the school if the teacher misses the reply time, and to the district if the school does", async () => {
    const person = await sentBack();
    await deskOf(person).passOnReturn({
      campaign,
      application: person.application,
      reasons: ["post-differs"],
      replyBy: "2017-11-07T10:00:00Z",
    });
    await at("2017-11-07T18:00");
    expect(await rowOf(person)).toMatchObject({ state: "sent-back", reply_by: new Date("2017-11-08T10:00:00Z") });
    await at("2017-11-08T18:00");
    expect((await rowOf(person)).state).toBe("handed-over");
  });

  test("cannot be passed on with more time than the school has", async () => {
    const person = await sentBack();
    const longer = deskOf(person).passOnReturn({
      campaign,
      application: person.application,
      reasons: ["post-differs"],
      replyBy: "2017-11-09T10:00:00Z",
    });
    expect(await refusalOf(longer)).toMatchObject({ code: "reply.too-late" });
  });
});

test("a request repeated with its key acts once and gets the same answer; the key with another body is refused", async () => {
  const person = await submitted();
  await check(world, person);
  await supplySheets(world, person.school, [person]);
  const context = { idempotencyKey: "confirm-this-one-once" };
  const confirm = () => deskOf(person).confirm({ campaign, application: person.application }, { context });
  const [first, second] = await Promise.all([confirm(), confirm()]);
  expect(second).toEqual(first);
  const other = await submitted();
  const misused = deskOf(person).confirm({ campaign, application: other.application }, { context });
  expect(await refusalOf(misused)).toMatchObject({ code: "idempotency.mismatch" });
});
