import { findProblem } from "@shice/contract/client.ts";
import { check, supplySheets } from "@shice/rehearsal/school-desk.ts";
import { beforeEach, expect, test } from "vitest";
import { referenceServer } from "../testing/reference-server.ts";
import { type Applicant, actsOn, refusalOf, texts } from "../testing/teacher-acts.ts";

const server = await referenceServer();
const { world, database, at, teacher } = server;
const { campaign } = world;
const { save, submit, submitted, confirmed, acknowledge } = actsOn(server);

beforeEach(async () => {
  await at("2017-09-20T09:00");
});

test("N1, N2: the campaign names its legal basis and seventeen areas, 两江新区 without a code", async () => {
  const view = await world.anyone.campaigns.getCampaign({ campaign });
  expect(view.legalBasis).toEqual(["渝教师〔2015〕22号", "渝教师发〔2016〕26号"]);
  expect(view.areas).toHaveLength(17);
  expect(view.areas.find(({ name }) => name === "两江新区")?.code).toBeNull();
});

test("N9, N10, N11: submission needs an open window; a draft is saved at any time; the refusal names the next opening", async () => {
  const person = await teacher();
  await at("2017-10-03T12:00");
  await save(person);
  const closed = await refusalOf(submit(person));
  expect(closed).toMatchObject({ code: "window.closed", figures: { why: "closure", opensAt: "2017-10-08T23:00:00Z" } });
  expect(closed?.title).toContain("2017年10月9日7:00");

  await at("2017-10-09T06:59:59.999");
  expect(await refusalOf(submit(person))).toMatchObject({ code: "window.closed", figures: { why: "nightly" } });
  await at("2017-10-09T07:00");
  expect((await submit(person)).state).toBe("submitted");
});

test("N9: the window is open at 23:59:59.999 of the last day and closed at 24:00", async () => {
  const inTime = await teacher();
  const late = await teacher();
  await save(inTime);
  await save(late);
  await at("2017-11-02T23:59:59.999");
  expect((await submit(inTime)).state).toBe("submitted");
  await at("2017-11-03T00:00");
  expect(await refusalOf(submit(late))).toMatchObject({ code: "window.closed", figures: { why: "over" } });
});

test("N4, N5, N6, N7: a teacher outside the notice gets the reason with its section", async () => {
  const ask = (answers: Record<string, string>) => world.anyone.campaigns.askEligibility({ campaign, answers });
  const base = {
    area: "yuzhong",
    institution: "primary",
    ownership: "public",
    establishment: "yes",
    standing: "serving",
  };
  expect((await ask(base)).verdict).toBe("must");
  expect((await ask({ ...base, ownership: "industry" })).reasons[0]?.code).toBe("eligibility.industry-run");
  expect((await ask({ ...base, standing: "probation" })).reasons[0]?.code).toBe("eligibility.probation-running");
  const support = await ask({ ...base, institution: "teaching-research", establishment: "no-title" });
  expect(support.reasons[0]?.code).toBe("eligibility.support-needs-title");
  const seconded = await ask({ ...base, standing: "borrowed-in" });
  expect(seconded.verdict).toBe("must");
  expect(seconded.sentence).toContain("借出单位");
});

test("N7: a borrowed teacher cannot submit at the borrowing school", async () => {
  const person = await teacher();
  await save(person, { seconded: "borrowed-in" });
  const refused = await refusalOf(submit(person));
  expect(refused?.figures?.["findings"]).toEqual(["eligibility.register-at-lending-school@seconded"]);
});

test("N14, N15: the school is chosen from the directory and determines authority and confirmation point", async () => {
  const person = await submitted({ district: 3 });
  const { rows } = await database.query(
    "select authority_id, confirmation_point_id from shice.application where id = $1",
    [person.application],
  );
  expect(rows[0]).toEqual({ authority_id: person.district.authority, confirmation_point_id: person.school.id });
  const stranger = await teacher();
  const unknown = await refusalOf(save(stranger, { schoolId: "0198a000-0000-7000-8000-000000000000" }));
  expect(unknown?.code).toBe("school.not-in-campaign");
});

test("N21, N22, N26: a case with an unchecked material or certificate field cannot be confirmed", async () => {
  const person = await submitted();
  const { client } = person.school.clerk;
  const confirm = () => client.confirmation.confirm({ campaign, application: person.application });
  const missing = await refusalOf(confirm());
  expect(missing?.code).toBe("checks.missing");
  expect(missing?.figures?.["missing"]).toEqual(
    expect.arrayContaining(["教师资格证书", "certificate:certificateNumber"]),
  );

  await check(world, person);
  await supplySheets(world, person.school, [person]);
  await client.confirmation.saveChecks({
    campaign,
    application: person.application,
    materials: [],
    certificate: [{ field: "certificateNumber", agrees: false, remark: "末位不符" }],
  });
  expect((await refusalOf(confirm()))?.figures?.["missing"]).toEqual(["certificate:certificateNumber"]);
});

test("N50: a sheet from the school needs the signer's name", async () => {
  const person = await submitted();
  const unsigned = person.school.clerk.client.confirmation.saveChecks({
    campaign,
    application: person.application,
    materials: [{ material: "ethics", originalSeen: true, copyStamped: true, copies: 1 }],
    certificate: [],
  });
  expect((await refusalOf(unsigned))?.code).toBe("input.invalid");
});

test("N23, N25: confirmed cases are handed over once, with a manifest of numbered rows", async () => {
  const person = await confirmed();
  const { client } = person.school.clerk;
  await at("2017-11-06T09:00");
  const first = await client.confirmation.handOver({ campaign, applications: [person.application] });
  expect(first.outcome).toMatchObject({ done: 1, refused: 0 });
  const again = await client.confirmation.handOver({ campaign, applications: [person.application] });
  expect(again).toMatchObject({
    manifest: null,
    outcome: { done: 0, rows: [{ refusal: { code: "case.wrong-state" } }] },
  });
  const manifest = await person.district.lead.client.preliminary.getManifest({
    campaign,
    manifest: first.manifest ?? "",
  });
  expect(manifest.items).toMatchObject([{ position: 1, number: person.number, name: person.human.name }]);
});

test("N20: a return opens only the fields it asks for, and can be answered after applications have closed", async () => {
  await at("2017-11-02T12:00");
  const person = await submitted();
  await at("2017-11-03T20:00");
  const { client } = person.school.clerk;
  await client.confirmation.returnToApplicant({ campaign, application: person.application, reasons: ["post-differs"] });
  const other = await refusalOf(save(person, { address: "人民路1号" }));
  expect(other).toMatchObject({ code: "application.not-opened", figures: { fields: ["通信地址"] } });
  await save(person, { subject: "体育" });
  const answered = await person.client.applicant.resubmit({ campaign, application: person.application });
  expect(answered.state).toBe("submitted");
  const history = await client.cases.listHistory({ campaign, application: person.application });
  expect(history.at(-1)).toMatchObject({ transition: "resubmit", changes: { subject: { to: "体育" } } });
});

test("N51: of two people who act at the same time one succeeds, the other's refusal says why; a repeated request acts once", async () => {
  const person = await submitted();
  const { client } = person.school.clerk;
  const input = {
    campaign,
    application: person.application,
    reasons: ["certificate-not-genuine"],
    reason: "未能提供原件",
  };
  const outcomes = await Promise.allSettled([client.confirmation.refuse(input), client.confirmation.refuse(input)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const lost = outcomes.find((outcome) => outcome.status === "rejected");
  expect(findProblem(lost?.reason)).toMatchObject({
    code: "case.wrong-state",
    figures: { last: { transition: "refuse" } },
  });

  const other = await teacher();
  await save(other);
  const context = { idempotencyKey: "one-and-the-same-request" };
  const twice = [1, 2].map(() =>
    other.client.applicant.submit({ campaign, application: other.application, ...texts }, { context }),
  );
  const [first, second] = await Promise.all(twice);
  expect(second).toEqual(first);
  const { rows } = await database.query(
    "select count(*)::int as n from shice.application_history where application_id = $1 and transition = 'submit'",
    [other.application],
  );
  expect(rows[0].n).toBe(1);
});

test("N13: a certificate number already used by another person is refused", async () => {
  const first = await submitted();
  const second = await teacher();
  await save(second, { certificateNumber: first.form.certificateNumber });
  expect((await refusalOf(submit(second)))?.code).toBe("application.certificate-taken");
});

test("N49: nobody decides on their own case or after exercising another duty on it", async () => {
  const person = await confirmed({ district: 5 });
  const foreign = await refusalOf(
    world.districts[6]?.reviewer.client.cases.getCase({ campaign, application: person.application }) ??
      Promise.resolve(),
  );
  expect(foreign).toMatchObject({ status: 404, code: "case.out-of-scope" });
});

test("N24: unconfirmed cases lapse at the end of the confirmation and not earlier; an extension prevents it", async () => {
  const lapsing = await submitted();
  const held = await submitted();
  await world.manager.client.campaigns.grantExtension({
    campaign,
    stage: "confirm",
    application: held.application,
    until: "2017-11-10T16:00:00Z",
    reason: "本人住院，学校代为申请延期",
  });
  const stateOf = async ({ application }: Applicant) => {
    const { rows } = await database.query("select state from shice.application where id = $1", [application]);
    return rows[0].state;
  };
  await acknowledge(lapsing, held);
  await at("2017-11-03T23:59:59.999");
  expect(await stateOf(lapsing)).toBe("submitted");
  await at("2017-11-04T00:00");
  expect(await stateOf(lapsing)).toBe("lapsed");
  expect(await stateOf(held)).toBe("submitted");
  await at("2017-11-11T00:00");
  expect(await stateOf(held)).toBe("lapsed");
  expect(await at("2017-11-11T00:01")).toMatchObject({ lapsed: 0, expired: 0 });
  const inbox = await lapsing.client.messages.listMessages({});
  expect(inbox.items[0]?.template).toBe("lapsed");
});
