import { inventForm, inventHuman } from "@shice/rehearsal/people.ts";
import { inventPhoto } from "@shice/rehearsal/photos.ts";
import { randomOf } from "@shice/rehearsal/random.ts";
import { check, supplySheets } from "@shice/rehearsal/school-desk.ts";
import type { Teacher } from "@shice/rehearsal/teachers.ts";
import { clientFor } from "@shice/rehearsal/world.ts";
import { beforeEach, expect, test } from "vitest";
import { referenceServer } from "../testing/reference-server.ts";
import { actsOn, refusalOf, texts } from "../testing/teacher-acts.ts";

const server = await referenceServer();
const { world, database, at } = server;
const { campaign, plan } = world;
const { save, submit } = actsOn(server);
const attestation = "attestation-1";

beforeEach(async () => {
  await at("2017-09-20T09:00");
});

const [district] = world.districts;
const school = district?.schools[0];
if (district === undefined || school === undefined) throw new Error("no district or school was found");
const clerk = school.clerk.client;
const foreignClerk = world.districts[1]?.schools[0]?.clerk.client;

let index = 500;
/** A teacher of the school without an account, with a form that matches their papers. */
function newcomer(): Teacher & { person: { school: string; name: string; idNumber: string } } {
  index += 1;
  const random = randomOf(index);
  const human = inventHuman(random, index, "500101", "ordinary", plan.year);
  if (district === undefined || school === undefined) throw new Error("no district or school was found");
  const form = inventForm(random, { human, story: "ordinary", school, plan, index });
  const { name, idNumber } = human;
  const client = clientFor(world.url, world.measure);
  return {
    index,
    story: "ordinary",
    human,
    district,
    school,
    chosenSchool: school,
    form,
    client,
    application: undefined,
    number: undefined,
    person: { school: school.id, name, idNumber },
  };
}
type Newcomer = ReturnType<typeof newcomer>;

async function filledIn(newcomer: Newcomer): Promise<string> {
  const { application } = await clerk.assistance.start({ campaign, person: newcomer.person });
  await clerk.assistance.saveForm({ campaign, application, form: newcomer.form });
  await clerk.assistance.addAttachment({
    campaign,
    application,
    slot: "photo",
    fileName: "照片.png",
    content: inventPhoto(1),
  });
  return application;
}

function register({ client, human }: Newcomer, change: { name?: string } = {}) {
  const { mobile, email, password, name, idNumber } = human;
  return client.accounts.register({
    mobile,
    email,
    password,
    name,
    idNumber,
    privacyNotice: texts.privacyNotice,
    ...change,
  });
}

test("N12, N13: the clerk fills in, the teacher attests, the same clerk confirms, and every page shows the mark", async () => {
  const teacher = newcomer();
  const application = await filledIn(teacher);
  const target = { campaign, application };
  // Only the teacher submits, and the clerk can call none of the teacher's own operations.
  expect(await refusalOf(clerk.applicant.submit({ ...target, ...texts, attestation }))).toMatchObject({ status: 403 });

  await register(teacher);
  const own = await teacher.client.applicant.own({ campaign });
  expect(own).toMatchObject({
    id: application,
    state: "draft",
    assistance: { clerk: expect.any(String), organisation: school.name, attestedAt: null },
  });
  const about = await teacher.client.applicant.about(target);
  expect(about).toMatchObject({ person: { name: teacher.human.name }, confirmationPoint: school.name });
  expect(await refusalOf(teacher.client.applicant.submit({ ...target, ...texts }))).toMatchObject({
    status: 422,
    code: "attestation.missing",
    field: "attestation",
  });
  const version = own?.version ?? 0;
  const once = { context: { idempotencyKey: `submit-${application}` } };
  await teacher.client.applicant.submit({ ...target, ...texts, version, attestation }, once);
  // A repetition after a lost answer acts once.
  expect(await teacher.client.applicant.submit({ ...target, ...texts, version, attestation }, once)).toMatchObject({
    state: "submitted",
  });
  const views = await teacher.client.applicant.listViews(target);
  expect(views.map(({ action }) => action)).toContain("assist-begin");

  teacher.application = application;
  await check(world, teacher);
  await supplySheets(world, school, [teacher]);
  await clerk.confirmation.confirm(target);
  await at("2017-11-06T09:00");
  await clerk.confirmation.handOver({ campaign, applications: [application] });
  const seen = await district.reviewer.client.cases.getCase(target);
  expect(seen).toMatchObject({ assisted: "attested", state: "handed-over" });
  expect(seen.flags).toContain("assistance.by-school");
  expect(seen.assistedFields).toContain("subject");
  const sittings = await district.reviewer.client.assistance.listSittings(target);
  expect(sittings[0]).toMatchObject({ organisation: school.name });
});

test("a teacher whose name the clerk mistyped cannot register until the clerk corrects it", async () => {
  const teacher = newcomer();
  const wrong = { ...teacher.person, name: `${teacher.person.name}错` };
  const { application } = await clerk.assistance.start({ campaign, person: wrong });
  expect(await refusalOf(register(teacher))).toMatchObject({ code: "account.person-differs", field: "idNumber" });
  await clerk.roster.addRoster({ campaign, source: "hand", rows: [teacher.person] });
  expect(await clerk.assistance.start({ campaign, person: teacher.person })).toEqual({ application });
  await register(teacher);
  expect(await teacher.client.applicant.own({ campaign })).toMatchObject({ id: application });
});

test("the clerk's pictures are re-encoded, allowed only in the clerk's own drafts, and read only under the clerk's own post", async () => {
  const application = await filledIn(newcomer());
  const page = { campaign, application, slot: "certificate", fileName: "证书.png", content: inventPhoto(2) };
  const { attachments } = await clerk.assistance.addAttachment(page);
  const scans = attachments.filter(({ slot }) => slot === "certificate");
  expect(scans).toHaveLength(1);
  const html = { ...page, content: Buffer.from("<!doctype html>").toString("base64") };
  expect(await refusalOf(clerk.assistance.addAttachment(html))).toMatchObject({ code: "attachment.not-an-image" });
  expect(await refusalOf(clerk.assistance.addAttachment({ ...page, slot: "diploma" }))).toMatchObject({
    code: "attachment.slot-unknown",
  });
  expect(await refusalOf(foreignClerk?.assistance.addAttachment(page))).toMatchObject({ code: "case.out-of-scope" });
  const attachment = scans[0]?.id ?? "";
  const theirs = foreignClerk?.documents.getAttachment({ campaign, application, attachment });
  expect(await refusalOf(theirs)).toMatchObject({ status: 404 });
  const { attachments: left } = await clerk.assistance.arrangeAttachments({
    campaign,
    application,
    slot: "certificate",
    pages: [],
  });
  expect(left.map(({ slot }) => slot)).toEqual(["photo"]);
});

test("the sheet to check is the same for the same data, and exists only for the clerk's own school and its assisted drafts", async () => {
  const teacher = newcomer();
  const application = await filledIn(teacher);
  const target = { campaign, application };
  const bytes = async () => Buffer.from(await (await clerk.documents.getAssistanceSheet(target)).arrayBuffer());
  const first = await bytes();
  expect(first.subarray(0, 5).toString()).toBe("%PDF-");
  expect(await bytes()).toEqual(first);
  await clerk.assistance.saveForm({ ...target, form: { ...teacher.form, major: "物理学" } });
  expect((await bytes()).equals(first)).toBe(false);
  expect(await refusalOf(foreignClerk?.documents.getAssistanceSheet(target))).toMatchObject({ status: 404 });
  const alone = await server.teacher();
  await save(alone);
  const theirs = clerk.documents.getAssistanceSheet({ campaign, application: alone.application });
  expect(await refusalOf(theirs)).toMatchObject({ code: "assistance.not-begun" });
});

test("a teacher who fills in alone needs no attestation, and the clerk cannot read the draft by these calls", async () => {
  const alone = await server.teacher();
  await save(alone);
  expect(await refusalOf(clerk.assistance.getForm({ campaign, application: alone.application }))).toMatchObject({
    code: "assistance.not-begun",
  });
  await submit(alone);
  const { rows } = await database.query("select assisted_at, attested_at from shice.application where id = $1", [
    alone.application,
  ]);
  expect(rows).toEqual([{ assisted_at: null, attested_at: null }]);
});

test("an assisted draft that is not attested lapses as a draft and counts as not applied", async () => {
  const application = await filledIn(newcomer());
  await at("2017-11-04T00:00");
  const { rows } = await database.query("select state, submitted_at from shice.application where id = $1", [
    application,
  ]);
  expect(rows).toEqual([{ state: "lapsed", submitted_at: null }]);
});
