import { spellingOf } from "@shice/server/platform/spelling.ts";
import { describe, expect, test } from "vitest";
import { referenceServer } from "../testing/reference-server.ts";
import { actsOn, refusalOf } from "../testing/teacher-acts.ts";

const server = await referenceServer();
const { world, at, teacher } = server;
const { campaign, administrator, manager, anyone } = world;
const { save, submit, submitted, confirmed, handedOver } = actsOn(server);

function placeOf(index: number) {
  const district = world.districts[index];
  const [school, other] = district?.schools ?? [];
  if (district === undefined || school === undefined || other === undefined) throw new Error("no such district");
  return { district, school, other };
}

describe("a school that merges in the middle of the campaign", () => {
  test("its teachers continue in their state: drafts are submitted, submitted cases confirmed, confirmed ones handed over", async () => {
    await at("2017-09-20T09:00");
    const { school, other, district } = placeOf(1);
    const writing = await teacher({ district: 1 });
    await save(writing);
    const waiting = await submitted({ district: 1 });
    const ready = await confirmed({ district: 1 });
    await school.clerk.client.roster.addRoster({
      campaign,
      source: "hand",
      rows: [writing, ready].map(({ human }) => ({ school: school.id, name: human.name, idNumber: human.idNumber })),
    });
    const consequences = await administrator.client.organisations.getConsequences({ school: school.id });
    expect(consequences.campaigns).toMatchObject([{ entries: 2, draft: 1, submitted: 1, confirmed: 1, beyond: 0 }]);
    expect(consequences.clerks).toEqual([{ name: school.clerk.name, since: expect.any(String) }]);

    const { went } = await administrator.client.organisations.mergeSchool({
      school: school.id,
      into: other.id,
      on: "2017-09-20",
      reason: "区教委〔2017〕9号文件",
    });
    expect(went).toMatchObject({ campaigns: [{ entries: 2, cases: 3 }], clerks: [school.clerk.name] });

    // Each of the three teachers gets a message and finds the present school.
    for (const { client } of [writing, waiting, ready]) {
      expect((await client.applicant.own({ campaign }))?.school).toBe(other.name);
      const [latest] = (await client.messages.listMessages({})).items;
      expect(latest).toMatchObject({ template: "school-changed" });
      expect(latest?.text).toContain("无需重新提交");
    }
    const own = await writing.client.applicant.own({ campaign });
    expect(own?.form["schoolId"]).toBe(other.id);
    // A page opened before still names the ended school: the save is refused with the reason, and no entry is lost.
    const stale = writing.client.applicant.saveDraft({
      campaign,
      application: writing.application,
      form: writing.form,
    });
    expect(await refusalOf(stale)).toMatchObject({ code: "school.closed" });
    await submit(writing);
    expect((await writing.client.applicant.own({ campaign }))?.state).toBe("submitted");

    // The ended school's clerk can no longer act; the successor's clerk can act on all its cases.
    expect(await refusalOf(school.clerk.client.cases.countQueue({ campaign }))).toMatchObject({ status: 403 });
    const { client } = other.clerk;
    expect(await client.cases.countQueue({ campaign })).toMatchObject({ counts: { submitted: 2, confirmed: 1 } });
    expect(await client.roster.countRoster({ campaign })).toMatchObject({ due: 2 });
    const handed = await client.confirmation.handOver({ campaign, applications: [ready.application] });
    expect(handed.manifests).toMatchObject([{ entries: 1 }]);
    const history = await ready.client.cases.listHistory({ campaign, application: ready.application });
    expect(history.map(({ transition }) => transition)).toEqual([
      "start",
      "submit",
      "confirm",
      "follow-school",
      "hand-over",
    ]);
    const page = await district.lead.client.organisations.getSchool({ campaign, school: school.id });
    expect(page).toMatchObject({
      became: [{ id: other.id, kind: "merged" }],
      changes: [{ kind: "merged", by: administrator.name }, { kind: "added" }],
    });
    expect(page.clerks?.[0]?.until).not.toBeNull();

    // Nobody can be invited to the ended school, and nobody can choose it.
    const invited = administrator.client.accounts.invite({
      role: "school-clerk",
      organisation: school.id,
      name: "新人",
      email: "new@example.invalid",
    });
    expect(await refusalOf(invited)).toBeDefined();
    expect((await anyone.organisations.searchSchools({ query: school.name })).map(({ id }) => id)).not.toContain(
      school.id,
    );
  });

  test("cases handed over stay with the district, and its returns go to the successor's clerk", async () => {
    const person = await handedOver({ district: 2 });
    const { district, school, other } = placeOf(2);
    await manager.client.organisations.mergeSchool({
      school: school.id,
      into: other.id,
      on: "2017-11-06",
      reason: "区教委文件",
    });
    const theirs = { campaign, application: person.application };
    expect(await refusalOf(other.clerk.client.cases.getCase(theirs))).toMatchObject({ status: 404 });
    expect((await district.reviewer.client.cases.getCase(theirs)).schoolId).toBe(school.id);
    await district.reviewer.client.preliminary.sendBack({ ...theirs, reasons: ["copy-unstamped"] });
    expect((await other.clerk.client.cases.getCase(theirs)).schoolId).toBe(other.id);
    const { items } = await other.clerk.client.confirmation.listToHandOver({ campaign, kind: "again" });
    expect(items).toMatchObject([{ application: person.application, refusal: null }]);
    await other.clerk.client.confirmation.handOverAgain({ campaign, applications: [person.application] });
    // Both lists belong to the district, the second also to the successor.
    for (const search of [person.number, person.human.name, spellingOf(person.human.name).pinyin]) {
      const lists = await district.lead.client.preliminary.listManifests({ campaign, search });
      expect(lists.items.map(({ point }) => point)).toEqual([other.name, school.name]);
    }
  });
});

test("schools that pass to another authority take along cases not handed over, and the new authority decides them", async () => {
  await at("2017-09-21T09:00");
  const ready = await confirmed({ district: 5 });
  const { district, school, other } = placeOf(5);
  const { district: into } = placeOf(6);
  const lead = district.lead.client.organisations.passSchools({
    schools: [school.id],
    authority: into.authority,
    on: "2017-09-21",
    reason: "区划调整",
  });
  expect(await refusalOf(lead)).toMatchObject({ status: 403 });
  const { schools } = await manager.client.organisations.passSchools({
    schools: [school.id, other.id],
    authority: into.authority,
    on: "2017-09-21",
    reason: "行政区划调整",
  });
  expect(schools.map(({ authorityId }) => authorityId)).toEqual([into.authority, into.authority]);
  const theirs = { campaign, application: ready.application };
  expect(await refusalOf(district.reviewer.client.cases.getCase(theirs))).toMatchObject({ status: 404 });
  await at("2017-11-06T09:00");
  const handed = await school.clerk.client.confirmation.handOver({ campaign, applications: [ready.application] });
  await into.lead.client.preliminary.receiveManifest({ campaign, manifest: handed.manifest ?? "" });
  await into.reviewer.client.preliminary.recordFacts({ ...theirs, ethics: "met", fit: true });
  const decided = await into.reviewer.client.preliminary.decide({
    ...theirs,
    conclusion: "pass",
    reasons: ["conditions-met"],
  });
  expect(decided.state).toBe("preliminary");
  const inbox = await into.lead.client.messages.listMessages({});
  expect(inbox.items.map(({ template }) => template)).toContain("schools-passed");
});

test("returns are counted with their answers, in the scope of the school, the district and the centre", async () => {
  await at("2017-09-22T09:00");
  const person = await submitted({ district: 7 });
  const quiet = await submitted({ district: 7 });
  const { district, school } = placeOf(7);
  const giveBack = (application: string) =>
    school.clerk.client.confirmation.returnToApplicant({ campaign, application, reasons: ["personal-data-wrong"] });
  await giveBack(person.application);
  await giveBack(quiet.application);
  person.form = { ...person.form, address: `${person.form.address}附9号` };
  await person.client.applicant.saveDraft({ campaign, application: person.application, form: person.form });
  await person.client.applicant.resubmit({ campaign, application: person.application });
  for (const client of [school.clerk.client, district.lead.client]) {
    const ranking = await client.returns.rankReturns({ campaign });
    expect(ranking.total).toMatchObject({ cases: 2, returns: 2, answered: 1, open: 1 });
    expect(ranking.reasons).toMatchObject([{ code: "personal-data-wrong", cases: 2, answered: 1 }]);
  }
  const centre = world.centres[0]?.reviewer.client.returns;
  const wide = await centre?.rankReturns({ campaign });
  expect(wide?.by).toBe("authority");
  const open = await centre?.listReturned({ campaign, authority: district.authority, outcome: "open" });
  expect(open?.items.map(({ application }) => application)).toEqual([quiet.application]);
});
