import { writeXlsx } from "hucre";
import { beforeAll, describe, expect, test } from "vitest";
import { readWorkbook } from "../platform/excel/reader.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { formatsOfEmptyCells } from "../testing/empty-cells.ts";
import { oddRows } from "../testing/odd-rows.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { writeOldWorkbook } from "../testing/old-workbook.ts";
import { anotherSchool } from "../testing/schools.ts";
import { organisationsRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
  offices.clock.set("2017-10-20T09:00");
  await offices.db.owner.query(
    `insert into shice.organisation_name (organisation_id, name, kind)
     select id, name, 'standard' from shice.organisation where kind = 'school'`,
  );
});
const reason = "按区教委批复";
const on = "2017-10-19";
const byManager = () => ({ context: offices.as(offices.manager) });
const list = (input: object) => call(routes.listSchools, input as never, { context: offices.as(offices.wanzhou.lead) });
const namesOf = async (input: object) => (await list(input)).items.map(({ name }) => name);

describe("names", () => {
  test("N14: a school is found by its former name, a short name, its sound and its first letters; and told by which", async () => {
    const { school } = await anotherSchool(offices, offices.wanzhou, "万州区鱼泉中学校");
    await call(routes.addAlias, { school: school.id, name: "鱼中" }, byManager());
    const renamed = { school: school.id, name: "万州区江南高级中学", on, reason };
    await call(routes.renameSchool, renamed, byManager());
    for (const [query, foundBy] of [
      ["江南高级", null],
      ["鱼泉", "万州区鱼泉中学校"],
      ["鱼中", "鱼中"],
      ["yuquan", "万州区鱼泉中学校"],
      ["wzqjngj", null],
    ] as const) {
      const { items } = await list({ query });
      expect(items.find(({ id }) => id === school.id)?.foundBy, query).toBe(foundBy);
    }
    const page = await call(routes.getSchool, { campaign, school: school.id }, byManager());
    expect(page.names).toEqual([
      { name: "万州区江南高级中学", kind: "standard", from: on, to: null },
      { name: "万州区鱼泉中学校", kind: "former", from: null, to: on },
      { name: "鱼中", kind: "alias", from: null, to: null },
    ]);
    expect(page.changes.map(({ kind, on: day, reason: why, by }) => [kind, day, why, by])).toEqual([
      ["renamed", on, reason, offices.manager.name],
      ["alias-added", "2017-10-20", null, offices.manager.name],
      ["added", "2000-09-01", null, offices.manager.name],
    ]);
    expect(page.changes[0]?.lines).toEqual(["“万州区鱼泉中学校”更名为“万州区江南高级中学”"]);
    expect(await refusalCodeOf(call(routes.renameSchool, renamed, byManager()))).toBe("school.nothing-changed");
  });

  test("a short name is taken out, a former name never; no two living schools of a district have one name", async () => {
    const { school } = await anotherSchool(offices, offices.wanzhou, "万州区分水中学校");
    const alias = { school: school.id, name: "分水中学" };
    await call(routes.addAlias, alias, byManager());
    expect(await refusalCodeOf(call(routes.addAlias, alias, byManager()))).toBe("school.alias-known");
    const taken = { school: school.id, name: offices.wanzhou.school.name };
    expect(await refusalCodeOf(call(routes.addAlias, taken, byManager()))).toBe("school.known");
    expect(await refusalCodeOf(call(routes.renameSchool, { ...taken, on, reason }, byManager()))).toBe("school.known");
    await call(routes.renameSchool, { school: school.id, name: "万州区分水高级中学", on, reason }, byManager());
    const remove = (name: string) => call(routes.removeAlias, { school: school.id, name, reason }, byManager());
    await remove("分水中学");
    for (const name of ["分水中学", "万州区分水中学校", "万州区分水高级中学"]) {
      expect(await refusalCodeOf(remove(name))).toBe("school.alias-unknown");
    }
    // Beneath the module the database says the same.
    const gone = offices.services.database.inScope({ kind: "all" }, (tx) =>
      tx.deleteFrom("shice.organisation_name").where("organisation_id", "=", school.id).execute(),
    );
    expect((await gone)[0]?.numDeletedRows).toBe(0n);
  });

  test("what happened to a school is written and read, by nobody changed", async () => {
    for (const scope of [
      { kind: "school", id: offices.wanzhou.school.id },
      { kind: "authority", id: offices.wanzhou.authority.id },
    ] as const) {
      const invented = offices.services.database.inScope(scope, (tx) =>
        tx
          .insertInto("shice.directory_change")
          .values({
            school_id: scope.id,
            kind: "merged",
            effective_on: on,
            reason,
            made_at: offices.clock.now(),
          })
          .execute(),
      );
      await expect(invented, scope.kind).rejects.toMatchObject({ code: "42501" });
    }
    for (const kind of ["all", "accounts", "auditor", "public"] as const) {
      const change = offices.services.database.inScope({ kind }, (tx) =>
        tx.updateTable("shice.directory_change").set({ reason: "改写" }).execute(),
      );
      await expect(change, kind).rejects.toMatchObject({ code: "42501" });
    }
  });
});

describe("the list", () => {
  test("is filtered without typing by authority, kind and ownership, page by page in the order of sound", async () => {
    const { yuzhong } = offices;
    for (const name of ["渝中区人民小学校", "渝中区巴蜀小学校", "渝中区大坪小学校"]) {
      await anotherSchool(offices, yuzhong, name);
    }
    const filter = { authority: yuzhong.authority.id, kind: "junior", ownership: "public" };
    const first = await list({ ...filter, limit: 2 });
    const second = await list({ ...filter, limit: 2, after: first.next });
    const names = [...first.items, ...second.items].map(({ name }) => name).filter((name) => name.endsWith("小学校"));
    expect(names).toEqual(["渝中区巴蜀小学校", "渝中区大坪小学校", "渝中区人民小学校"]);
    expect(await namesOf({ ...filter, kind: "vocational" })).toEqual([]);
    expect(await namesOf({ query: "%" })).toEqual([]);
  });

  test("shows ended schools where that is asked, with what became of them", async () => {
    const old = await anotherSchool(offices, offices.wanzhou, "万州区白羊小学校");
    const into = await anotherSchool(offices, offices.wanzhou, "万州区太安小学校");
    await call(routes.mergeSchool, { school: old.school.id, into: into.school.id, on, reason }, byManager());
    expect(await namesOf({ query: "白羊" })).toEqual([]);
    const { items } = await list({ query: "白羊", ended: "yes" });
    expect(items).toMatchObject([{ validTo: on, successors: [{ id: into.school.id, name: "万州区太安小学校" }] }]);
    expect(await namesOf({ ended: "only", authority: offices.wanzhou.authority.id })).toEqual(["万州区白羊小学校"]);
    const ended = call(routes.renameSchool, { school: old.school.id, name: "万州区白羊学校", on, reason }, byManager());
    expect(await refusalCodeOf(ended)).toBe("school.ended-already");
  });
});

test("every office that reads the directory opens a school; what is not theirs to see is left out", async () => {
  const { wanzhou, yuzhong, centreReviewer, auditor, manager } = offices;
  const look = (by: typeof manager) =>
    call(routes.getSchool, { campaign, school: wanzhou.school.id }, { context: offices.as(by) });
  for (const by of [wanzhou.reviewer, wanzhou.lead, centreReviewer, auditor, manager]) {
    const { clerks, figures } = await look(by);
    expect([by.role, clerks?.map(({ name }) => name), figures?.total]).toEqual([by.role, [wanzhou.clerk.name], 0]);
  }
  expect(await look(yuzhong.lead)).toMatchObject({ name: wanzhou.school.name, clerks: null, figures: null });
  expect(await refusalCodeOf(look(wanzhou.clerk))).toBe("request.forbidden");
  const none = call(routes.getSchool, { campaign, school: crypto.randomUUID() }, { context: offices.as(manager) });
  expect(await refusalCodeOf(none)).toBe("request.not-found");
});

describe("a spreadsheet of schools", () => {
  const heading = ["学校名称", "区县", "学校类别", "办学性质", "简称", "原校名", "是否行业办学", "确认点", "建校日期"];
  async function sheetOf(rows: (string | number | Date)[][]) {
    const bytes = await writeXlsx({ sheets: [{ name: "学校", rows: [["万州区学校名单"], heading, ...rows] }] });
    return { fileName: "学校名单.xlsx", content: Buffer.from(bytes).toString("base64") };
  }
  const check = async (rows: (string | number | Date)[][]) =>
    await call(routes.checkDirectory, await sheetOf(rows), byManager());
  const apply = async (rows: (string | number | Date)[][]) =>
    await call(routes.applyDirectory, { ...(await sheetOf(rows)), reason }, byManager());

  test("is checked without writing, then written: new, changed, renamed, unchanged; sent again it changes nothing", async () => {
    const { school } = await anotherSchool(offices, offices.wanzhou, "万州区高笋塘小学校");
    const renaming = await anotherSchool(offices, offices.wanzhou, "万州区电报路小学校");
    await anotherSchool(offices, offices.wanzhou, "万州区国本小学校");
    const rows = [
      ["万州区高峰小学校", "万州区", "小学", "公办", "高峰小学、高小", "", "", "", "1956年9月1日"],
      ["万州区特教学校(陈家坝校区)", offices.wanzhou.authority.name, "特殊教育学校", "", "", "", "否", "注册机构", ""],
      ["万州区高笋塘小学校", "万州区", "九年一贯制学校", "民办", "高小塘", "", "是", "", ""],
      ["万州区电报路实验小学", "万州区", "", "", "", "万州区电报路小学校", "", "", ""],
      ["万州区国本小学校", "万州区", "初级中学", "公办", "", "", "", "本校", "2000-09-01"],
      ["合计", "", "", "", "", "", "", "", ""],
    ];
    const checked = await check(rows);
    expect(checked).toMatchObject({ total: 5, fresh: 2, changed: 2, unchanged: 1, wrong: 0, applied: null });
    expect(await namesOf({ query: "高峰小学" })).toEqual([]);
    expect(checked.rows[2]?.changes).toEqual([
      { title: "类别", from: "初级中学", to: "九年一贯制学校" },
      { title: "举办者", from: "公办", to: "民办" },
      { title: "行业办学", from: "否", to: "是" },
      { title: "简称", from: "", to: "增加高小塘" },
    ]);
    expect(checked.rows[3]?.changes).toEqual([
      { title: "学校全称", from: "万州区电报路小学校", to: "万州区电报路实验小学" },
    ]);
    expect(await apply(rows)).toMatchObject({ applied: 4 });
    const { items } = await list({ query: "高峰" });
    expect(items).toMatchObject([{ validFrom: "1956-09-01", aliases: ["高小", "高峰小学"], kind: "primary" }]);
    // The brackets of a school's name are its own, whatever the keyboard gave.
    const [special] = (await list({ query: "特教" })).items;
    expect(special).toMatchObject({
      name: "万州区特教学校（陈家坝校区）",
      confirmationPointId: offices.wanzhou.authority.id,
    });
    const page = await call(routes.getSchool, { campaign, school: renaming.school.id }, byManager());
    expect(page.changes[0]).toMatchObject({ kind: "renamed", reason });
    expect(page.changes[0]?.lines).toContain("由表格“学校名单.xlsx”导入");
    expect((await call(routes.getSchool, { campaign, school: school.id }, byManager())).aliases).toEqual(["高小塘"]);
    expect(await apply(rows)).toMatchObject({ fresh: 0, changed: 0, unchanged: 5, wrong: 0, applied: 0 });
  });

  test.each<[string, (string | number)[], string, string]>([
    ["no name", ["", "万州区", "小学"], "cell.empty", "学校全称"],
    ["a name of one character", ["校", "万州区", "小学"], "school.name-short", "学校全称"],
    ["an unknown authority", ["某某小学校", "巫溪县", "小学"], "cell.not-in-list", "注册机构"],
    ["no authority", ["某某小学校", "", "小学"], "cell.empty", "注册机构"],
    ["a new school without its kind", ["某某小学校", "万州区", ""], "cell.empty", "类别"],
    ["a kind that is none", ["某某小学校", "万州区", "大学"], "cell.not-in-list", "类别"],
    [
      "a founding day to come",
      ["某某小学校", "万州区", "小学", "", "", "", "", "", "2017-10-21"],
      "school.founded-later",
      "成立日期",
    ],
    ["no day", ["某某小学校", "万州区", "小学", "", "", "", "", "", "很久以前"], "cell.not-a-day", "成立日期"],
    ["a former name", ["万州区旧名小学校", "万州区", "小学"], "school.renamed-already", "学校全称"],
    ["a short name", ["新名小学", "万州区", "小学"], "school.is-short-name", "学校全称"],
    ["an ended school", ["万州区已并小学校", "万州区", "小学"], "school.ended", "学校全称"],
    ["a school of another district", ["渝中区人和街小学校", "万州区", "小学"], "school.elsewhere", "注册机构"],
    [
      "a renaming of nothing",
      ["某某小学校", "万州区", "小学", "", "", "没有这所学校"],
      "school.former-unknown",
      "原名称",
    ],
    [
      "a renaming to a taken name",
      ["万州区新名小学校", "万州区", "", "", "", "万州区现存小学校"],
      "school.name-taken",
      "学校全称",
    ],
  ])("%s is told with what would be right", async (_what, row, code, title) => {
    if ((await namesOf({ query: "万州区新名小学校" })).length === 0) {
      const { wanzhou, yuzhong } = offices;
      const { school } = await anotherSchool(offices, wanzhou, "万州区旧名小学校");
      await call(routes.renameSchool, { school: school.id, name: "万州区新名小学校", on, reason }, byManager());
      await call(routes.addAlias, { school: school.id, name: "新名小学" }, byManager());
      const ended = await anotherSchool(offices, wanzhou, "万州区已并小学校");
      await call(routes.mergeSchool, { school: ended.school.id, into: school.id, on, reason }, byManager());
      await anotherSchool(offices, wanzhou, "万州区现存小学校");
      await anotherSchool(offices, yuzhong, "渝中区人和街小学校");
    }
    const { wrong, rows } = await check([row]);
    expect(wrong).toBe(1);
    expect(rows[0]?.troubles.map((trouble) => [trouble.code, trouble.title])).toEqual([[code, title]]);
    expect(rows[0]?.troubles[0]?.sentence).toMatch(/[。？]$/);
  });

  test("one school twice, by its name or by the old and the new one, is wrong the second time", async () => {
    await anotherSchool(offices, offices.wanzhou, "万州区钟鼓楼小学校");
    const { rows } = await check([
      ["万州区龙驹小学校", "万州区", "小学"],
      ["万州区龙驹 小学校", "万州区", "小学"],
      ["万州区钟鼓楼小学校", "万州区", "小学"],
      ["万州区钟鼓楼实验学校", "万州区", "", "", "", "万州区钟鼓楼小学校"],
    ]);
    expect(rows.map(({ troubles }) => troubles.map(({ code }) => code))).toEqual([
      [],
      ["school.repeated"],
      [],
      ["school.repeated"],
    ]);
  });

  test("wrong rows come as a workbook that can be put right and sent again; the right ones are written", async () => {
    const rows = [
      ["万州区小周小学校", "万州区", "小学"],
      ["万州区甘宁小学校", "巫溪县", "小学校"],
    ];
    expect(await apply(rows)).toMatchObject({ applied: 1, wrong: 1 });
    const file = await call(routes.getDirectoryErrors, await sheetOf(rows), byManager());
    const corrections = Buffer.from(await file.arrayBuffer());
    expect(new Set(Object.values(formatsOfEmptyCells(corrections)))).toEqual(new Set(["@"]));
    const book = await readWorkbook(corrections);
    if ("code" in book) throw new Error(book.code);
    const [sheet] = book.sheets;
    expect(sheet?.rows[1]?.slice(0, 2)).toEqual(["学校全称", "注册机构"]);
    expect(sheet?.rows[2]?.slice(0, 3)).toEqual(["万州区甘宁小学校", "巫溪县", "小学校"]);
    expect(sheet?.rows[2]?.at(-1)).toContain("【注册机构】不是可选的内容");
    const right = [["万州区甘宁小学校", "万州区", "小学"]];
    expect(await apply(right)).toMatchObject({ applied: 1, wrong: 0 });
    const none = call(routes.getDirectoryErrors, await sheetOf(right), byManager());
    expect(await refusalCodeOf(none)).toBe("import.nothing-wrong");
  });

  test("what is no such table says what it is instead", async () => {
    const send = (bytes: Uint8Array) =>
      call(routes.checkDirectory, { fileName: "x", content: Buffer.from(bytes).toString("base64") }, byManager());
    expect(await refusalCodeOf(send(Buffer.from("%PDF-1.7 not a table")))).toBe("workbook.not-a-table");
    const other = await writeXlsx({
      sheets: [
        {
          name: "x",
          rows: [
            ["姓名", "证件号码"],
            ["张三", "1"],
          ],
        },
      ],
    });
    expect(await refusalCodeOf(send(other))).toBe("workbook.no-heading");
    const long = [heading, ...Array.from({ length: 5001 }, (_, at) => [`万州区第${at}小学校`, "万州区", "小学"])];
    expect(await refusalCodeOf(send(await writeXlsx({ sheets: [{ name: "x", rows: long }] })))).toBe(
      "directory.too-many-rows",
    );
  });

  test("the template has drop-downs and comes in without a trouble; the directory goes out and in unchanged", async () => {
    const template = await call(routes.getDirectoryBook, {}, byManager());
    const handedOut = formatsOfEmptyCells(new Uint8Array(await template.arrayBuffer()));
    expect(handedOut).toMatchObject({ 学校全称: "@" });
    expect(new Set(Object.values(handedOut))).toEqual(new Set(["@"]));
    const bytes = Buffer.from(await template.arrayBuffer());
    const empty = call(
      routes.checkDirectory,
      { fileName: "模板.xlsx", content: bytes.toString("base64") },
      byManager(),
    );
    expect(await refusalCodeOf(empty)).toBe("workbook.no-rows");
    const filled = await call(
      routes.getDirectoryBook,
      { filled: "yes", ended: "no" },
      { context: offices.as(offices.wanzhou.reviewer) },
    );
    const back = await call(
      routes.checkDirectory,
      { fileName: "目录.xlsx", content: Buffer.from(await filled.arrayBuffer()).toString("base64") },
      byManager(),
    );
    expect(back).toMatchObject({ fresh: 0, changed: 0, wrong: 0, notes: [] });
    expect(back.unchanged).toBeGreaterThan(10);
  });

  test("a thousand schools are checked and written in seconds", async () => {
    const rows = Array.from({ length: 1000 }, (_, at) => [
      `万州区第${at + 1}村小学校`,
      "万州区",
      "小学",
      "公办",
      `${at + 1}村小`,
    ]);
    const begun = performance.now();
    expect(await apply(rows)).toMatchObject({ applied: 1000, wrong: 0 });
    const seconds = (performance.now() - begun) / 1000;
    process.stdout.write(`directory import of 1000 schools: ${seconds.toFixed(1)} s\n`);
    expect(seconds).toBeLessThan(20);
  });
});

test("whatever stands in a file of schools, the answer is a check or a refusal", async () => {
  const old = writeOldWorkbook([
    { row: 1, column: 0, value: "学校全称" },
    { row: 1, column: 2, value: "注册机构" },
    { row: 3, column: 0, value: "万州区空行小学" },
    { row: 6, column: 0, value: "填表人：甲" },
  ]);
  const books = await Promise.all(oddRows().map((rows) => writeXlsx({ sheets: [{ name: "学校", rows }] })));
  for (const bytes of [old, ...books]) {
    const input = { fileName: "学校.xls", content: Buffer.from(bytes).toString("base64") };
    const answer = await call(routes.checkDirectory, input, byManager()).catch((error: unknown) => error);
    expect(answer instanceof RefusalError || (typeof answer === "object" && answer !== null && "total" in answer)).toBe(
      true,
    );
  }
  const checked = await call(
    routes.checkDirectory,
    { fileName: "学校.xls", content: old.toString("base64") },
    byManager(),
  );
  expect(checked.rows).toMatchObject([{ row: 4, name: "万州区空行小学", outcome: "wrong" }]);
});
