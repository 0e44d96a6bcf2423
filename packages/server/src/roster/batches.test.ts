import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { casesRoutes } from "../cases/routes.ts";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { deliverMessages } from "../messages/deliver.ts";
import { messagesRoutes } from "../messages/routes.ts";
import { recordingMailer } from "../platform/mail.ts";
import { recordingSmsGateway } from "../platform/sms.ts";
import { openTypesetter } from "../platform/typesetting/typesetter.ts";
import { submitted } from "../testing/handed-over.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Staff } from "../testing/offices-shape.ts";
import { asApplicant, onRoster, withAccount } from "../testing/roster.ts";
import { recalled, withdrawAll } from "../testing/teacher.ts";
import { rosterRoutes as routes } from "./routes.ts";

const offices = await openOffices();
const { wanzhou, yuzhong, clock, db, services } = offices;
const campaign = offices.campaign.key;
const typesetter = openTypesetter();
let mailer = recordingMailer();
let sms = recordingSmsGateway();
afterAll(() => typesetter.close());

const as = (by: Staff) => ({ context: offices.as(by) });
const said = { name: "第一批", plannedOn: "2017-10-16", fromHour: "09:00", toHour: "11:30", place: "行政楼201" };
const add = (changes: object = {}, by = wanzhou.clerk) =>
  call(routes.addBatch, { campaign, school: wanzhou.school.id, ...said, ...changes }, as(by));
const change = (batch: string, changes: object = {}, by = wanzhou.clerk) =>
  call(routes.changeBatch, { campaign, batch, ...said, ...changes }, as(by));
const assign = (batch: string | null, entries: readonly string[], by = wanzhou.clerk) =>
  call(routes.assignBatch, { campaign, batch, selection: { entries: [...entries] } }, as(by));
const batches = (by = wanzhou.clerk) => call(routes.listBatches, { campaign }, as(by));
const announce = (batch: string, by = wanzhou.clerk) => call(routes.announceBatch, { campaign, batch }, as(by));

beforeEach(async () => {
  clock.set("2017-10-10T09:00");
  await withdrawAll(offices, [wanzhou.clerk, yuzhong.clerk]);
  await db.owner.query("delete from shice.message");
  await db.owner.query("delete from shice.parking");
  await db.owner.query("delete from shice.roster_entry");
  await db.owner.query("delete from shice.school_batch");
  mailer = recordingMailer();
  sms = recordingSmsGateway();
  Object.assign(services, { typesetter, mailer, sms });
});

describe("N19: batches", () => {
  test("lie on an open day of the confirmation, still to come; else a clear refusal", async () => {
    expect(await add()).toMatchObject({ name: "第一批", people: 0, overdue: false, announcedAt: null });
    expect(await refusalCodeOf(add())).toBe("batch.name-taken");
    expect(await refusalCodeOf(add({ name: "晚", plannedOn: "2017-11-04" }))).toBe("batch.day-closed");
    expect(await refusalCodeOf(add({ name: "早", plannedOn: "2017-10-09" }))).toBe("batch.day-past");
    expect(await refusalCodeOf(add({ name: "时", fromHour: "11:00", toHour: "09:00" }))).toBe("batch.hours-wrong");
    expect(await refusalCodeOf(add({ name: "时", toHour: null }))).toBe("batch.hours-wrong");
    expect(await refusalCodeOf(add({ name: "外" }, yuzhong.clerk))).toBe("roster.school-unknown");
    // More time for this school is more time for its batches.
    await db.owner.query(
      `insert into shice.extension (campaign_id, stage, school_id, from_at, until_at, reason, granted_by, granted_at)
       values ($1, 'confirm', $2, '2017-11-03T00:00:00+08:00', '2017-11-09T00:00:00+08:00', '校舍受灾', $3, $4)`,
      [offices.campaign.id, wanzhou.school.id, offices.manager.accountId, clock.now().toString()],
    );
    expect(await add({ name: "晚", plannedOn: "2017-11-08" })).toMatchObject({ plannedOn: "2017-11-08" });
    expect((await batches()).map(({ name }) => name)).toEqual(["第一批", "晚"]);
    expect(await batches(yuzhong.clerk)).toEqual([]);
    expect((await batches(wanzhou.lead)).map(({ name }) => name)).toEqual(["第一批", "晚"]);
  });

  test("people are put in, moved and taken out; a batch that ends leaves them in none; a neighbour can do neither", async () => {
    const entries = Object.values(
      await onRoster(offices, wanzhou, [{ name: "甲一" }, { name: "乙二" }, { name: "丙三" }]),
    );
    const { id: one } = await add();
    const { id: two } = await add({ name: "第二批", plannedOn: "2017-10-17" });
    expect(await assign(one, entries)).toEqual({ moved: 3 });
    expect(await assign(one, entries)).toEqual({ moved: 0 });
    expect(await assign(two, entries.slice(0, 1))).toEqual({ moved: 1 });
    expect(await assign(null, entries.slice(1, 2))).toEqual({ moved: 1 });
    const { items } = await call(routes.listRoster, { campaign }, as(wanzhou.clerk));
    expect(items.map(({ batch }) => batch?.name ?? null)).toEqual(["第二批", null, "第一批"]);
    const inNone = await call(routes.listRoster, { campaign, batch: "none" }, as(wanzhou.clerk));
    expect(inNone.items).toHaveLength(1);
    expect(await refusalCodeOf(assign(one, entries, yuzhong.clerk))).toBe("request.not-found");
    expect(await refusalCodeOf(change(one, {}, yuzhong.clerk))).toBe("request.not-found");
    const theirs = Object.values(await onRoster(offices, yuzhong, [{ name: "丁四" }]));
    expect(await refusalCodeOf(assign(one, theirs))).toBe("request.not-found");
    await call(routes.removeBatch, { campaign, batch: one }, as(wanzhou.clerk));
    expect((await batches()).map(({ name, people }) => [name, people])).toEqual([["第二批", 1]]);
    // Its name is free again.
    expect(await add()).toMatchObject({ name: "第一批", people: 0 });
  });

  test("whose day has passed with people who are not confirmed shows as overdue", async () => {
    const [open] = await submitted(offices, wanzhou, 1);
    const [confirmed] = await offices.confirmed(wanzhou, 1);
    await call(routes.putOnRoster, { campaign, applications: [open ?? "", confirmed ?? ""] }, as(wanzhou.clerk));
    const { items } = await call(routes.listRoster, { campaign }, as(wanzhou.clerk));
    const { id } = await add();
    await assign(
      id,
      items.map((item) => item.id),
    );
    clock.set("2017-10-16T20:00");
    expect(await batches()).toMatchObject([{ people: 2, applied: 2, confirmed: 1, handedOver: 0, overdue: false }]);
    clock.set("2017-10-17T08:00");
    expect(await batches()).toMatchObject([{ overdue: true }]);
    expect(await refusalCodeOf(announce(id))).toBe("batch.day-past");
    // What is past may keep its day while its place is put right; a new day is one to come.
    expect(await change(id, { place: "图书馆" })).toMatchObject({ place: "图书馆", overdue: true });
    expect(await refusalCodeOf(change(id, { plannedOn: "2017-10-15" }))).toBe("batch.day-past");
    expect(await change(id, { plannedOn: "2017-10-20" })).toMatchObject({ overdue: false });
  });

  test("a batch's cases are a queue of their own, to be confirmed and handed over as one", async () => {
    const applications = await offices.confirmed(wanzhou, 4);
    await call(routes.putOnRoster, { campaign, applications }, as(wanzhou.clerk));
    const { items } = await call(routes.listRoster, { campaign }, as(wanzhou.clerk));
    const { id } = await add();
    const first = items.slice(0, 3);
    await assign(
      id,
      first.map((item) => item.id),
    );
    const queue = await call(casesRoutes.listQueue, { campaign, state: "confirmed", batch: id }, as(wanzhou.clerk));
    expect(queue.items.map((item) => item.id).toSorted()).toEqual(
      first.map((item) => item.application ?? "").toSorted(),
    );
    expect(await call(casesRoutes.countQueue, { campaign, batch: id }, as(wanzhou.clerk))).toMatchObject({ total: 3 });
    const { outcome } = await call(
      confirmationRoutes.handOver,
      { campaign, applications: queue.items.map((item) => item.id) },
      as(wanzhou.clerk),
    );
    expect(outcome).toMatchObject({ done: 3, refused: 0 });
    expect(await batches()).toMatchObject([{ confirmed: 3, handedOver: 3 }]);
    const foreign = await call(casesRoutes.listQueue, { campaign, batch: id }, as(yuzhong.clerk));
    expect(foreign.items).toEqual([]);
  });
});

describe("appointments", () => {
  test("once announced, the teacher is told by every way and sees when and where; a change is told again, nothing twice", async () => {
    const entries = await onRoster(offices, wanzhou, [
      { name: "有账号" },
      { name: "只手机", mobile: "13900000001" },
      { name: "找不到" },
    ]);
    const who = await withAccount(offices, entries["有账号"] ?? "", {
      email: "a@example.invalid",
      mobile: "13900000002",
    });
    const { id } = await add();
    expect(await refusalCodeOf(announce(id))).toBe("batch.nobody");
    await assign(id, Object.values(entries));
    const appointment = () => call(routes.getAppointment, { campaign }, { context: asApplicant(offices, who) });
    expect(await appointment()).toBeNull();
    expect(await refusalCodeOf(announce(id, yuzhong.clerk))).toBe("request.not-found");

    expect(await announce(id)).toEqual({
      people: 2,
      inbox: 1,
      email: 1,
      sms: 1,
      smsToRoster: 1,
      already: 0,
      unreachable: ["找不到"],
    });
    expect(await batches()).toMatchObject([{ untold: 0, announcedAt: expect.any(String) }]);
    expect(await appointment()).toEqual({
      school: wanzhou.school.name,
      batch: "第一批",
      plannedOn: "2017-10-16",
      fromHour: "09:00",
      toHour: "11:30",
      place: "行政楼201",
      remark: null,
      over: false,
    });
    const inbox = await call(messagesRoutes.listMessages, {}, { context: asApplicant(offices, who) });
    expect(inbox.items.map(({ text }) => text)).toEqual([
      expect.stringContaining(`${wanzhou.school.name}请您于10月16日 9:00至11:30办理`),
    ]);
    await deliverMessages(services);
    expect(mailer.sent.map(({ to }) => to)).toEqual(["a@example.invalid"]);
    expect(sms.sent.map(({ mobile }) => mobile).toSorted()).toEqual(["13900000001", "13900000002"]);
    expect(sms.sent[0]?.text).toContain("地点：行政楼201");

    expect(await announce(id)).toMatchObject({ people: 0, already: 2 });
    await change(id, { remark: "请带存折" });
    expect(await batches()).toMatchObject([{ untold: 0 }]);
    await change(id, { place: "图书馆", remark: "请带存折" });
    expect(await batches()).toMatchObject([{ untold: 3 }]);
    expect(await announce(id)).toMatchObject({ people: 2, already: 0 });
    clock.set("2017-10-17T09:00");
    expect(await appointment()).toMatchObject({ place: "图书馆", over: true });
    // Whoever is taken out has none; another teacher sees nothing of it.
    const other = await withAccount(offices, entries["找不到"] ?? "", {});
    await assign(null, [entries["有账号"] ?? ""]);
    expect(await appointment()).toBeNull();
    const theirs = call(routes.getAppointment, { campaign }, { context: asApplicant(offices, other) });
    expect(await theirs).toMatchObject({ batch: "第一批" });
  });
});

describe("N19: the lane 证书更正", () => {
  test("says what is missing and since when, longest first; it ends with a note, and may begin anew", async () => {
    const entries = await onRoster(offices, wanzhou, [{ name: "甲一" }, { name: "乙二" }]);
    const park = (name: string, changes: object = {}, by = wanzhou.clerk) =>
      call(
        routes.park,
        {
          campaign,
          entries: [entries[name] ?? ""],
          kind: "certificate-correction",
          missing: "证书姓名与身份证不一致",
          since: "2017-10-01",
          ...changes,
        },
        as(by),
      );
    const parked = (ended: "yes" | "no" = "no", by = wanzhou.clerk) =>
      call(routes.listParked, { campaign, ended }, as(by));
    expect(await refusalCodeOf(park("甲一", { kind: "holiday" }))).toBe("parking.kind-unknown");
    expect(await refusalCodeOf(park("甲一", { since: "2017-10-11" }))).toBe("parking.since-wrong");
    expect(await refusalCodeOf(park("甲一", {}, yuzhong.clerk))).toBe("request.not-found");
    await park("甲一");
    await park("乙二", { kind: "file-clearing", since: "2017-09-20", missing: "档案年龄待认定" });
    expect((await parked()).items.map(({ name, title, days, missing }) => [name, title, days, missing])).toEqual([
      ["乙二", "档案清理", 20, "档案年龄待认定"],
      ["甲一", "证书更正", 9, "证书姓名与身份证不一致"],
    ]);
    // Said anew it stays one.
    await park("甲一", { missing: "已寄出更正申请" });
    expect((await parked()).items).toHaveLength(2);
    const pages = await call(routes.listParked, { campaign, limit: 1 }, as(wanzhou.clerk));
    const next = await call(routes.listParked, { campaign, limit: 1, after: pages.next ?? "" }, as(wanzhou.clerk));
    expect([...pages.items, ...next.items].map(({ name }) => name)).toEqual(["乙二", "甲一"]);

    const [, item] = (await parked()).items;
    const release = (by = wanzhou.clerk) =>
      call(routes.release, { campaign, parking: item?.id ?? "", note: "新证书已取得" }, as(by));
    expect(await refusalCodeOf(release(yuzhong.clerk))).toBe("parking.ended");
    await release();
    expect(await refusalCodeOf(release())).toBe("parking.ended");
    expect((await parked("yes")).items).toMatchObject([
      { name: "甲一", note: "新证书已取得", releasedBy: wanzhou.clerk.name },
    ]);
    expect((await parked("no", yuzhong.clerk)).items).toEqual([]);
    expect((await parked("no", wanzhou.lead)).items).toHaveLength(1);
    await park("甲一");
    const filtered = await call(routes.listRoster, { campaign, parked: "yes" }, as(wanzhou.clerk));
    expect(filtered.items.map(({ name, parked: lane }) => [name, lane?.title])).toEqual([
      ["甲一", "证书更正"],
      ["乙二", "档案清理"],
    ]);
    expect(await call(routes.countRoster, { campaign }, as(wanzhou.clerk))).toMatchObject({ parked: 2 });
  });
});

describe("N12: reminders", () => {
  const remind = (selection: object, by = wanzhou.clerk) => call(routes.remind, { campaign, selection }, as(by));
  const owing = async () => {
    const { count } = await call(routes.countMatching, { campaign, owing: "yes" }, as(wanzhou.clerk));
    return { filter: { owing: "yes" }, count };
  };

  test("go by every way that there is, once a day a person; whom nothing reaches is named", async () => {
    const entries = await onRoster(offices, wanzhou, [
      { name: "没报名", mobile: "13900000011" },
      { name: "有账号" },
      { name: "找不到" },
      { name: "等证书", mobile: "13900000013" },
      { name: "要退休", mobile: "13900000014" },
    ]);
    await withAccount(offices, entries["有账号"] ?? "", { email: "b@example.invalid" });
    const [draft, done] = await submitted(offices, wanzhou, 2);
    await call(routes.putOnRoster, { campaign, applications: [draft ?? "", done ?? ""] }, as(wanzhou.clerk));
    await recalled(offices, [draft ?? ""]);
    const park = { kind: "certificate-correction", missing: "证书更正中", since: "2017-10-01" };
    await call(routes.park, { campaign, entries: [entries["等证书"] ?? ""], ...park }, as(wanzhou.clerk));
    await call(
      routes.setStanding,
      { campaign, entry: entries["要退休"] ?? "", standing: "retiring", reason: "retiring" },
      as(wanzhou.clerk),
    );

    // 没报名 by the roster's number, 有账号 by inbox and mail, the draft's owner in the inbox alone.
    expect(await remind(await owing())).toEqual({
      people: 3,
      inbox: 2,
      email: 1,
      sms: 0,
      smsToRoster: 1,
      already: 0,
      unreachable: ["找不到"],
      nothingOwed: 0,
      elsewhere: 0,
      parked: 1,
      over: 0,
    });
    await deliverMessages(services);
    expect(sms.sent).toEqual([
      {
        mobile: "13900000011",
        text: expect.stringContaining(
          `${wanzhou.school.name}提醒您：定期注册网上报名到2017年11月2日24:00截止，您还没有申请`,
        ),
      },
    ]);
    expect(mailer.sent).toMatchObject([{ to: "b@example.invalid" }]);
    expect(await remind(await owing())).toMatchObject({ people: 0, already: 3, unreachable: ["找不到"] });
    // Chosen by name, whoever waits for papers is told too; whoever owes nothing is not.
    const all = Object.values(entries);
    expect(await remind({ entries: all })).toMatchObject({
      people: 1,
      smsToRoster: 1,
      nothingOwed: 1,
      parked: 0,
      already: 2,
    });
    clock.set("2017-10-11T00:00");
    expect(await remind(await owing())).toMatchObject({ people: 3, already: 0 });
    const { rows } = await db.owner.query(
      "select detail from shice.audit_entry where action = 'remind' order by at, id limit 1",
    );
    expect(rows[0].detail).toMatchObject({ people: 3, unreachable: 1, parked: 1 });
    expect(JSON.stringify(rows)).not.toContain("139");
  });

  test("pressed twice at once, everybody is told once", async () => {
    await onRoster(offices, wanzhou, [
      { name: "甲一", mobile: "13900000021" },
      { name: "乙二", mobile: "13900000022" },
    ]);
    const selection = await owing();
    const outcomes = await Promise.all([remind(selection), remind(selection), remind(selection)]);
    expect(outcomes.reduce((sum, { people }) => sum + people, 0)).toBe(2);
    await deliverMessages(services);
    expect(sms.sent).toHaveLength(2);
  });

  test("nobody is told to apply who has applied elsewhere, or when it is too late", async () => {
    const [application] = await submitted(offices, yuzhong, 1);
    await db.owner.query(
      `insert into shice.roster_entry (campaign_id, school_id, confirmation_point_id, authority_id, name, id_number_sealed,
         id_number_index, standing, source, entered_at)
       select $1, $2, $2, $3, p.name, p.id_number_sealed, p.id_number_index, 'due', 'hand', $4
       from shice.application a join shice.person p on p.id = a.person_id where a.id = $5`,
      [offices.campaign.id, wanzhou.school.id, wanzhou.authority.id, clock.now().toString(), application],
    );
    await onRoster(offices, wanzhou, [{ name: "甲一", mobile: "13900000031" }]);
    expect(await remind(await owing())).toMatchObject({ people: 1, elsewhere: 1, over: 0 });
    clock.set("2017-11-03T00:00");
    expect(await remind(await owing())).toMatchObject({ people: 0, elsewhere: 1, over: 1 });
  });

  test("what did not reach a teacher of the roster is something that the school sees", async () => {
    await onRoster(offices, wanzhou, [{ name: "甲一", mobile: "13900000041" }]);
    await remind(await owing());
    await db.owner.query("update shice.message set state = 'failed', attempts = 12");
    const failed = (by: Staff) => call(messagesRoutes.listFailed, {}, as(by));
    expect((await failed(wanzhou.clerk)).items).toMatchObject([{ name: "甲一", number: null, channel: "sms" }]);
    expect((await failed(yuzhong.clerk)).items).toEqual([]);
  });

  test("the list to post says who, what and until when, and no number", async () => {
    await onRoster(offices, wanzhou, [{ name: "甲一", mobile: "13900000051" }, { name: "乙二" }]);
    const sheets: unknown[] = [];
    const typeset = typesetter.typeset.bind(typesetter);
    Object.assign(services, {
      typesetter: {
        ...typesetter,
        typeset: (sheet: Parameters<typeof typeset>[0]) => {
          sheets.push(sheet.document);
          return typeset(sheet);
        },
      },
    });
    const file = await call(routes.getReminderList, { campaign, owing: "yes" }, as(wanzhou.clerk));
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect(sheets).toMatchObject([
      {
        schools: [
          {
            school: wanzhou.school.name,
            people: [
              ["1", "甲一", "尚未网上报名", "2017年11月2日24:00前"],
              ["2", "乙二", "尚未网上报名", "2017年11月2日24:00前"],
            ],
          },
        ],
      },
    ]);
    expect(JSON.stringify(sheets)).not.toMatch(/139\d{8}|5001\d{2}/);
    clock.set("2017-11-03T00:00");
    const late = call(routes.getReminderList, { campaign, owing: "yes" }, as(wanzhou.clerk));
    expect(await refusalCodeOf(late)).toBe("reminder.nobody");
  });
});
