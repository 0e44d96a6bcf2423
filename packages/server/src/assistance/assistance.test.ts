import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { composeIdNumber } from "@shice/rules/identity/id-number.ts";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { applicantRoutes } from "../applicant/routes.ts";
import { casesRoutes } from "../cases/routes.ts";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { assistanceSheetOf } from "../documents/assistance-sheet.ts";
import { getPrinted } from "../documents/sheet-data.ts";
import { openFileStore } from "../platform/file-store.ts";
import type { RequestContext } from "../request/context.ts";
import { rosterRoutes } from "../roster/routes.ts";
import { sweep } from "../sweep/sweep.ts";
import { withActContext } from "../testing/act-context.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { District, Offices, Staff } from "../testing/offices-shape.ts";
import { verified } from "../testing/verified.ts";
import { assistanceRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
  offices.services.files = openFileStore(mkdtempSync(join(tmpdir(), "shice-assistance-")), offices.db.secrets);
});
beforeEach(() => offices.clock.set("2017-10-09T10:00"));

const texts = { undertaking: "honesty-1", privacyNotice: "privacy-1" };
const attestation = "attestation-1";
const clerkOf = (district: District = offices.wanzhou) => district.clerk;

/** Somebody who has never been here. */
interface Newcomer {
  name: string;
  idNumber: string;
}
let serial = 0;
function newcomer(name = "欧阳秀"): Newcomer {
  serial += 1;
  const bornOn = Temporal.PlainDate.from("1984-06-07");
  return { name, idNumber: composeIdNumber({ area: "500101", bornOn, sequence: serial, sex: "female" }) };
}

/** Puts somebody on the roster of a district's school; gives the entry's key. */
async function onRoster(
  person: Newcomer,
  district: District = offices.wanzhou,
  facts: Record<string, unknown> = {},
): Promise<string> {
  const { school, clerk } = district;
  const row = { school: school.id, ...person, facts };
  const { wrong } = await call(
    rosterRoutes.addRoster,
    { campaign, source: "hand", rows: [row] },
    { context: offices.as(clerk) },
  );
  expect(wrong).toEqual([]);
  const { rows } = await offices.db.owner.query("select id from shice.roster_entry where id_number_index = $1", [
    indexOf(person),
  ]);
  return rows[0].id;
}
const indexOf = ({ idNumber }: Newcomer) => offices.db.secrets.blindIndex(idNumber, "person.id-number");

/** An account of the teacher's own, as a registration makes it; and how a request of theirs looks. */
async function registered(person: Newcomer): Promise<RequestContext> {
  const { owner, secrets } = offices.db;
  await owner.query(
    `insert into shice.person (name, document_kind, id_number_sealed, id_number_index, created_at)
     values ($1, 'id-card', $2, $3, '2017-09-20') on conflict do nothing`,
    [person.name, secrets.encrypt(person.idNumber, "person.id-number"), indexOf(person)],
  );
  const { rows } = await owner.query("select id from shice.person where id_number_index = $1", [indexOf(person)]);
  const personId: string = rows[0].id;
  const accountId = randomUUID();
  await owner.query(
    "insert into shice.account (id, kind, person_id, display_name, created_at) values ($1, 'applicant', $2, $3, '2017-09-20')",
    [accountId, personId, person.name],
  );
  const context = offices.as(clerkOf());
  if (context.session === null) throw new Error("somebody is signed in");
  return {
    ...context,
    session: {
      ...context.session,
      accountId,
      kind: "applicant",
      personId,
      name: person.name,
      posts: [],
      actor: {
        role: "applicant",
        accountId,
        personId,
        postId: null,
        organisationId: null,
        scope: { kind: "applicant", id: personId },
      },
    },
  };
}

const start = (input: object, by: Staff = clerkOf()) =>
  call(routes.start, { campaign, ...input }, { context: offices.as(by) });
const getForm = (application: string, by: Staff = clerkOf()) =>
  call(routes.getForm, { campaign, application }, { context: offices.as(by) });
const save = (application: string, form: object, by: Staff = clerkOf(), version?: number) =>
  call(
    routes.saveForm,
    { campaign, application, form, ...(version === undefined ? {} : { version }) },
    { context: offices.as(by) },
  );
const own = (context: RequestContext) => call(applicantRoutes.own, { campaign }, { context });
const photoOf = async (context: RequestContext) => ApplicationDraft.parse((await own(context))?.form).photo;
const rowOf = async (application: string) =>
  (await offices.db.owner.query("select * from shice.application where id = $1", [application])).rows[0];

/** A form that is whole for a teacher of the district's school. */
function wholeForm(district: District = offices.wanzhou): ApplicationDraft {
  serial += 1;
  return {
    certificateNumber: `200950001120${String(serial).padStart(5, "0")}`,
    certificateKind: "primary",
    certificateSubject: "语文",
    certificateIssuedOn: "2009-06-30",
    certificateIssuer: "万州区教育委员会",
    ethnicity: "01",
    postKind: "primary",
    subject: "语文",
    schoolId: district.school.id,
    seconded: "no",
    education: "21",
    studyMode: "full-time",
    teacherTraining: true,
    graduatedFrom: "西南师范大学",
    major: "小学教育",
    graduatedOn: "2009-06-20",
    contractSince: "2009-09-01",
    postNature: "teaching",
    putonghuaLevel: "2A",
    workingSince: "2009-07-01",
    title: "first",
    birthplace: "重庆市万州区",
    householdRegistration: "重庆市万州区",
    address: "万州区人民路1号",
    postcode: "404000",
    mobile: "13900000001",
    email: "somebody@example.invalid",
    inEstablishment: true,
    onPost: true,
    newlyHired: false,
    assessments: [{ year: 2016, grade: "competent" }],
    trainingHours: 380,
  };
}

/** One pixel of PNG: made into a photo of ours it lacks nothing but beauty. */
const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const addPhoto = (application: string, by: Staff = clerkOf()) =>
  call(
    routes.addAttachment,
    { campaign, application, slot: "photo", fileName: "照片.png", content: picture },
    { context: offices.as(by) },
  );

/** A teacher's draft, filled in whole by the clerk, and the teacher's own way to it. */
async function filledIn(person: Newcomer = newcomer()) {
  const entry = await onRoster(person);
  const { application } = await start({ entry });
  const form = wholeForm();
  await save(application, form);
  await addPhoto(application);
  const teacher = await registered(person);
  return { application, form, teacher, person };
}

const submit = (context: RequestContext, application: string, more: object = {}) =>
  call(applicantRoutes.submit, { campaign, application, ...texts, ...more }, { context });

/** Reads, attests and submits, as the page does it: for the version that was read. */
async function attest(context: RequestContext, application: string) {
  const read = await own(context);
  return await submit(context, application, { attestation, version: read?.version });
}

describe("beginning", () => {
  test("N12: a teacher of the roster who has never been here gets a draft of the own school, filled in from the roster", async () => {
    const person = newcomer();
    const entry = await onRoster(person, offices.wanzhou, { subject: "数学", certificateNumber: "20095000112200123" });
    const { application } = await start({ entry });
    const form = await getForm(application);
    expect(form).toMatchObject({
      state: "draft",
      school: offices.wanzhou.school.name,
      form: { schoolId: offices.wanzhou.school.id, subject: "数学", certificateNumber: "20095000112200123" },
      assistance: {
        clerk: clerkOf().name,
        organisation: offices.wanzhou.school.name,
        attestedAt: null,
        fields: ["certificateNumber", "schoolId", "subject"],
      },
    });
    expect(form.standing.sentence).toMatch(/^学校代填，待本人核对确认：由申请人办理/);
    const { rows } = await offices.db.owner.query(
      "select transition, role, account_id, post_id from shice.application_history where application_id = $1 order by sequence",
      [application],
    );
    const by = { role: "school-clerk", account_id: clerkOf().accountId, post_id: clerkOf().postId };
    expect(rows).toEqual([
      { transition: "start", ...by },
      { transition: "assist", ...by },
    ]);
    const report = await verified(offices);
    expect(report.faults).toEqual([]);
    // The same again, by whoever: the same draft, and nothing written twice.
    expect(await start({ entry })).toEqual({ application });
    expect((await getForm(application)).version).toBe(form.version);
    const about = await call(routes.about, { campaign, application }, { context: offices.as(clerkOf()) });
    expect(about.person).toMatchObject({
      name: person.name,
      idNumber: person.idNumber,
      sex: "female",
      bornOn: "1984-06-07",
    });
  });

  test("somebody who is not on the roster is put on the own school's, seen; of another's roster or school it is refused", async () => {
    const person = newcomer("次仁·卓玛");
    const named = { school: offices.wanzhou.school.id, ...person };
    const { application } = await start({ person: named });
    const { rows } = await offices.db.owner.query(
      "select name, source, standing, seen_by, school_id from shice.roster_entry where id_number_index = $1",
      [indexOf(person)],
    );
    expect(rows).toEqual([
      { name: person.name, source: "hand", standing: "due", seen_by: clerkOf().accountId, school_id: named.school },
    ]);
    expect(await start({ person: named })).toEqual({ application });
    // Another spelling of the name is another person, until somebody has looked at the document.
    expect(await refusalCodeOf(start({ person: { ...named, name: "卓玛" } }))).toBe("assistance.name-differs");

    const theirs = newcomer();
    await onRoster(theirs, offices.yuzhong);
    expect(await refusalCodeOf(start({ person: { ...named, ...theirs } }))).toBe("roster.elsewhere");
    const foreign = { ...newcomer(), school: offices.yuzhong.school.id };
    expect(await refusalCodeOf(start({ person: foreign }))).toBe("roster.school-unknown");
    expect(await refusalCodeOf(start({ person: { ...named, idNumber: "500101198406070000" } }))).toBe(
      "account.id-number",
    );
    expect(await refusalCodeOf(start({ person: { ...named, ...newcomer("王1") } }))).toBe("account.name");
    expect(await refusalCodeOf(start({}))).toBe("assistance.whom");
  });

  test("an entry of another school's roster does not exist for this clerk", async () => {
    const entry = await onRoster(newcomer(), offices.yuzhong);
    expect(await refusalCodeOf(start({ entry }))).toBe("request.not-found");
  });

  test("a draft that the teacher began without choosing a school is taken up with what stands in it, and the teacher is told", async () => {
    const person = newcomer();
    const teacher = await registered(person);
    const { id } = await call(applicantRoutes.start, { campaign }, { context: teacher });
    await call(
      applicantRoutes.saveDraft,
      { campaign, application: id, form: { address: "人民路8号" } },
      { context: teacher },
    );
    const entry = await onRoster(person);
    expect(await start({ entry })).toEqual({ application: id });
    const form = await getForm(id);
    expect(form.form).toEqual({ address: "人民路8号" });
    expect(form.assistance).toMatchObject({ clerk: clerkOf().name, fields: [] });
    await save(id, { ...form.form, subject: "数学" });
    const mine = await own(teacher);
    expect(mine).toMatchObject({
      form: { address: "人民路8号", subject: "数学" },
      assistance: { fields: ["subject"] },
    });
    const { rows } = await offices.db.owner.query(
      "select channel from shice.message where application_id = $1 and template = 'assistance-begun' order by channel",
      [id],
    );
    expect(rows.map(({ channel }) => channel)).toEqual(["email", "inbox"]);
  });

  test("a draft that belongs to another school is refused with a sentence; nothing of it is told", async () => {
    const person = newcomer();
    const teacher = await registered(person);
    const { id } = await call(applicantRoutes.start, { campaign }, { context: teacher });
    await call(
      applicantRoutes.saveDraft,
      { campaign, application: id, form: { schoolId: offices.yuzhong.school.id } },
      { context: teacher },
    );
    const entry = await onRoster(person);
    expect(await refusalCodeOf(start({ entry }))).toBe("assistance.elsewhere");
    expect(await refusalCodeOf(getForm(id))).toBe("case.out-of-scope");
    expect((await rowOf(id)).assisted_at).toBeNull();
  });

  test("what has been submitted is filled in no more, and nobody fills in their own application by this way", async () => {
    const { person, teacher, application } = await filledIn();
    await attest(teacher, application);
    const entry = await onRoster(person);
    expect(await refusalCodeOf(start({ entry }))).toBe("case.wrong-state");

    const clerk = newcomer("王经办");
    const theirOwn = await onRoster(clerk);
    const { session } = await registered(clerk);
    const context = offices.as(clerkOf());
    const actor = context.session?.actor;
    if (context.session === null || actor === null || actor === undefined) throw new Error("a clerk acts");
    const asTeacherToo = {
      ...context,
      session: { ...context.session, actor: { ...actor, personId: session?.personId ?? null } },
    };
    expect(await refusalCodeOf(call(routes.start, { campaign, entry: theirOwn }, { context: asTeacherToo }))).toBe(
      "case.own",
    );
    const { rows } = await offices.db.owner.query(
      "select from shice.application a join shice.person p on p.id = a.person_id where p.id_number_index = $1",
      [indexOf(clerk)],
    );
    expect(rows).toEqual([]);
  });

  test("a mistyped name is put right from the roster as long as nobody has registered, and by nobody's say after", async () => {
    const mistyped = newcomer("李晓明");
    const right = { ...mistyped, name: "李小明" };
    const { application } = await start({ entry: await onRoster(mistyped) });
    const entry = await onRoster(right);
    expect(await start({ entry })).toEqual({ application });
    expect((await rowOf(application)).name).toBe("李小明");
    const about = await call(routes.about, { campaign, application }, { context: offices.as(clerkOf()) });
    expect(about.person.name).toBe("李小明");
    await registered(right);
    await onRoster(mistyped);
    expect(await refusalCodeOf(start({ entry }))).toBe("assistance.name-differs");
  });

  test("when the confirmation has ended there is nothing left to fill in", async () => {
    const entry = await onRoster(newcomer());
    const person = newcomer();
    const other = await onRoster(person);
    const { application } = await start({ entry: other });
    offices.clock.set("2017-11-04T00:00");
    expect(await refusalCodeOf(start({ entry }))).toBe("stage.over");
    expect(await refusalCodeOf(save(application, { subject: "数学" }))).toBe("stage.over");
    // It lapses as the draft that it is.
    await sweep(offices.services);
    expect(await rowOf(application)).toMatchObject({ state: "lapsed", submitted_at: null, attested_at: null });
  });

  test("two clerks at once, or a clerk and the teacher: one application, and both in it", async () => {
    const one = newcomer();
    const entry = await onRoster(one);
    const [first, second] = await Promise.all([start({ entry }), start({ entry })]);
    expect(first).toEqual(second);

    const other = newcomer();
    const teacher = await registered(other);
    const their = await onRoster(other);
    const [byClerk, byTeacher] = await Promise.allSettled([
      start({ entry: their }),
      call(applicantRoutes.start, { campaign }, { context: teacher }),
    ]);
    expect(byClerk.status).toBe("fulfilled");
    const { rows } = await offices.db.owner.query(
      "select a.id, a.assisted_at from shice.application a join shice.person p on p.id = a.person_id where p.id_number_index = $1",
      [indexOf(other)],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].assisted_at).not.toBeNull();
    if (byTeacher.status === "rejected") {
      expect(await refusalCodeOf(Promise.reject(byTeacher.reason))).toBe("application.live-already");
    }
  });
});

describe("filling in", () => {
  test("N51: each save is on record with who, when and which fields; the teacher and the offices above read it, others do not", async () => {
    const person = newcomer();
    const { application } = await start({ entry: await onRoster(person) });
    const form = wholeForm();
    const first = await save(application, { ...form, address: undefined });
    expect(first.form).not.toHaveProperty("address");
    offices.clock.set("2017-10-09T10:05");
    await save(application, form);
    offices.clock.set("2017-10-09T14:00");
    await save(application, { ...form, subject: "数学" });
    // Nothing changed, nothing on record.
    await save(application, { ...form, subject: "数学" });
    const sittings = (context: RequestContext) => call(routes.listSittings, { campaign, application }, { context });
    const seen = await sittings(offices.as(clerkOf()));
    expect(seen.map(({ from, until, entries }) => [from, until, entries.length])).toEqual([
      ["2017-10-09T02:00:00Z", "2017-10-09T02:05:00Z", Object.keys(form).length],
      ["2017-10-09T06:00:00Z", "2017-10-09T06:00:00Z", 1],
    ]);
    expect(seen[1]).toMatchObject({ clerk: clerkOf().name, entries: ["任教学科"] });
    expect(await sittings(await registered(person))).toEqual(seen);
    expect(await sittings(offices.as(offices.wanzhou.reviewer))).toEqual(seen);
    expect(await sittings(offices.as(offices.auditor))).toEqual(seen);
    expect(await sittings(offices.as(offices.yuzhong.clerk))).toEqual([]);
  });

  test("only at the own point: another school's clerk neither reads nor writes, and the form goes to no other school", async () => {
    const { application } = await start({ entry: await onRoster(newcomer()) });
    const stranger = offices.yuzhong.clerk;
    for (const act of [
      () => getForm(application, stranger),
      () => save(application, { subject: "数学" }, stranger),
      () => addPhoto(application, stranger),
      () => call(routes.about, { campaign, application }, { context: offices.as(stranger) }),
    ]) {
      expect(await refusalCodeOf(act())).toBe("case.out-of-scope");
    }
    expect(await refusalCodeOf(save(application, { schoolId: offices.yuzhong.school.id }))).toBe(
      "assistance.other-school",
    );
    const schools = await call(routes.listSchools, { campaign }, { context: offices.as(clerkOf()) });
    expect(schools).toEqual([{ id: offices.wanzhou.school.id, name: offices.wanzhou.school.name }]);
  });

  test("a draft that the teacher fills in alone is not the clerk's to open or to write before it is taken in hand", async () => {
    const person = newcomer();
    const teacher = await registered(person);
    const { id } = await call(applicantRoutes.start, { campaign }, { context: teacher });
    const form = { schoolId: offices.wanzhou.school.id };
    await call(applicantRoutes.saveDraft, { campaign, application: id, form }, { context: teacher });
    for (const act of [() => getForm(id), () => save(id, { ...form, subject: "数学" }), () => addPhoto(id)]) {
      expect(await refusalCodeOf(act())).toBe("assistance.not-begun");
    }
  });

  test("clerk and teacher writing at once: the later one is told, and nothing is lost", async () => {
    const person = newcomer();
    const { application } = await start({ entry: await onRoster(person) });
    const teacher = await registered(person);
    const { version, form } = await getForm(application);
    const byTeacher = await call(
      applicantRoutes.saveDraft,
      { campaign, application, version, form: { ...form, address: "人民路8号" } },
      { context: teacher },
    );
    expect(await refusalCodeOf(save(application, { ...form, subject: "数学" }, clerkOf(), version))).toBe(
      "case.changed",
    );
    await save(application, { ...byTeacher.form, subject: "数学" }, clerkOf(), byTeacher.version);
    expect((await own(teacher))?.form).toMatchObject({ address: "人民路8号", subject: "数学" });
  });

  test("what the teacher changes is the teacher's again; the rest stays marked as the school's", async () => {
    const { application, form, teacher } = await filledIn();
    const before = (await own(teacher))?.assistance?.fields ?? [];
    expect(before).toContain("address");
    expect(before).toContain("photo");
    const photo = await photoOf(teacher);
    await call(
      applicantRoutes.saveDraft,
      { campaign, application, form: { ...form, address: "人民路9号", photo } },
      { context: teacher },
    );
    expect((await own(teacher))?.assistance?.fields).toEqual(before.filter((field) => field !== "address"));
  });

  test("a scan that the clerk added is marked, and no clerk touches the files of what was submitted", async () => {
    const { application, teacher } = await filledIn();
    const page = { campaign, application, slot: "certificate", fileName: "证书.png", content: picture };
    const { attachments } = await call(routes.addAttachment, page, { context: offices.as(clerkOf()) });
    expect((await own(teacher))?.assistance?.fields).toContain("material:certificate");
    await attest(teacher, application);
    for (const act of [
      () => call(routes.addAttachment, page, { context: offices.as(clerkOf()) }),
      () => addPhoto(application),
      () =>
        call(
          routes.arrangeAttachments,
          { campaign, application, slot: "certificate", pages: [] },
          { context: offices.as(clerkOf()) },
        ),
      () => save(application, wholeForm()),
    ]) {
      expect(await refusalCodeOf(act())).toBe("case.wrong-state");
    }
    expect(attachments.some(({ slot }) => slot === "certificate")).toBe(true);
  });
});

describe("attesting", () => {
  test("N13: nothing counts before the teacher attests it; then it is marked, flagged and on record as such", async () => {
    const { application, teacher } = await filledIn();
    expect(await refusalCodeOf(submit(teacher, application))).toBe("attestation.missing");
    // Without the version that was looked through it could be anything the school wrote since.
    expect(await refusalCodeOf(submit(teacher, application, { attestation }))).toBe("attestation.missing");
    const read = await own(teacher);
    await save(application, { ...read?.form, major: "数学教育" });
    expect(await refusalCodeOf(submit(teacher, application, { attestation, version: read?.version }))).toBe(
      "case.changed",
    );
    expect((await rowOf(application)).state).toBe("draft");

    expect(await attest(teacher, application)).toMatchObject({ state: "submitted" });
    const row = await rowOf(application);
    expect(row.flags).toContain("assistance.by-school");
    expect(row.attested_at.toString()).toBe("2017-10-09T02:00:00Z");
    const { rows } = await offices.db.owner.query(
      "select kind, text_version, account_id from shice.undertaking where application_id = $1 order by kind",
      [application],
    );
    const accountId = teacher.session?.accountId;
    expect(rows).toEqual([
      { kind: "attestation", text_version: attestation, account_id: accountId },
      { kind: "honesty", text_version: "honesty-1", account_id: accountId },
      { kind: "privacy-notice", text_version: "privacy-1", account_id: accountId },
    ]);
    const history = await call(casesRoutes.listHistory, { campaign, application }, { context: teacher });
    expect(history.at(-1)?.record).toMatchObject({
      attestation,
      assistedFields: expect.arrayContaining(["major", "photo"]),
    });
    for (const staff of [clerkOf(), offices.wanzhou.reviewer]) {
      const seen = await call(casesRoutes.getCase, { campaign, application }, { context: offices.as(staff) });
      expect(seen).toMatchObject({ assisted: "attested", assistedFields: expect.arrayContaining(["major"]) });
    }
  });

  test("whoever filled in alone attests nothing, and bears no mark", async () => {
    const person = newcomer();
    const teacher = await registered(person);
    const { id } = await call(applicantRoutes.start, { campaign }, { context: teacher });
    await call(
      applicantRoutes.addAttachment,
      { campaign, application: id, slot: "photo", fileName: "照片.png", content: picture },
      { context: teacher },
    );
    await call(applicantRoutes.saveDraft, { campaign, application: id, form: wholeForm() }, { context: teacher });
    await submit(teacher, id, { attestation });
    const row = await rowOf(id);
    expect(row).toMatchObject({ assisted_at: null, attested_at: null });
    expect(row.flags).not.toContain("assistance.by-school");
    const seen = await call(casesRoutes.getCase, { campaign, application: id }, { context: offices.as(clerkOf()) });
    expect(seen).toMatchObject({ assisted: null, assistedFields: [] });
  });

  test("what was taken back is attested anew; what the school sent back is the teacher's alone to answer", async () => {
    const { application, form, teacher } = await filledIn();
    await attest(teacher, application);
    await call(applicantRoutes.recall, { campaign, application }, { context: teacher });
    expect((await rowOf(application)).attested_at).toBeNull();
    await save(application, { ...form, major: "数学教育" });
    expect(await refusalCodeOf(submit(teacher, application))).toBe("attestation.missing");
    await attest(teacher, application);

    await call(
      confirmationRoutes.returnToApplicant,
      { campaign, application, reasons: ["personal-data-wrong"] },
      { context: offices.as(clerkOf()) },
    );
    expect(await refusalCodeOf(save(application, { ...form, address: "人民路2号" }))).toBe("case.wrong-state");
    const photo = await photoOf(teacher);
    const answered = { ...form, major: "数学教育", address: "人民路2号", photo };
    await call(applicantRoutes.saveDraft, { campaign, application, form: answered }, { context: teacher });
    await call(applicantRoutes.resubmit, { campaign, application }, { context: teacher });
    expect((await rowOf(application)).flags).toContain("assistance.by-school");
  });

  test("a draft that the teacher throws away keeps nothing of what the school entered", async () => {
    const { application, teacher } = await filledIn();
    await call(applicantRoutes.discard, { campaign, application }, { context: teacher });
    expect(await rowOf(application)).toMatchObject({ state: "withdrawn", form: {}, assisted_fields: [] });
  });
});

describe("on paper", () => {
  const sheetOf = (application: string) =>
    withActContext(offices, clerkOf(), async (ctx) => {
      const printed = await getPrinted(ctx, application);
      return await assistanceSheetOf(ctx, application, printed, undefined);
    });

  test("the sheet to check shows every entry with whose it is, who filled in, and the way to the teacher's own page", async () => {
    const { application, form, teacher, person } = await filledIn();
    const photo = await photoOf(teacher);
    await call(
      applicantRoutes.saveDraft,
      { campaign, application, form: { ...form, address: "人民路9号", photo, telephone: "023-12345678" } },
      { context: teacher },
    );
    const { document } = await sheetOf(application);
    const facts = JSON.stringify(document["facts"]);
    for (const part of [person.name, person.idNumber, offices.wanzhou.school.name, clerkOf().name]) {
      expect(facts).toContain(part);
    }
    const rows = Object.fromEntries(
      z
        .array(z.object({ rows: z.array(z.tuple([z.string(), z.string(), z.boolean()])) }))
        .parse(document["parts"])
        .flatMap(({ rows: part }) => part.map(([title, value, mark]) => [title, [value, mark]])),
    );
    expect(rows).toMatchObject({
      任教学科: ["语文", true],
      通信地址: ["人民路9号", false],
      固定电话: ["023-12345678", false],
      证书颁发日期: ["2009年6月30日", true],
      任教学校: [offices.wanzhou.school.name, true],
      照片: ["已上传", true],
    });
    // Nobody is asked for what does not concern them.
    expect(rows).not.toHaveProperty("借出单位");
    expect(JSON.stringify(document["todo"])).toMatch(/\/my.*2017年11月2日24:00截止/);
    expect(document["notes"]).toEqual(["学校代填的草稿，待本人核对确认；还没有提交，不算申请。"]);
    await attest(teacher, application);
    expect((await sheetOf(application)).document["notes"]).toEqual(["本人已确认并提交。"]);
  });
});

describe("who still has to attest", () => {
  const list = (attested: "yes" | "no", by: Staff = clerkOf(), after?: string) =>
    call(
      routes.list,
      { campaign, attested, limit: 2, ...(after === undefined ? {} : { after }) },
      { context: offices.as(by) },
    );
  const ask = (applications: string[], by: Staff = clerkOf()) =>
    call(routes.askAttestation, { campaign, applications }, { context: offices.as(by) });

  test("the list names them with what is missing, page by page, and each has a place in it once", async () => {
    const { application, teacher } = await filledIn();
    const { application: begun } = await start({ entry: await onRoster(newcomer("张三")) });
    const names = new Set<string>();
    let after: string | undefined;
    do {
      const page = await list("no", clerkOf(), after);
      for (const item of page.items) {
        expect(names.has(item.application)).toBe(false);
        names.add(item.application);
        if (item.application === application)
          expect(item).toMatchObject({ missing: 0, registered: true, askedAt: null });
        if (item.application === begun) {
          expect(item).toMatchObject({ registered: false, state: "draft", clerk: clerkOf().name });
          expect(item.missing).toBeGreaterThan(20);
        }
      }
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(names).toContain(application);
    expect(names).toContain(begun);
    await attest(teacher, application);
    expect((await list("yes")).items[0]).toMatchObject({ application, attestedAt: "2017-10-09T02:00:00Z" });
    expect((await list("no", offices.yuzhong.clerk)).items).toEqual([]);
  });

  test("a reminder goes to the account on every channel, once a day; without an account it says so", async () => {
    const { application } = await filledIn();
    const { application: unregistered } = await start({ entry: await onRoster(newcomer()) });
    const first = await ask([application, unregistered]);
    expect(first.rows.map(({ ok, refusal }) => refusal?.code ?? ok)).toEqual([true, "assistance.no-account"]);
    expect((await ask([application])).rows[0]?.refusal?.code).toBe("assistance.asked-today");
    offices.clock.set("2017-10-10T09:00");
    expect((await ask([application])).done).toBe(1);
    const { rows } = await offices.db.owner.query(
      "select channel, parameters from shice.message where application_id = $1 and template = 'attestation-asked'",
      [application],
    );
    expect(rows).toHaveLength(6);
    expect(rows[0].parameters).toEqual({ end: "2017年11月2日24:00" });
    expect((await rowOf(application)).attestation_asked_at.toString()).toBe("2017-10-10T01:00:00Z");
    // Foreign, submitted, or too late: each with its own reason.
    expect((await ask([application], offices.yuzhong.clerk)).rows[0]?.refusal?.code).toBe("case.out-of-scope");
    offices.clock.set("2017-11-03T10:00");
    expect((await ask([application])).rows[0]?.refusal?.code).toBe("stage.over");
  });
});
