import { execFile } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeClient } from "@shice/contract/client.ts";
import { makeCookieJar } from "@shice/contract/cookie-jar.ts";
import { inventPhoto } from "@shice/rehearsal/photos.ts";
import { certificatePage } from "@shice/server/testing/certificate-page.ts";
import { pagesWithPicture } from "@shice/server/testing/pdf.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { referenceServer } from "../testing/reference-server.ts";
import { type Applicant, actsOn, refusalOf } from "../testing/teacher-acts.ts";

const run = promisify(execFile);
const server = await referenceServer();
const { world, database, at, teacher } = server;
const { campaign } = world;
const { save, submit, submitted, confirmed, handedOver, concluded } = actsOn(server);
const anyone = world.anyone;
const newClient = () => makeClient(world.url, { cookies: makeCookieJar() });

beforeEach(async () => {
  await at("2017-09-20T09:00");
});

const clerkOf = ({ school }: Applicant) => school.clerk.client;
const target = ({ application }: Applicant) => ({ campaign, application });
const photoOf = (person: Applicant, content = inventPhoto(1)) => ({
  ...target(person),
  slot: "photo",
  fileName: "照片.png",
  content,
});

describe("the photo and the scans", () => {
  test("N16: any uploaded photo is scaled to the plan's size and belongs to the form", async () => {
    const person = await teacher();
    const { version, attachments } = await person.client.applicant.addAttachment(photoOf(person));
    expect(attachments).toMatchObject([{ slot: "photo", width: 114, height: 156, findings: [] }]);
    const [photo] = attachments;
    const own = await person.client.applicant.own({ campaign });
    expect(own).toMatchObject({ version, form: { photo: photo?.id } });
    const file = await person.client.documents.getAttachment({ ...target(person), attachment: photo?.id ?? "" });
    expect(file.type).toBe("image/jpeg");
    expect(file.size).toBeLessThanOrEqual(190_000);
    // A new photo replaces it; saving a draft from an older page does not restore the first.
    const next = await person.client.applicant.addAttachment(photoOf(person, inventPhoto(2)));
    await person.client.applicant.saveDraft({ ...target(person), form: { ...person.form, photo: photo?.id } });
    const after = await person.client.applicant.own({ campaign });
    expect(after?.form["photo"]).toBe(next.attachments[0]?.id);
    expect(next.attachments).toHaveLength(1);
  });

  test.each([
    ["HTML", "<!doctype html><script>alert(1)</script>", "attachment.not-an-image"],
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "attachment.not-an-image"],
    ["PDF", "%PDF-1.7\n", "attachment.not-an-image"],
    ["nothing", "", "attachment.not-an-image"],
    ["the head of a JPEG and no more", "\xff\xd8\xff\xe0\x00\x10JFIF", "attachment.broken"],
  ])("%s is no photo", async (_what, bytes, code) => {
    const person = await teacher();
    const content = Buffer.from(bytes, "latin1").toString("base64");
    expect(await refusalOf(person.client.applicant.addAttachment(photoOf(person, content)))).toMatchObject({
      status: 422,
      code,
      field: "content",
    });
    const { attachments } = await person.client.applicant.about(target(person));
    expect(attachments).toEqual([]);
  });

  test("teacher and school see the number on a certificate's scan compared with the entry", async () => {
    const person = await teacher();
    const entered = String(person.form["certificateNumber"]);
    const printed = `${entered.slice(0, -1)}${(Number(entered.at(-1)) + 1) % 10}`;
    const add = async (slot: string, picture: Buffer) =>
      await person.client.applicant.addAttachment({
        ...target(person),
        slot,
        fileName: "证书.jpg",
        content: picture.toString("base64"),
      });
    const { attachments: added } = await add("certificate", await certificatePage(printed));
    expect(added).toMatchObject([{ slot: "certificate", numbers: null }]);
    const numbersOf = async () => {
      const { attachments } = await person.client.applicant.about(target(person));
      return attachments.map(({ slot, numbers }) => ({ slot, numbers }));
    };
    await expect.poll(numbersOf).toEqual([{ slot: "certificate", numbers: [printed] }]);
    const kept = () =>
      database.query("select numbers_sealed from shice.attachment where application_id = $1", [person.application]);
    // Encrypted, like the form's own number.
    expect((await kept()).rows[0]?.numbers_sealed.includes(printed)).toBe(false);
    const differs = { code: "certificate.scan-differs", level: "warns", sentence: expect.stringContaining(printed) };
    expect((await save(person)).findings).toContainEqual(expect.objectContaining(differs));
    await submit(person);
    const found = await clerkOf(person).cases.getCase({ campaign, application: person.application });
    expect(found.findings).toContainEqual(expect.objectContaining(differs));
    expect(found.attachments).toContainEqual(expect.objectContaining({ slot: "certificate", numbers: [printed] }));
    await person.client.applicant.recall(target(person));
    await person.client.applicant.arrangeAttachments({ ...target(person), slot: "certificate", pages: [] });
    expect((await kept()).rows.filter(({ numbers_sealed }) => numbers_sealed !== null)).toEqual([]);
    expect((await save(person)).findings).not.toContainEqual(expect.objectContaining({ code: differs.code }));

    // Scans of another material are not read, and a page without a number gives no finding.
    const other = await teacher();
    const send = async (slot: string, content: string) =>
      await other.client.applicant.addAttachment({ ...photoOf(other, content), slot });
    const contract = await send("contract", (await certificatePage(printed)).toString("base64"));
    expect(contract.attachments).toMatchObject([{ slot: "contract", numbers: [] }]);
    await send("certificate", inventPhoto(1));
    const read = async () =>
      (await other.client.applicant.about(target(other))).attachments.map(({ numbers }) => numbers);
    await expect.poll(read).toEqual([[], []]);
    const codes = (await save(other)).findings.map(({ code }) => code);
    expect(codes).not.toContain("certificate.scan-differs");
  });

  test("pages of a scan stay in order, can be moved and removed, and are visible to nobody else", async () => {
    const person = await teacher();
    const page = (index: number) => ({ ...photoOf(person, inventPhoto(index)), slot: "certificate" });
    for (const index of [1, 2, 3]) await person.client.applicant.addAttachment(page(index));
    const { attachments } = await person.client.applicant.about(target(person));
    const [first = "", second = "", third = ""] = attachments.map(({ id }) => id);
    const arrange = (pages: string[]) =>
      person.client.applicant.arrangeAttachments({ ...target(person), slot: "certificate", pages });
    expect((await arrange([third, first])).attachments.map(({ id }) => id)).toEqual([third, first]);
    expect(await refusalOf(arrange([second]))).toMatchObject({ code: "attachment.pages-changed" });
    const other = await teacher();
    const theirs = other.client.documents.getAttachment({ ...target(person), attachment: first });
    expect(await refusalOf(theirs)).toMatchObject({ status: 404 });
    const unknown = person.client.applicant.addAttachment({ ...page(1), slot: "diploma" });
    expect(await refusalOf(unknown)).toMatchObject({ code: "attachment.slot-unknown" });
  });

  test("a form without a photo is incomplete", async () => {
    const person = await teacher();
    await person.client.applicant.saveDraft({ ...target(person), form: person.form });
    expect(await refusalOf(submit(person))).toMatchObject({
      code: "form.incomplete",
      figures: { findings: ["form.missing@photo"] },
    });
  });

  test("a return for another field does not open the photo", async () => {
    const person = await submitted();
    const returned = (reasons: string[]) =>
      clerkOf(person).confirmation.returnToApplicant({ ...target(person), reasons });
    await returned(["personal-data-wrong"]);
    expect(await refusalOf(person.client.applicant.addAttachment(photoOf(person)))).toMatchObject({
      code: "application.not-opened",
    });
    await person.client.applicant.resubmit(target(person));
    await returned(["photo-unfit"]);
    await person.client.applicant.addAttachment(photoOf(person, inventPhoto(5)));
    await person.client.applicant.resubmit(target(person));
  });

  test("a file altered on disk is never shown and is reported as lost", async () => {
    const person = await teacher();
    const { attachments } = await person.client.applicant.addAttachment(photoOf(person));
    await database.query("update shice.attachment set sha256 = $1 where id = $2", [
      Buffer.alloc(32),
      attachments[0]?.id,
    ]);
    const read = person.client.documents.getAttachment({ ...target(person), attachment: attachments[0]?.id ?? "" });
    expect(await refusalOf(read)).toMatchObject({ code: "attachment.lost" });
    // The scheduled check finds it too, and notifies the owner once.
    const inbox = async () =>
      (await person.client.messages.listMessages({})).items.filter(({ template }) => template === "file-lost");
    for (const _ of [1, 2]) await database.query("select worker.add_job('check-files')");
    await expect.poll(async () => (await inbox()).length).toBe(1);
    expect((await person.client.applicant.about(target(person))).attachments).toMatchObject([{ lost: true }]);
    // The form is still printed, with an empty space for the photo.
    expect((await person.client.documents.getForm(target(person))).type).toBe("application/pdf");
  });
});

describe("what is printed", () => {
  const bytesOf = async (file: Promise<File>) => Buffer.from(await (await file).arrayBuffer());

  test("N18: both copies have equal pages; the same data give the same bytes; a draft differs from a submitted form", async () => {
    const person = await teacher();
    await save(person);
    const draft = await bytesOf(person.client.documents.getForm(target(person)));
    expect(draft.subarray(0, 5).toString()).toBe("%PDF-");
    expect(await bytesOf(person.client.documents.getForm(target(person)))).toEqual(draft);
    await submit(person);
    const form = await bytesOf(person.client.documents.getForm(target(person)));
    expect(form.equals(draft)).toBe(false);
    // The photo appears once in each copy, on the same page.
    const pages = pagesWithPicture(form);
    expect(pages.slice(pages.length / 2)).toEqual(pages.slice(0, pages.length / 2));
    expect(pages.filter(Boolean)).toHaveLength(2);
    // The clerk's copy equals the teacher's byte for byte.
    expect(await bytesOf(clerkOf(person).documents.getForm(target(person)))).toEqual(form);
    expect((await bytesOf(person.client.documents.getSlip(target(person)))).length).toBeGreaterThan(10_000);
    const { rows } = await database.query(
      "select count(*)::int as n from shice.audit_entry where action = 'print-form' and subject_id = $1",
      [person.application],
    );
    expect(rows[0].n).toBe(4);
  });

  test("a case without a conclusion has no proof", async () => {
    const person = await submitted();
    expect(await refusalOf(person.client.documents.getResult(target(person)))).toMatchObject({
      code: "proof.no-conclusion",
    });
    expect(await refusalOf(person.client.applicant.getProof(target(person)))).toMatchObject({ status: 409 });
  });
});

describe("what the teacher sees and receives", () => {
  test("the roster prefills the form, and differences are shown beside the entries", async () => {
    const person = await teacher({ school: 0 });
    const { roster } = clerkOf(person);
    await person.client.applicant.discard(target(person));
    const facts = {
      subject: "历史",
      birthplace: "重庆市万州区",
      education: "no such code",
      workingSince: "2001-08-15",
    };
    const row = { school: person.school.id, name: person.human.name, idNumber: person.human.idNumber, facts };
    await roster.addRoster({ campaign, source: "hand", rows: [row] });
    const { id, form } = await person.client.applicant.start({ campaign });
    expect(form).toMatchObject({ subject: "历史", birthplace: "重庆市万州区", workingSince: "2001-08-15" });
    expect(form).toMatchObject({ schoolId: person.school.id });
    // Entered once with the account, not again in the form.
    expect(form).toMatchObject({ mobile: person.human.mobile, email: person.human.email });
    expect(form).not.toHaveProperty("education");
    const about = await person.client.applicant.about({ campaign, application: id });
    expect(about.known).toContainEqual({ field: "subject", value: "历史", source: "roster" });
    expect(about).toMatchObject({
      authority: `${person.district.name}教育委员会`,
      person: { idNumber: person.human.idNumber },
    });
  });

  test("the teacher sees which offices viewed the file, without names", async () => {
    const person = await submitted();
    await clerkOf(person).cases.getCase(target(person));
    await clerkOf(person).documents.getForm(target(person));
    const views = await person.client.applicant.listViews(target(person));
    expect(views.map(({ action, role }) => [action, role])).toEqual([
      ["print-form", "school-clerk"],
      ["view", "school-clerk"],
    ]);
    expect(views[0]?.organisation).toBe(person.school.name);
    const other = await teacher();
    expect(await other.client.applicant.listViews(target(person))).toEqual([]);
  });

  test("reminders are sent seven, three and one open days before each deadline, once on every channel", async () => {
    const [draft, waiting, returned] = [await teacher(), await submitted(), await submitted()];
    const told = async ({ application }: Applicant, template: string) => {
      const { rows } = await database.query(
        `select channel, parameters ->> 'days' as days, parameters ->> 'end' as end from shice.message
         where application_id = $1 and template = $2 order by created_at, channel`,
        [application, template],
      );
      return rows.map(({ channel, days, end }) => `${channel} ${days} ${end}`);
    };
    await at("2017-10-25T10:00");
    expect(await told(draft, "about-to-lapse")).toEqual([]);
    await at("2017-10-26T10:00");
    const asked = { ...target(returned), reasons: ["personal-data-wrong"], replyBy: "2017-11-01T18:00:00+08:00" };
    await clerkOf(returned).confirmation.returnToApplicant(asked);
    await at("2017-10-26T11:00");
    const end = "2017年11月2日24:00";
    expect(await told(draft, "about-to-lapse")).toEqual([`email 8 ${end}`, `inbox 8 ${end}`, `sms 8 ${end}`]);
    for (const day of [
      "2017-10-26T12:00",
      "2017-10-27T09:00",
      "2017-10-27T15:00",
      "2017-10-29T09:00",
      "2017-10-31T09:00",
    ]) {
      await at(day);
    }
    await at("2017-11-02T08:00");
    const days = (await told(draft, "about-to-lapse")).map((line) => line.split(" ").slice(0, 2).join(" "));
    expect(days.filter((line) => line.startsWith("email"))).toEqual(["email 8", "email 3", "email 1"]);
    expect(days).toHaveLength(9);
    expect((await told(waiting, "about-to-lapse-unconfirmed")).map((line) => line.split(" ")[1])).toContain("2");
    expect(await told(waiting, "about-to-lapse")).toEqual([]);
    // A teacher with a pending return is reminded of its reply time, never of the end of applications.
    const reply = "2017年11月1日18:00";
    const reminded = ["email 6", "inbox 6", "sms 6", "email 4", "inbox 4", "sms 4", "email 2", "inbox 2", "sms 2"];
    expect(await told(returned, "about-to-lapse")).toEqual([]);
    expect(await told(returned, "about-to-lapse-returned")).toEqual(reminded.map((line) => `${line} ${reply}`));
  });
});

describe("the account", () => {
  test("a new address takes effect once proved, and the old address is notified", async () => {
    const person = await teacher();
    const { client, human } = person;
    const wanted = { email: "new.address@rehearsal.invalid", password: human.password };
    expect(await refusalOf(client.accounts.askEmailChange({ ...wanted, password: "not my password 1" }))).toMatchObject(
      {
        code: "account.password-wrong",
        field: "password",
      },
    );
    await client.accounts.askEmailChange(wanted);
    expect(await client.accounts.getContacts()).toMatchObject({ pendingEmail: wanted.email });
    const mails = await anyone.training.listMails({ to: wanted.email });
    const token = /^[\w-]{32}$/m.exec(mails.at(-1)?.text ?? "")?.[0] ?? "";
    await client.accounts.verifyEmail({ token });
    expect(await client.accounts.getContacts()).toMatchObject({
      email: "n*********s@rehearsal.invalid",
      pendingEmail: null,
    });
    expect((await client.accounts.me()).emailVerified).toBe(true);
    const old = await anyone.training.listMails({ to: human.email });
    expect(old.at(-1)?.subject).toBe("师册：电子邮箱已更换");
    expect(await refusalOf(client.accounts.verifyEmail({ token }))).toMatchObject({ code: "token.spent" });
  });

  test("the clerk issues a code and only the teacher sets the password; other schools' clerks cannot", async () => {
    const person = await submitted();
    const { human, client } = person;
    const asked = { campaign, idNumber: human.idNumber, reason: "本人到校，邮箱已停用" };
    const stranger = world.districts[1]?.schools[0]?.clerk.client;
    expect(await refusalOf(stranger?.accounts.startAssistedReset(asked))).toMatchObject({
      code: "account.not-of-your-school",
    });
    const { name, code } = await clerkOf(person).accounts.startAssistedReset(asked);
    expect(name).toBe(human.name);
    const finish = (given: string) =>
      anyone.accounts.finishAssistedReset({
        idNumber: human.idNumber,
        code: given,
        password: "a new beginning 7",
        email: "found.again@rehearsal.invalid",
      });
    expect(await refusalOf(finish("00000000"))).toMatchObject({ code: "account.reset-code", figures: { left: 4 } });
    await finish(code);
    expect(await refusalOf(finish(code))).toMatchObject({ code: "account.reset-over" });
    expect(await refusalOf(client.accounts.me())).toMatchObject({ status: 401 });
    await client.accounts.signIn({ identifier: human.idNumber, password: "a new beginning 7" });
    expect(await client.accounts.me()).toMatchObject({ emailVerified: false });
    const inbox = await client.messages.listMessages({});
    expect(inbox.items.map(({ template }) => template)).toContain("assisted-reset");
  });

  test("five wrong attempts by anyone make a code invalid", async () => {
    const person = await submitted();
    const asked = { campaign, idNumber: person.human.idNumber, reason: "本人到校" };
    const { code } = await clerkOf(person).accounts.startAssistedReset(asked);
    const finish = (given: string) =>
      anyone.accounts.finishAssistedReset({
        idNumber: person.human.idNumber,
        code: given,
        password: "a new beginning 7",
      });
    for (let attempt = 0; attempt < 5; attempt++) await refusalOf(finish("12345678"));
    expect(await refusalOf(finish(code))).toMatchObject({ code: "account.reset-over" });
  });

  test("changing the password ends all other sessions", async () => {
    const person = await teacher();
    const { client, human } = person;
    const elsewhere = newClient();
    await elsewhere.accounts.signIn({ identifier: human.idNumber, password: human.password });
    await client.accounts.changePassword({ current: human.password, password: "kaixue di yi ke 9" });
    expect((await client.accounts.me()).name).toBe(human.name);
    expect(await refusalOf(elsewhere.accounts.me())).toMatchObject({ status: 401 });
    const weak = client.accounts.changePassword({ current: "kaixue di yi ke 9", password: "short1" });
    expect(await refusalOf(weak)).toMatchObject({ status: 422 });
  });
});

describe("the public list", () => {
  test("can be read, searched and objected to without a script; entries stay after an error; the rate is limited", async () => {
    const person = await handedOver();
    const { reviewer, lead } = person.district;
    await reviewer.client.preliminary.recordFacts({ ...target(person), ethics: "met", fit: true });
    await reviewer.client.preliminary.decide({
      ...target(person),
      conclusion: "pass",
      reasons: ["conditions-met"],
    });
    const { notice } = await lead.client.notice.publish({ campaign, applications: [person.application] });
    const about = await person.client.applicant.about(target(person));
    expect(about.notice).toMatchObject({ id: notice?.id, position: 1, conclusion: "pass", closed: false });

    const page = async (path: string, form?: Record<string, string>) => {
      const answer = await fetch(`${world.url}${path}`, {
        ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
        headers: { "x-forwarded-for": "198.51.100.77" },
      });
      return { status: answer.status, text: await answer.text() };
    };
    const [list, other] = [await page(`/notices/${notice?.id}`), await page(`/notices/${notice?.id}?name=查无此人`)];
    expect(list.text).toContain(person.school.name);
    // Only a search by the complete name finds the person; the name itself is never shown in full.
    expect(list.text).not.toContain(person.human.name);
    expect(list.text).not.toContain(person.human.idNumber);
    expect(other.text).toContain("没有找到相符的人员");
    expect((await page("/notices")).text).toContain(notice?.number);

    const path = `/notices/${notice?.id}/object`;
    const words = {
      position: "1",
      name: "钱<多>多",
      contact: "13900000002",
      statement: "该教师的培训学时与证明不一致。",
    };
    const short = await page(path, { ...words, statement: "不对" });
    expect(short.text).toContain("请写明异议的事实和理由（不少于10字）。");
    expect(short.text).toContain("钱&lt;多&gt;多");
    expect((await page(path, { ...words, website: "http://spam.invalid" })).status).toBe(400);
    for (let time = 0; time < 4; time++) expect((await page(path, words)).text).toContain("异议已收到");

    // With pictures, sent as by a browser without scripts.
    const withPictures = async (...pictures: [string, Buffer][]) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(words)) form.append(name, value);
      for (const [name, bytes] of pictures) form.append("pictures", new File([Uint8Array.from(bytes)], name));
      const headers = { "x-forwarded-for": "198.51.100.77" };
      const answer = await fetch(`${world.url}${path}`, { method: "POST", body: form, headers });
      return { status: answer.status, text: await answer.text() };
    };
    const photo = Buffer.from(inventPhoto(3), "base64");
    const four = await withPictures(...["1", "2", "3", "4"].map((name): [string, Buffer] => [`${name}.png`, photo]));
    expect(four.text).toContain("最多附3张图片");
    expect(four.text).toContain(words.statement);
    const large = await withPictures(["大.png", Buffer.alloc(9_000_000)]);
    expect(large.text).toContain("有图片超过8MB");
    const huge = await withPictures(["巨.png", Buffer.alloc(26_000_000)]);
    expect(huge).toMatchObject({ status: 413 });
    expect(huge.text).toContain("图片过大，没有收到");
    expect((await withPictures(["学时证明.png", photo], ["空.png", Buffer.alloc(0)])).text).toContain("异议已收到");

    // A refused form still contains everything entered.
    const sixth = await withPictures(["网页.png", Buffer.from("<html>")]);
    expect(sixth.status).toBe(429);
    expect(sixth.text).toContain("操作过于频繁");
    expect(sixth.text).toContain(words.statement);
    const { items } = await lead.client.notice.listObjections({ campaign, open: "yes" });
    expect(items.filter(({ application }) => application === person.application)).toHaveLength(5);
    const inbox = (await lead.client.messages.listMessages({})).items;
    expect(inbox.filter(({ template }) => template === "objection-raised")).toHaveLength(5);
    expect(inbox[0]?.text).toMatch(new RegExp(`申请编号${person.number}，请在2017年11月\\d+日24:00前核查答复`));
    expect(items[0]).toMatchObject({ objector: "钱<多>多", contact: "13900000002", kind: "objection" });
    const shown = items.find(({ pictures }) => pictures.length > 0);
    expect(shown?.pictures).toMatchObject([{ fileName: "学时证明.png" }]);
    const picture = { campaign, objection: shown?.id ?? "", picture: shown?.pictures[0]?.id ?? "" };
    expect((await lead.client.notice.getObjectionPicture(picture)).type).toBe("image/jpeg");
    const elsewhere = world.districts[1]?.lead.client;
    expect(await refusalOf(elsewhere?.notice.getObjectionPicture(picture))).toMatchObject({ status: 404 });
    const noPicture = anyone.notice.raiseObjection({
      ...words,
      campaign,
      notice: notice?.id ?? "",
      position: 1,
      pictures: [{ fileName: "1.png", content: Buffer.from("<svg/>").toString("base64") }],
    });
    expect(await refusalOf(noPicture)).toMatchObject({ code: "attachment.not-an-image" });

    await person.client.applicant.appeal({ ...target(person), statement: "本人的任教学科登记有误，应为数学。" });
    const { appeals } = await person.client.applicant.about(target(person));
    expect(appeals).toMatchObject([{ statement: "本人的任教学科登记有误，应为数学。", outcome: null }]);
  });
});

describe("afterwards", () => {
  test("the owner can erase a withdrawn application, but not one under way", async () => {
    const person = await submitted();
    expect(await refusalOf(person.client.applicant.erase(target(person)))).toMatchObject({
      code: "case.wrong-state",
    });
    await person.client.applicant.withdraw({ ...target(person), reason: "改在下一批次注册" });
    await person.client.applicant.erase(target(person));
    const { rows } = await database.query(
      `select a.form::text, a.form_sealed, (select count(*)::int from shice.attachment t
         where t.application_id = a.id and t.replaced_at is null) as files from shice.application a where a.id = $1`,
      [person.application],
    );
    expect(rows).toEqual([{ form: "{}", form_sealed: null, files: 0 }]);
    expect(await refusalOf(person.client.applicant.erase(target(person)))).toMatchObject({
      code: "application.nothing-to-erase",
    });
  });

  test("a proof is verified with only the published key, and an altered one is rejected", async () => {
    const person = await handedOver();
    await concluded(person, "pass", "渝教师发〔2017〕99号");
    const { code, address, publicKey } = await person.client.applicant.getProof(target(person));
    expect(address).toContain(`/verify?code=${code}`);
    const [text = "", signature = ""] = code.split(".");
    const bytes = Buffer.from(text, "base64url");
    expect(verify(null, bytes, createPublicKey(publicKey), Buffer.from(signature, "base64url"))).toBe(true);
    expect(JSON.parse(bytes.toString())).toMatchObject({ name: person.human.name, conclusion: "pass" });
    expect(await anyone.audit.verifyProof({ code })).toMatchObject({ valid: true });
    const altered = Buffer.from(bytes.toString().replace('"pass"', '"fail"')).toString("base64url");
    expect(await anyone.audit.verifyProof({ code: `${altered}.${signature}` })).toMatchObject({ valid: false });

    const folder = mkdtempSync(join(tmpdir(), "shice-proof-"));
    writeFileSync(join(folder, "key.pem"), publicKey);
    const command = (given: string) =>
      run(process.execPath, [
        new URL("../../bin/shice.js", import.meta.url).pathname,
        "proof",
        "verify",
        given,
        "--key",
        join(folder, "key.pem"),
      ]);
    const { stdout } = await command(code);
    expect(stdout).toContain("签名有效");
    expect(stdout).toMatch(/注册结论　+合格/);
    // The code as broken into lines on a sheet.
    const broken = code.replace(/.{40}/g, (part) => `${[...part].join("\u200B")}\n`);
    expect((await command(broken)).stdout).toContain("签名有效");
    expect(await anyone.audit.verifyProof({ code: broken })).toMatchObject({ valid: true });
    await expect(command(`${altered}.${signature}`)).rejects.toMatchObject({ code: 1 });

    const about = await person.client.applicant.about(target(person));
    expect(about.decision).toMatchObject({ number: "渝教师发〔2017〕99号", revoked: false });
    expect(about.nextOpensOn).toBe("2022-05-23");
    const pdf = await person.client.documents.getResult(target(person));
    expect(pdf.type).toBe("application/pdf");
  });

  test("only the teacher signs for the conclusion, once; the offices see who has not signed", async () => {
    const other = await handedOver();
    await at("2017-09-20T09:00");
    const person = await handedOver();
    const receive = (by: typeof person) => by.client.applicant.receiveConclusion(target(by));
    expect(await refusalOf(receive(person))).toMatchObject({ code: "case.wrong-state" });
    await concluded(person, "defer", "渝教师发〔2017〕98号");
    const { client } = person.school.clerk;
    const unsigned = async () =>
      (await client.cases.listQueue({ campaign, received: "no", limit: 500 })).items.map(({ id }) => id);
    expect((await person.client.applicant.about(target(person))).decision).toMatchObject({ receivedAt: null });
    expect((await client.cases.getCase(target(person))).receivedAt).toBeNull();
    expect(await unsigned()).toContain(person.application);
    const meddling = other.client.applicant.receiveConclusion(target(person));
    expect(await refusalOf(meddling)).toMatchObject({ code: "case.out-of-scope" });

    const { receivedAt } = await receive(person);
    expect(await receive(person)).toEqual({ receivedAt });
    expect((await person.client.applicant.about(target(person))).decision).toMatchObject({ receivedAt });
    expect((await client.cases.getCase(target(person))).receivedAt).toBe(receivedAt);
    expect(await unsigned()).not.toContain(person.application);
    expect((await client.cases.listQueue({ campaign, received: "yes" })).items.map(({ id }) => id)).toEqual([
      person.application,
    ]);
    // A teacher without a conclusion counts as neither, and nobody is reminded of a revoked one.
    expect(await unsigned()).not.toContain(other.application);
    await concluded(other, "pass", "渝教师发〔2017〕97号");
    expect(await unsigned()).toContain(other.application);
    await world.commission.client.decision.revoke({
      ...target(other),
      number: "渝教师撤〔2017〕1号",
      reason: "查实提供虚假材料",
    });
    expect(await unsigned()).not.toContain(other.application);
    expect(await refusalOf(receive(other))).toMatchObject({ code: "case.wrong-state" });
  });

  test("after the confirmation the teacher gets a message, and can print but no longer change the form", async () => {
    const person = await confirmed();
    const inbox = await person.client.messages.listMessages({});
    expect(inbox.items.map(({ title }) => title)).toContain("现场确认完成");
    expect(await refusalOf(person.client.applicant.addAttachment(photoOf(person)))).toMatchObject({
      code: "case.wrong-state",
    });
  });
});
