import { expect, type Page, test } from "@playwright/test";
import { inventHuman } from "../src/people.ts";
import { randomOf } from "../src/random.ts";
import { apply, password, schoolOf } from "./applications.ts";
import { confirmAll } from "./clerk.ts";
import { become, expectAccessible, expectSound, goTo, moveTo, phone, reset, watchComplaints } from "./office.ts";
import { photoFile } from "./teacher.ts";

test.beforeEach(async ({ page }) => {
  await reset(page);
});

const table = (page: Page) => page.getByRole("region", { name: "应注册教师名册" });
const rows = (page: Page) => table(page).locator("tbody tr.ant-table-row");
const numberOf = async (page: Page, title: string) =>
  Number(
    await page
      .getByRole("button", { name: new RegExp(`^${title}`) })
      .locator("strong")
      .innerText(),
  );
const actBar = (page: Page) => page.getByRole("group", { name: "批量办理" });

async function toTab(page: Page, label: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "名册各页" })
    .getByRole("link", { name: new RegExp(`^${label}`) })
    .click();
}

/** Two teachers of the clerk's school who have not applied; the demonstration's own may all have. */
async function enterNotApplied(page: Page): Promise<void> {
  const { posts } = await (await page.request.get("/api/account")).json();
  const random = randomOf(790_001);
  const rows = [1, 2].map((at) => {
    const { name, idNumber } = inventHuman(random, 790_000 + at, "500101", "ordinary", 2017);
    return { school: posts[0].organisationId, name, idNumber };
  });
  const answer = await page.request.post("/api/campaigns/2017-chongqing-second-batch/roster", {
    data: { source: "hand", rows },
  });
  expect((await answer.json()).added, await answer.text()).toBe(2);
}

test("a clerk goes through the roster: each number shows its people, a search finds one, those chosen are ticked off", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await become(page, "学校经办人");
  await goTo(page, "应注册教师名册");
  await expect(rows(page).first()).toBeVisible();
  await expectSound(page, "roster");
  for (const title of ["应注册", "已申请", "已确认", "未申请", "还没有看过"]) {
    const number = await numberOf(page, title);
    const button = page.getByRole("button", { name: new RegExp(`^${title}`) });
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await expect(rows(page)).toHaveCount(number);
  }
  // The address alone brings the same list back.
  const unseen = await numberOf(page, "还没有看过");
  expect(unseen).toBeGreaterThan(0);
  await page.reload();
  await expect(rows(page)).toHaveCount(unseen);

  const first = rows(page).first();
  const [name = ""] = (await first.locator("td").nth(1).innerText()).split("\n");
  await first.getByRole("checkbox").check();
  await actBar(page).getByRole("button", { name: "已逐一核对" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "已逐一核对" }).click();
  await expect(rows(page)).toHaveCount(unseen - 1);
  await page.getByRole("button", { name: "清除筛选" }).click();
  await page.getByLabel("姓名、拼音、首字母或证件号码末4位").fill(name);
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).not.toContainText("还没有看过");
  const tail = /(\d{3}[\dX])$/m.exec(await rows(page).first().innerText())?.[1] ?? "";
  await page.getByLabel("姓名、拼音、首字母或证件号码末4位").fill(tail);
  await page.keyboard.press("Enter");
  await expect(rows(page).first()).toContainText(name);
  expect(complaints).toEqual([]);
});

test("whoever does not take part stands on a signed statement, with a scan; the papers come as PDF", async ({
  page,
}) => {
  await become(page, "学校经办人");
  await enterNotApplied(page);
  await goTo(page, "应注册教师名册");
  await page.getByRole("button", { name: /^未申请/ }).click();
  const first = rows(page).first();
  const [name = ""] = (await first.locator("td").nth(1).innerText()).split("\n");
  await page.getByRole("button", { name: `登记情形：${name}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("情形").click();
  await page.getByTitle("本人不参加").click();
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(dialog.getByText("请选择原因。")).toBeVisible();
  await expect(dialog.getByText("请填写签字日期。")).toBeVisible();
  await expectSound(page, "standing");
  await dialog.getByLabel("不参加的原因").click();
  await page.getByTitle("本人书面说明不参加本次注册").click();
  const day = dialog.getByLabel("本人在声明上签字的日期");
  await day.fill("2017-09-30");
  await day.press("Enter");
  const [paper] = await Promise.all([
    page.waitForResponse((response) => response.url().includes("statement-form.pdf")),
    dialog.getByRole("button", { name: "打印声明，请本人签字" }).click(),
  ]);
  expect(paper.headers()["content-type"]).toBe("application/pdf");
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByLabel("姓名、拼音、首字母或证件号码末4位").fill(name);
  await page.keyboard.press("Enter");
  await expect(rows(page).first()).toContainText("声明09-30签字");

  await page.getByRole("button", { name: `声明：${name}` }).click();
  await page.locator('input[type="file"]').setInputFiles(photoFile(3));
  await expect(page.getByRole("button", { name: "查看扫描件" })).toBeVisible();
  await expectSound(page, "statement");
  await page.getByRole("button", { name: "完成" }).click();
  await expect(rows(page).first()).toContainText("有扫描件");

  await page.getByRole("button", { name: "导出与打印" }).click();
  const [sheet] = await Promise.all([
    page.waitForResponse((response) => response.url().includes("reconciliation.pdf")),
    page.getByRole("menuitem", { name: /打印名册核对表/ }).click(),
  ]);
  expect(sheet.status()).toBe(200);
});

test("one press reminds everybody who has not finished, says by which ways, and names whom nothing reaches", async ({
  page,
}) => {
  await become(page, "学校经办人");
  await enterNotApplied(page);
  await goTo(page, "应注册教师名册");
  await page.getByLabel("还没有办完的").click();
  await page.getByTitle("没有申请或没办完").click();
  await expect(actBar(page)).toContainText(/对列出的全部\d+人/);
  await actBar(page).getByRole("button", { name: "提醒" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "发送提醒" }).click();
  await expect(dialog.getByText(/^已通知\d+人：|^没有发出新的消息/)).toBeVisible();
  await expectSound(page, "reminded");
  await dialog.getByRole("button", { name: "完成" }).click();
  await actBar(page).getByRole("button", { name: "提醒" }).click();
  await dialog.getByRole("button", { name: "发送提醒" }).click();
  await expect(dialog.getByText(/^没有发出新的消息/)).toBeVisible();
});

test("who would lapse is looked at one by one; the case's history says so when it does", async ({ page }) => {
  await become(page, "学校经办人");
  await goTo(page, "应注册教师名册");
  await page
    .getByRole("navigation", { name: "名册各页" })
    .getByRole("link", { name: /^将视为自动放弃/ })
    .click();
  const list = page.getByRole("region", { name: "到期将视为自动放弃的教师" });
  const people = list.locator("tbody tr.ant-table-row");
  await expect(people.first()).toBeVisible();
  await expectSound(page, "lapsing");
  const count = await people.count();
  const address = (await people.first().getByRole("link").getAttribute("href")) ?? "";
  await list.getByLabel("选择本页全部").check();
  await page.getByRole("button", { name: `已逐人看过（所选${count}人）` }).click();
  await expect(page.getByText("都已经看过。")).toBeVisible();
  await moveTo(page, "现场确认结束");
  await page.goto(address);
  await expect(page.getByRole("main").getByText("视为自动放弃").first()).toBeVisible();
  await expect(page.getByText(/^学校已逐人看过：2017-10-09/)).toBeVisible();
});

test("who applied and is not on the roster is put on it, into a batch, and told when to come; the teacher sees it", async ({
  page,
  baseURL,
  browser,
}) => {
  const complaints = watchComplaints(page);
  await become(page, "学校经办人");
  const [{ name, idNumber } = { name: "", idNumber: "" }] = await apply(
    baseURL ?? "",
    await schoolOf(page),
    1,
    940_001,
  );
  await goTo(page, "应注册教师名册");
  await toTab(page, "不在名册中");
  await expect(page.getByRole("heading", { level: 2, name: "不在名册中" })).toBeVisible();
  await expectSound(page, "off the roster");
  await page.getByLabel(`选择${name}`).check();
  await page.getByRole("button", { name: /^列入名册/ }).click();
  await expect(page.getByText("在本单位申请的教师都在名册中。")).toBeVisible();

  await toTab(page, "分批安排");
  await page.getByRole("button", { name: "新增一批" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("名称").fill("国庆后一批");
  const day = dialog.getByLabel("日期");
  await day.fill("2017-11-05");
  await day.press("Enter");
  await dialog.getByLabel("地点（可不填）").fill("图书馆一楼");
  await dialog.getByRole("button", { name: "新增" }).click();
  await expect(dialog.getByText(/不在现场确认的开放日之内.*离它最近的开放日是11月3日/).first()).toBeVisible();
  await expect(dialog.getByLabel("地点（可不填）")).toHaveValue("图书馆一楼");
  await expectSound(page, "batch refused");
  await day.fill("2017-10-18");
  await day.press("Enter");
  await dialog.getByRole("button", { name: "新增" }).click();
  await expect(dialog).toBeHidden();
  await expectSound(page, "batches");

  await toTab(page, "名册");
  await page.getByLabel("姓名、拼音、首字母或证件号码末4位").fill(name);
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(1);
  await page.getByLabel(`选择${name}`).check();
  await actBar(page).getByRole("button", { name: "编入分批" }).click();
  await dialog.getByLabel(/^国庆后一批/).check();
  await dialog.getByRole("button", { name: "编入" }).click();
  await expect(rows(page).first()).toContainText("国庆后一批");

  await page.getByLabel(`选择${name}`).check();
  await actBar(page).getByRole("button", { name: "登记更正中" }).click();
  await dialog.getByLabel("缺什么、办到哪一步").fill("证书出生日期有误，已申请更正");
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(rows(page).first()).toContainText("证书更正 0天");
  await toTab(page, "证书、档案更正中");
  await expectSound(page, "parked");
  await page.getByRole("button", { name: `恢复办理：${name}` }).click();
  await dialog.getByLabel("结果").fill("新证书已取得");
  await dialog.getByRole("button", { name: "恢复办理" }).click();
  await expect(page.getByRole("button", { name: `恢复办理：${name}` })).toHaveCount(0);

  await toTab(page, "分批安排");
  const card = page.locator(".batch-card", { hasText: "国庆后一批" });
  await card.getByRole("button", { name: "通知教师" }).click();
  await expect(dialog.getByText("已通知1人：站内消息1人，邮件1人，短信1人。")).toBeVisible();
  await dialog.getByRole("button", { name: "完成" }).click();
  await card.getByRole("link", { name: "待确认的" }).click();
  await expect(page.getByRole("search", { name: "筛选" }).getByText("国庆后一批")).toBeVisible();
  await expectAccessible(page, "queue of a batch");

  const own = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }), viewport: phone });
  const teacher = await own.newPage();
  await teacher.goto("/sign-in");
  await teacher.getByLabel("证件号码或电子邮箱").fill(idNumber);
  await teacher.getByLabel("密码").fill(password);
  await teacher.getByRole("button", { name: "登录" }).click();
  await expect(teacher).toHaveURL(/\/my$/);
  await expect(teacher.getByText(/请您于10月18日现场确认（国庆后一批）/)).toBeVisible();
  await expect(teacher.getByText("地点：图书馆一楼")).toBeVisible();
  await expectAccessible(teacher, "appointment");
  await own.close();

  // Handed over by itself: the totals are those of the batch alone.
  await confirmAll(page);
  await goTo(page, "应注册教师名册");
  await toTab(page, "分批安排");
  await card.getByRole("link", { name: "报送本批" }).click();
  const waiting = page.getByRole("table", { name: "待报送" });
  await expect(waiting.getByRole("link")).toHaveText([name]);
  await expect(page.locator(".hand-over-people")).toContainText("1 人");
  await expectSound(page, "hand-over of a batch");
  await page.getByRole("combobox", { name: "分批" }).click();
  await page
    .locator(".ant-select-item-option")
    .filter({ hasText: /^全部（/ })
    .click();
  await expect(page.locator(".hand-over-people")).not.toContainText(/^1 人/);
  await expect(waiting.getByRole("link", { name })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("after the end the district takes note of the schools that did not look, and only then their people lapse", async ({
  page,
}) => {
  await become(page, "区县负责人");
  await goTo(page, "学校未核对");
  await expect(page.getByText(/^现场确认到 2017-11-03 24:00 截止/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^记录未核对/ }).first()).toBeDisabled();
  await expectSound(page, "silent schools before the end");
  await moveTo(page, "现场确认结束");
  await become(page, "区县负责人");
  await page.getByRole("link", { name: /^消息/ }).click();
  await expect(page.getByText("有学校逾期没有核对").first()).toBeVisible();
  await goTo(page, "学校未核对");
  await expect(page.getByText("现场确认已于 2017-11-03 24:00 结束。")).toBeVisible();
  const button = page.locator("button:not([disabled])", { hasText: "记录未核对" });
  const waiting = await button.count();
  expect(waiting).toBeGreaterThan(0);
  await button.first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("核实的情况").fill("已电话核实，学校确认无补办");
  await expectSound(page, "noting");
  await dialog.getByRole("button", { name: "记录", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(button).toHaveCount(waiting - 1);
  await expect(page.getByText("已电话核实，学校确认无补办")).toBeVisible();
  await expectSound(page, "silent schools");
});
