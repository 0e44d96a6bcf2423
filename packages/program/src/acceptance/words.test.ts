import { makeClient } from "@shice/contract/client.ts";
import { makeCookieJar } from "@shice/contract/cookie-jar.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { referenceServer } from "../testing/reference-server.ts";
import { type Applicant, actsOn, refusalOf } from "../testing/teacher-acts.ts";

const server = await referenceServer();
const { world, database, at, teacher } = server;
const { campaign } = world;
const { save, submit, submitted, handedOver } = actsOn(server);

beforeEach(async () => {
  await at("2017-09-20T09:00");
});

const clerkOf = ({ school }: Applicant) => school.clerk.client;
const target = ({ application }: Applicant) => ({ campaign, application });
type Client = Applicant["client"];
const inboxOf = async (client: Client, template: string) =>
  (await client.messages.listMessages({ limit: 200 })).items.filter((message) => message.template === template);

describe("a conversation on the case", () => {
  test("the teacher asks the school and the clerk answers; both get a message and see what the other has read", async () => {
    const person = await submitted();
    const clerk = clerkOf(person);
    await person.client.conversation.write({ ...target(person), text: "周三下午可以来确认吗？" });
    expect(await inboxOf(clerk, "teacher-wrote")).toMatchObject([
      { text: expect.stringContaining(`申请编号${person.number}`) },
    ]);
    const open = await clerk.conversation.listOpen({ campaign });
    expect(open.items).toMatchObject([
      {
        application: person.application,
        number: person.number,
        text: "周三下午可以来确认吗？",
        stateTitle: "待现场确认",
      },
    ]);
    const seen = await clerk.conversation.list(target(person));
    expect(seen).toMatchObject({
      office: person.school.name,
      entries: [{ side: "teacher", author: person.human.name }],
    });
    await clerk.conversation.noteRead(target(person));
    await clerk.conversation.write({ ...target(person), text: "可以，请带证书原件。" });
    expect((await clerk.conversation.listOpen({ campaign })).items).toEqual([]);

    const mine = await person.client.conversation.list(target(person));
    expect(mine.entries).toMatchObject([
      { side: "teacher", settled: true, readAt: expect.any(String) },
      // The teacher sees the office's name but not the clerk's.
      { side: "office", organisation: person.school.name, author: null, text: "可以，请带证书原件。", readAt: null },
    ]);
    expect(await inboxOf(person.client, "office-wrote")).toHaveLength(1);
    // Several answers in a row give one message.
    await clerk.conversation.write({ ...target(person), text: "教务处在二楼。" });
    expect(await inboxOf(person.client, "office-wrote")).toHaveLength(1);
    await person.client.conversation.noteRead(target(person));
    const after = await clerk.conversation.list(target(person));
    expect(after.entries.every(({ readAt }) => readAt !== null)).toBe(true);
  });

  test("other teachers, schools and districts can neither read nor write it", async () => {
    const [person, other] = [await submitted(), await teacher()];
    await person.client.conversation.write({ ...target(person), text: "请问带什么材料？" });
    const strangers = [other.client, world.districts[1]?.schools[0]?.clerk.client, world.districts[1]?.lead.client];
    for (const stranger of strangers) {
      expect(await refusalOf(stranger?.conversation.list(target(person)))).toMatchObject({ status: 404 });
      const words = { ...target(person), text: "我也想说" };
      expect(await refusalOf(stranger?.conversation.write(words))).toMatchObject({ status: 404 });
    }
    const { rows } = await database.query(
      "select count(*)::int as n from shice.conversation_entry where application_id = $1",
      [person.application],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  test("after the hand-over it goes to the district, and a message that needs no answer can be set aside", async () => {
    const person = await handedOver();
    const { reviewer } = person.district;
    await person.client.conversation.write({ ...target(person), text: "谢谢！" });
    expect(await inboxOf(clerkOf(person), "teacher-wrote")).not.toContainEqual(
      expect.objectContaining({ text: expect.stringContaining(person.number ?? "") }),
    );
    const atSchool = await clerkOf(person).conversation.listOpen({ campaign });
    expect(atSchool.items.map(({ number }) => number)).not.toContain(person.number);
    const open = await reviewer.client.conversation.listOpen({ campaign });
    expect(open.items.map(({ number }) => number)).toContain(person.number);
    await reviewer.client.conversation.settle(target(person));
    expect((await reviewer.client.conversation.listOpen({ campaign })).items.map(({ number }) => number)).not.toContain(
      person.number,
    );
  });

  test("a question needs a school; the limit is twenty a day; a repeated request writes once", async () => {
    const draft = await teacher();
    const words = { ...target(draft), text: "在吗？" };
    expect(await refusalOf(draft.client.conversation.write(words))).toMatchObject({ code: "conversation.no-office" });
    await save(draft);
    const once = { context: { idempotencyKey: "a-question-asked-twice" } };
    const [first, again] = [
      await draft.client.conversation.write(words, once),
      await draft.client.conversation.write(words, once),
    ];
    expect(again).toEqual(first);
    for (let time = 1; time < 20; time++) await draft.client.conversation.write(words);
    expect(await refusalOf(draft.client.conversation.write(words))).toMatchObject({
      code: "conversation.too-many",
      figures: { most: 20 },
    });
    expect(await refusalOf(draft.client.conversation.write({ ...words, text: " " }))).toMatchObject({ status: 422 });
  });
});

describe("a circular", () => {
  test("goes once to each teacher of the sender's own office in the chosen states, with the office's name", async () => {
    const [waiting, drafting, elsewhere] = [
      await submitted({ school: 1 }),
      await teacher({ school: 1 }),
      await submitted(),
    ];
    await save(drafting);
    const clerk = clerkOf(waiting);
    const audience = await clerk.messages.countAudience({ campaign });
    expect(audience.find(({ group }) => group === "submitted")?.people).toBe(1);
    const words = { title: "确认时间安排", text: "本校现场确认安排在9月27日下午，请带齐材料原件。" };
    const once = { context: { idempotencyKey: "circular-of-the-school" } };
    const sent = await clerk.messages.sendCircular({ campaign, groups: ["submitted"], ...words, bySms: true }, once);
    expect(sent.recipients).toBe(1);
    expect(await clerk.messages.sendCircular({ campaign, groups: ["submitted"], ...words, bySms: true }, once)).toEqual(
      sent,
    );

    expect(await inboxOf(waiting.client, "circular")).toMatchObject([
      { title: words.title, text: `${words.text}\n\n${waiting.school.name}` },
    ]);
    for (const other of [drafting, elsewhere]) expect(await inboxOf(other.client, "circular")).toEqual([]);
    const { rows } = await database.query(
      "select channel, count(*)::int as n from shice.message where circular_id = $1 group by channel order by channel",
      [sent.circular],
    );
    expect(rows).toEqual([
      { channel: "email", n: 1 },
      { channel: "inbox", n: 1 },
      { channel: "sms", n: 1 },
    ]);
    const listed = await clerk.messages.listCirculars({ campaign });
    expect(listed.items).toMatchObject([{ title: words.title, recipients: 1, groups: ["已提交，待现场确认"] }]);
    expect((await clerkOf(elsewhere).messages.listCirculars({ campaign })).items).toEqual([]);
  });

  test("without recipients is refused; a district reaches only its own teachers, the campaign manager everyone", async () => {
    const [ours, theirs] = [await submitted({ district: 0 }), await submitted({ district: 1 })];
    const words = { campaign, title: "公示提醒", text: "请留意公示名单的发布。", bySms: false };
    const lead = ours.district.lead.client;
    const refused = lead.messages.sendCircular({ ...words, groups: ["concluded"] });
    expect(await refusalOf(refused)).toMatchObject({ code: "circular.nobody", field: "groups" });
    await lead.messages.sendCircular({ ...words, groups: ["submitted", "submitted"] });
    expect(await inboxOf(ours.client, "circular")).toHaveLength(1);
    expect(await inboxOf(theirs.client, "circular")).toHaveLength(0);
    await world.manager.client.messages.sendCircular({ ...words, title: "全市通知", groups: ["draft", "submitted"] });
    expect((await inboxOf(theirs.client, "circular")).map(({ title }) => title)).toEqual(["全市通知"]);
    expect(await refusalOf(theirs.client.messages.countAudience({ campaign }))).toMatchObject({ status: 403 });
  });
});

describe("the channels of a message", () => {
  const statesOf = async (account: string, channel: string) => {
    const { rows } = await database.query(
      `select template, state from shice.message where account_id = $1 and channel = $2 order by created_at, id`,
      [account, channel],
    );
    return rows.map(({ template, state }) => `${template} ${state}`);
  };

  test("messages that ask for an act are always mailed; other mails and SMS follow the user's preferences", async () => {
    const person = await submitted();
    const { account } = await accountOf(person);
    expect(await person.client.messages.getPreferences({})).toEqual({ mail: "all", sms: true, hasMobile: true });
    await person.client.messages.setPreferences({ mail: "important", sms: false });
    await clerkOf(person).conversation.write({ ...target(person), text: "请带身份证。" });
    await clerkOf(person).confirmation.returnToApplicant({ ...target(person), reasons: ["personal-data-wrong"] });
    await database.query("select worker.add_job('deliver-mails')");
    await expect
      .poll(() => statesOf(account, "email"))
      .toEqual(expect.arrayContaining(["office-wrote unwanted", "returned sent"]));
    await expect.poll(() => statesOf(account, "sms")).toEqual(["returned unwanted"]);
    // The inbox holds every message; all are marked as read together.
    expect((await person.client.messages.listMessages({})).items.map(({ template }) => template)).toEqual(
      expect.arrayContaining(["office-wrote", "returned", "submitted"]),
    );
    expect((await person.client.messages.markAllRead({})).done).toBeGreaterThan(2);
    expect((await person.client.messages.listMessages({})).items.every(({ readAt }) => readAt !== null)).toBe(true);
    expect((await person.client.messages.markAllRead({})).done).toBe(0);
  });

  async function accountOf({ application }: Applicant): Promise<{ account: string }> {
    const { rows } = await database.query(
      `select t.id as account from shice.application a join shice.account t on t.person_id = a.person_id and t.kind = 'applicant' where a.id = $1`,
      [application],
    );
    return rows[0];
  }
});

describe("an office's own words for a message", () => {
  const manager = world.manager.client;

  test("apply from now on; earlier messages keep their text; removing them restores the program's own texts", async () => {
    const before = await submitted();
    await at("2017-09-20T10:00");
    const words = { title: "您的申请已收到", text: "“{campaign}”：申请（{number}）已收到，请在9月30日前到校确认。" };
    const set = await manager.messages.setWording({ template: "submitted", words });
    expect(set).toMatchObject({ version: 1, title: words.title });
    await at("2017-09-20T11:00");
    const after = await submitted();
    expect(await inboxOf(before.client, "submitted")).toMatchObject([{ title: "申请已提交" }]);
    expect(await inboxOf(after.client, "submitted")).toMatchObject([
      { title: words.title, text: expect.stringContaining(`申请（${after.number}）已收到`) },
    ]);
    await at("2017-09-20T12:00");
    expect(await manager.messages.setWording({ template: "submitted", words: null })).toMatchObject({ version: 0 });
    await at("2017-09-20T13:00");
    expect(await inboxOf((await submitted()).client, "submitted")).toMatchObject([{ title: "申请已提交" }]);
    expect(await inboxOf(after.client, "submitted")).toMatchObject([{ title: words.title }]);
  });

  test.each([
    ["a slip of the key", "submitted", { title: "收到", text: "申请{nmber}已收到" }, "wording.placeholder"],
    ["what this message does not know", "submitted", { title: "收到", text: "还有{days}天" }, "wording.placeholder"],
    ["a placeholder in the title", "submitted", { title: "收到{number}", text: "申请已收到" }, "wording.placeholder"],
    ["no short words", "returned", { title: "退回", text: "申请已退回" }, "wording.short-missing"],
    [
      "short words for three messages",
      "returned",
      { title: "退回", text: "申请已退回", short: "请".repeat(130) },
      "wording.too-long",
    ],
    ["a message that is not sent", "no-such-message", { title: "收到", text: "申请已收到" }, "wording.unknown"],
    ["a circular", "circular", { title: "收到", text: "申请已收到" }, "wording.unknown"],
  ])("%s is refused", async (_what, template, words, code) => {
    expect(await refusalOf(manager.messages.setWording({ template, words }))).toMatchObject({ code });
  });

  test("only the campaign manager sees and changes them; each lists its placeholders", async () => {
    const listed = await manager.messages.listWordings({});
    const reminder = listed.find(({ template }) => template === "about-to-lapse");
    expect(reminder?.placeholders.map(({ name }) => name)).toEqual(["campaign", "number", "days", "end"]);
    expect(reminder?.about).toBe("发给教师，站内、邮件、短信");
    const clerk = world.districts[0]?.schools[0]?.clerk.client;
    expect(await refusalOf(clerk?.messages.listWordings({}))).toMatchObject({ status: 403 });
  });
});

test("a second person with the same certificate number is refused, and both schools and districts get a message", async () => {
  const [first, second] = [await teacher({ district: 0 }), await teacher({ district: 1 })];
  const certificateNumber = "20095000121200777";
  await save(first, { certificateNumber });
  await submit(first);
  await save(second, { certificateNumber: "2009 5000 1212 00777" });
  for (let time = 0; time < 2; time++) {
    expect(await refusalOf(submit(second))).toMatchObject({ code: "application.certificate-taken" });
  }
  expect((await second.client.applicant.own({ campaign }))?.state).toBe("draft");
  for (const [person, other] of [
    [first, second],
    [second, first],
  ] as const) {
    for (const client of [clerkOf(person), person.district.lead.client]) {
      const messages = await inboxOf(client, "certificate-clash");
      expect(messages).toMatchObject([
        { text: expect.stringContaining(`申请编号${person.number}与申请编号${other.number}`) },
      ]);
    }
  }
});

test("without signing in, all of these calls are refused", async () => {
  const nobody = makeClient(world.url, { cookies: makeCookieJar() });
  expect(await refusalOf(nobody.messages.getPreferences({}))).toMatchObject({ status: 401 });
  expect(await refusalOf(nobody.conversation.listOpen({ campaign }))).toMatchObject({ status: 401 });
});
