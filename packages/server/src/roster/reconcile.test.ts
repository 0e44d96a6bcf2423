import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RosterFilter } from "@shice/contract/roster/filter.ts";
import { writeXlsx } from "hucre";
import sharp from "sharp";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { openFileStore } from "../platform/file-store.ts";
import { openTypesetter } from "../platform/typesetting/typesetter.ts";
import { checkFiles } from "../sweep/check-files.ts";
import { submitted } from "../testing/handed-over.ts";
import { jobContext } from "../testing/job-context.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Staff } from "../testing/offices-shape.ts";
import { pagesOf } from "../testing/pdf.ts";
import { onRoster, someId } from "../testing/roster.ts";
import { withdrawAll } from "../testing/teacher.ts";
import { indexTails } from "./id-number-tail.ts";
import { importTasks } from "./import-work.ts";
import { rosterRoutes as routes } from "./routes.ts";

const offices = await openOffices();
const { wanzhou, yuzhong, clock, db, services } = offices;
const campaign = offices.campaign.key;
const folder = mkdtempSync(join(tmpdir(), "shice-statements-"));
const typesetter = openTypesetter();
const files = openFileStore(folder, db.secrets);
Object.assign(services, { typesetter, files });
afterAll(async () => {
  await typesetter.close();
  rmSync(folder, { recursive: true, force: true });
});

const as = (by: Staff) => ({ context: offices.as(by) });
const list = (filter: RosterFilter, by = wanzhou.clerk) => call(routes.listRoster, { campaign, ...filter }, as(by));
const names = async (filter: RosterFilter, by = wanzhou.clerk) =>
  (await list(filter, by)).items.map(({ name }) => name).toSorted();
const counts = (by = wanzhou.clerk) => call(routes.countRoster, { campaign }, as(by));
const bytesOf = async (file: File) => Buffer.from(await file.arrayBuffer());
const picture = () =>
  sharp({ create: { width: 600, height: 800, channels: 3, background: "#f4f0e8" } })
    .jpeg()
    .toBuffer();

beforeEach(async () => {
  clock.set("2017-10-10T09:00");
  await db.owner.query("delete from shice.statement_scan");
  await db.owner.query("delete from shice.roster_entry");
  await withdrawAll(offices, [wanzhou.clerk, yuzhong.clerk]);
});

describe("search and filters", () => {
  test("a teacher is found by name, sound, initials and the end of the ID number, masked as it is", async () => {
    const idNumber = someId();
    await onRoster(offices, wanzhou, [
      { name: "欧阳菲菲", idNumber },
      { name: "阿依古丽·买买提" },
      { name: "𠮷田〇一" },
      { name: "张伟" },
    ]);
    await onRoster(offices, yuzhong, [{ name: "欧阳菲菲" }]);
    expect(await names({ search: "欧阳" })).toEqual(["欧阳菲菲"]);
    expect(await names({ search: "OuYang" })).toEqual(["欧阳菲菲"]);
    expect(await names({ search: "oyff" })).toEqual(["欧阳菲菲"]);
    expect(await names({ search: "zhangwei" })).toEqual(["张伟"]);
    for (const typed of ["·买买提", "古丽•买买提", "阿依古丽买买提"]) {
      expect([typed, await names({ search: typed })]).toEqual([typed, ["阿依古丽·买买提"]]);
    }
    expect(await names({ search: "𠮷" })).toEqual(["𠮷田〇一"]);
    for (const digits of [idNumber, idNumber.slice(-4), idNumber.slice(-7), ` ${idNumber.slice(-5).toLowerCase()} `])
      expect(await names({ search: digits })).toContain("欧阳菲菲");
    expect(await names({ search: idNumber.slice(-8) })).toEqual(["欧阳菲菲"]);
    // The same last four, and another number before them.
    expect(
      await names({ search: `9${idNumber.slice(-4)}` === idNumber.slice(-5) ? "0000" : `9${idNumber.slice(-4)}` }),
    ).toEqual([]);
    for (const nobody of ["%", "_", "\\", "王五"]) expect(await names({ search: nobody })).toEqual([]);
    expect(JSON.stringify(await list({ search: idNumber.slice(-4) }))).not.toContain(idNumber.slice(6, 14));
  });

  test("numbers of an older roster are indexed at the start of the program", async () => {
    const idNumber = someId();
    await onRoster(offices, wanzhou, [{ name: "何其芳", idNumber }]);
    await db.owner.query("update shice.roster_entry set id_number_tail = null");
    expect(await names({ search: idNumber.slice(-6) })).toEqual([]);
    expect(await indexTails(db.owner, db.secrets)).toBe(1);
    expect(await indexTails(db.owner, db.secrets)).toBe(0);
    expect(await names({ search: idNumber.slice(-6) })).toEqual(["何其芳"]);
  });

  test("the five numbers of the page each filter the list to as many people", async () => {
    const [applied, confirmed] = [...(await submitted(offices, wanzhou, 1)), ...(await offices.confirmed(wanzhou, 1))];
    await call(routes.putOnRoster, { campaign, applications: [applied ?? "", confirmed ?? ""] }, as(wanzhou.clerk));
    const { 刘一: retiring, 孙二: probation } = await onRoster(offices, wanzhou, [
      { name: "刘一" },
      { name: "孙二" },
      { name: "周三" },
    ]);
    const say = (entry: string | undefined, standing: "retiring" | "on-probation") =>
      call(routes.setStanding, { campaign, entry: entry ?? "", standing, reason: standing }, as(wanzhou.clerk));
    await say(retiring, "retiring");
    await say(probation, "on-probation");
    const sums = await counts();
    // Whoever is about to retire is due, and not applied for a reason; whoever is on probation is not due.
    expect(sums).toMatchObject({ due: 4, applied: 2, confirmed: 1, notApplied: 2, unseen: 1, offRoster: 0, parked: 0 });
    const matching = async (filter: RosterFilter) =>
      (await call(routes.countMatching, { campaign, ...filter }, as(wanzhou.clerk))).count;
    for (const [filter, number] of [
      [{ due: "yes" }, sums.due],
      [{ due: "yes", applied: "yes" }, sums.applied],
      [{ due: "yes", confirmed: "yes" }, sums.confirmed],
      [{ due: "yes", applied: "no" }, sums.notApplied],
      [{ seen: "no" }, sums.unseen],
    ] as const) {
      expect(await matching(filter)).toBe(number);
      expect((await list(filter)).items).toHaveLength(number);
    }
    expect(await names({ owing: "yes" })).toEqual(["周三"]);
  });
});

describe("going through everybody", () => {
  test("chosen or all that a filter shows are marked as seen; where the list has changed meanwhile, nobody is", async () => {
    const entries = await onRoster(offices, wanzhou, [{ name: "甲一" }, { name: "乙二" }, { name: "丙三" }]);
    const mark = (selection: object, by = wanzhou.clerk) => call(routes.markSeen, { campaign, selection }, as(by));
    expect(await mark({ entries: [entries["甲一"]] })).toEqual({ seen: 1 });
    expect((await list({ seen: "yes" })).items).toMatchObject([
      { name: "甲一", seen: true, seenAt: "2017-10-10T01:00:00Z", seenBy: wanzhou.clerk.name },
    ]);
    expect(await refusalCodeOf(mark({ filter: { seen: "no" }, count: 3 }))).toBe("roster.count-changed");
    expect((await counts()).unseen).toBe(2);
    expect(await mark({ filter: { seen: "no" }, count: 2 })).toEqual({ seen: 2 });
    expect((await counts()).unseen).toBe(0);
    // Of another school nobody is marked, chosen or not.
    expect(await refusalCodeOf(mark({ entries: [entries["乙二"]] }, yuzhong.clerk))).toBe("request.not-found");
    expect(await mark({ filter: {}, count: 0 }, yuzhong.clerk)).toEqual({ seen: 0 });
    for (const neither of [{}, { entries: [entries["乙二"]], filter: {}, count: 3 }, { filter: {} }])
      await expect(mark(neither)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("what the district sends or a column says of everybody is no look; what a clerk says of one is", async () => {
    const rows = [
      {
        school: wanzhou.school.id,
        name: "区县报",
        idNumber: someId(),
        standing: "retiring" as const,
        reason: "retiring",
      },
    ];
    await call(routes.addRoster, { campaign, rows, source: "district" }, as(wanzhou.lead));
    const heading = ["姓名", "身份证号码", "情形", "未申请原因"];
    const table = [heading, ["表里报", someId(), "应注册", ""], ["表里说", someId(), "即将退休", "即将退休"]];
    const content = Buffer.from(await writeXlsx({ sheets: [{ name: "名册", rows: table }] })).toString("base64");
    const { id } = await call(routes.sendImport, { campaign, fileName: "名册.xlsx", content }, as(wanzhou.clerk));
    const [work] = Object.values(importTasks(services));
    await work?.({ import: id, campaign }, jobContext());
    await call(routes.applyImport, { campaign, import: id }, as(wanzhou.clerk));
    await work?.({ import: id, campaign }, jobContext());
    expect(await names({ seen: "no" })).toEqual(["区县报", "表里报"]);
    expect(await names({ seen: "yes" })).toEqual(["表里说"]);
    // The district sets a standing too; the school has still to look.
    const [entry] = (await list({ search: "区县报" })).items;
    const said = { campaign, entry: entry?.id ?? "", standing: "due" as const };
    expect((await call(routes.setStanding, said, as(wanzhou.lead))).seen).toBe(false);
    expect((await call(routes.setStanding, said, as(wanzhou.clerk))).seen).toBe(true);
  });

  test("one standing for several at once, each with its reason; refused, it changes nobody", async () => {
    const entries = Object.values(await onRoster(offices, wanzhou, [{ name: "甲一" }, { name: "乙二" }]));
    const say = (said: object, by = wanzhou.clerk) =>
      call(routes.setStandings, { campaign, entries, standing: "retiring", ...said }, as(by));
    expect(await refusalCodeOf(say({}))).toBe("roster.reason-needed");
    expect(await refusalCodeOf(say({ reason: "out-of-scope", standing: "unwilling" }))).toBe("statement.day-needed");
    expect(await refusalCodeOf(say({ reason: "retiring" }, yuzhong.clerk))).toBe("request.not-found");
    expect((await counts()).byStanding).toEqual({ due: 2 });
    expect(await say({ reason: "retiring", remark: "  明年六月  " })).toEqual({ changed: 2 });
    expect((await list({})).items.map(({ standing, reason, remark }) => [standing, reason, remark])).toEqual([
      ["retiring", "retiring", "明年六月"],
      ["retiring", "retiring", "明年六月"],
    ]);
  });
});

describe("the unwilling", () => {
  const unwilling = (entry: string | undefined, statementOn?: string) =>
    call(
      routes.setStanding,
      {
        campaign,
        entry: entry ?? "",
        standing: "unwilling",
        reason: "unwilling",
        ...(statementOn === undefined ? {} : { statementOn }),
      },
      as(wanzhou.clerk),
    );
  const scan = async (entry: string | undefined, content?: string, by = wanzhou.clerk) =>
    call(
      routes.addStatementScan,
      { campaign, entry: entry ?? "", fileName: "声明.jpg", content: content ?? (await picture()).toString("base64") },
      as(by),
    );

  test("stand on a signed statement with its day; who registers after all has none", async () => {
    const { 郑五: entry } = await onRoster(offices, wanzhou, [{ name: "郑五" }]);
    expect(await refusalCodeOf(unwilling(entry))).toBe("statement.day-needed");
    expect(await refusalCodeOf(unwilling(entry, "2017-10-11"))).toBe("statement.day-wrong");
    expect(await refusalCodeOf(unwilling(entry, "2017-09-05"))).toBe("statement.day-wrong");
    expect(await refusalCodeOf(scan(entry))).toBe("statement.of-nobody");
    expect(await unwilling(entry, "2017-09-30")).toMatchObject({
      standing: "unwilling",
      statementOn: "2017-09-30",
      scan: "none",
    });
    expect(await scan(entry)).toMatchObject({ scan: "kept" });
    const due = { campaign, entry: entry ?? "", standing: "due" as const };
    expect(await call(routes.setStanding, due, as(wanzhou.clerk))).toMatchObject({ statementOn: null, scan: "none" });
  });

  test("the scan is made anew, sealed, seen by the roster's keepers alone; a lost one is told", async () => {
    const { 冯六: entry } = await onRoster(offices, wanzhou, [{ name: "冯六" }]);
    await unwilling(entry, "2017-09-30");
    const of = { campaign, entry: entry ?? "" };
    for (const [content, code] of [
      [Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>").toString("base64"), "attachment.not-an-image"],
      [(await picture()).subarray(0, 300).toString("base64"), "attachment.broken"],
    ] as const)
      expect(await refusalCodeOf(scan(entry, content))).toBe(code);
    expect(await refusalCodeOf(scan(entry, undefined, yuzhong.clerk))).toBe("request.not-found");
    await scan(entry);
    await scan(entry);
    const { rows } = await db.owner.query("select id from shice.statement_scan where replaced_at is null");
    expect(rows).toHaveLength(1);
    const kept = await bytesOf(await call(routes.getStatementScan, of, as(wanzhou.lead)));
    expect((await sharp(kept).metadata()).format).toBe("jpeg");
    expect(await refusalCodeOf(call(routes.getStatementScan, of, as(yuzhong.clerk)))).toBe("request.not-found");

    await files.remove(rows[0].id);
    await checkFiles(services);
    expect((await list({})).items).toMatchObject([{ scan: "lost" }]);
    expect(await refusalCodeOf(call(routes.getStatementScan, of, as(wanzhou.clerk)))).toBe("attachment.lost");
    await call(routes.removeStatementScan, of, as(wanzhou.clerk));
    expect(await refusalCodeOf(call(routes.removeStatementScan, of, as(wanzhou.clerk)))).toBe("request.not-found");
    const { rows: audited } = await db.owner.query(
      "select action from shice.audit_entry where subject_id = $1 order by at, id",
      [entry],
    );
    expect(audited.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["set-standing", "keep-statement", "view-statement", "remove-statement"]),
    );
  });

  test("a spreadsheet says the day too; a row without it is wrong, unless the roster knows it", async () => {
    const known = someId();
    const { 陈七: entry } = await onRoster(offices, wanzhou, [{ name: "陈七", idNumber: known }]);
    await unwilling(entry, "2017-09-30");
    const rows = [
      ["姓名", "身份证号码", "情形", "未申请原因", "声明日期"],
      ["陈七", known, "本人不参加", "本人书面说明不参加本次注册", ""],
      ["褚八", someId(), "本人不参加", "本人书面说明不参加本次注册", "2017年9月28日"],
      ["卫九", someId(), "本人不参加", "本人书面说明不参加本次注册", ""],
      ["蒋十", someId(), "本人不参加", "本人书面说明不参加本次注册", "2017-08-01"],
    ];
    const content = Buffer.from(await writeXlsx({ sheets: [{ name: "名册", rows }] })).toString("base64");
    const { id } = await call(routes.sendImport, { campaign, fileName: "名册.xlsx", content }, as(wanzhou.clerk));
    const [work] = Object.values(importTasks(services));
    await work?.({ import: id, campaign }, jobContext());
    const found = await call(routes.listImportRows, { campaign, import: id }, as(wanzhou.clerk));
    expect(found.items.map(({ name, outcome, troubles }) => [name, outcome, troubles.map(({ code }) => code)])).toEqual(
      [
        ["陈七", "unchanged", []],
        ["褚八", "new", []],
        ["卫九", "wrong", ["row.statement-needed"]],
        ["蒋十", "wrong", ["row.statement-day"]],
      ],
    );
    await call(routes.applyImport, { campaign, import: id }, as(wanzhou.clerk));
    await work?.({ import: id, campaign }, jobContext());
    expect((await list({ standing: "unwilling" })).items.map(({ name, statementOn }) => [name, statementOn])).toEqual([
      ["陈七", "2017-09-30"],
      ["褚八", "2017-09-28"],
    ]);
  });
});

describe("who applied here and is not on the roster", () => {
  test("is shown as such and put on it with one press; who stands on another school's is told with its name", async () => {
    const [here, elsewhere] = await submitted(offices, wanzhou, 2);
    // The second one stands on the roster of a school in another district.
    await db.owner.query(
      `insert into shice.roster_entry (campaign_id, school_id, confirmation_point_id, authority_id, name, id_number_sealed,
         id_number_index, standing, source, entered_at)
       select $1, $2, $2, $3, p.name, p.id_number_sealed, p.id_number_index, 'due', 'hand', $4
       from shice.application a join shice.person p on p.id = a.person_id where a.id = $5`,
      [offices.campaign.id, yuzhong.school.id, yuzhong.authority.id, clock.now().toString(), elsewhere],
    );
    expect((await counts()).offRoster).toBe(2);
    const off = () => call(routes.listOffRoster, { campaign }, as(wanzhou.clerk));
    expect((await off()).items.map(({ application, elsewhere: school }) => [application, school]).toSorted()).toEqual(
      [
        [here, null],
        [elsewhere, yuzhong.school.name],
      ].toSorted(),
    );
    const put = (by: Staff) =>
      call(routes.putOnRoster, { campaign, applications: [here ?? "", elsewhere ?? ""] }, as(by));
    expect(await put(yuzhong.clerk)).toEqual({ added: 0, wrong: [] });
    expect(await put(wanzhou.clerk)).toMatchObject({
      added: 1,
      wrong: [{ application: elsewhere, refusal: { code: "roster.elsewhere" } }],
    });
    expect((await put(wanzhou.clerk)).added).toBe(0);
    expect((await list({})).items).toMatchObject([{ application: here, standing: "due", seen: true }]);
    expect((await off()).items.map(({ application }) => application)).toEqual([elsewhere]);
    // On the other school's roster the teacher is shown with where the application lies.
    expect((await list({}, yuzhong.clerk)).items).toMatchObject([
      { application: null, elsewhere: wanzhou.school.name },
    ]);
  });
});

describe("on paper", () => {
  test("N12, N34: a school of 120 on a sheet whose sums add up, printed within seconds and noted", async () => {
    await onRoster(
      offices,
      wanzhou,
      Array.from({ length: 118 }, (_, at) => ({ name: `师${String.fromCodePoint(0x4e00 + at * 31)}` })),
    );
    const applications = await submitted(offices, wanzhou, 3);
    await call(routes.putOnRoster, { campaign, applications: applications.slice(0, 2) }, as(wanzhou.clerk));
    const begun = performance.now();
    const file = await call(routes.getReconciliationSheet, { campaign }, as(wanzhou.clerk));
    const seconds = (performance.now() - begun) / 1000;
    const pdf = await bytesOf(file);
    expect(pagesOf(pdf)).toBeGreaterThanOrEqual(3);
    expect(seconds).toBeLessThan(10);
    expect(file.name).toContain(wanzhou.school.name);
    process.stdout.write(`reconciliation of 120 teachers: ${pdf.length} bytes in ${seconds.toFixed(2)} s\n`);
    const foreign = call(routes.getReconciliationSheet, { campaign, school: yuzhong.school.id }, as(wanzhou.clerk));
    expect(await refusalCodeOf(foreign)).toBe("roster.school-unknown");
    const { rows } = await db.owner.query("select detail from shice.audit_entry where action = 'print-reconciliation'");
    expect(rows).toEqual([{ detail: { people: 120 } }]);
  });

  test("the statement is one page with the teacher's name and number, or empty to be filled in by hand", async () => {
    const { 沈十一: entry } = await onRoster(offices, wanzhou, [{ name: "沈十一" }]);
    const named = await call(routes.getStatementForm, { campaign, entry: entry ?? "" }, as(wanzhou.clerk));
    expect(pagesOf(await bytesOf(named))).toBe(1);
    expect(named.name).toContain("沈十一");
    expect(pagesOf(await bytesOf(await call(routes.getStatementForm, { campaign }, as(wanzhou.clerk))))).toBe(1);
    const foreign = call(routes.getStatementForm, { campaign, entry: entry ?? "" }, as(yuzhong.clerk));
    expect(await refusalCodeOf(foreign)).toBe("request.not-found");
    const { rows } = await db.owner.query(
      "select count(*)::int as n from shice.audit_entry where action = 'print-statement'",
    );
    expect(rows[0].n).toBe(1);
  });
});
