import { expect, type Page, test } from "@playwright/test";
import { confirmAll, organisationOf } from "./clerk.ts";
import { become, expectAccessible, expectSound, goTo, moveTo, reset, watchComplaints } from "./office.ts";

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await reset(page);
  await page.close();
});

/** Schools of the clerk's district come to the clerk's, so that there is more than one folder to hand over. */
async function gather(page: Page, into: string): Promise<void> {
  await become(page, "方案管理员");
  const district = /^.*?[区县]/.exec(into)?.[0] ?? "";
  await goTo(page, "学校目录");
  await page.getByLabel("学校名称").fill(district);
  await page.getByLabel("学校名称").press("Enter");
  await expect(page).toHaveURL(/query=/);
  const links = page.getByRole("table", { name: "学校目录" }).getByRole("link");
  await expect(links.first()).toBeVisible();
  const from = (await links.allInnerTexts()).map((name) => name.trim()).find((name) => name !== into) ?? "";
  await page.getByRole("link", { name: from, exact: true }).click();
  await page.getByRole("button", { name: "并入其他学校" }).click();
  await page.getByRole("dialog").getByLabel("并入的学校").fill(into);
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter({ hasText: into }).first().click();
  await page.getByRole("dialog").getByLabel("依据").fill("区教委文件");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^并\s*入$/ })
    .click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

test("choose, see the totals, hand over, print; the district scans bag after bag, notes what is short, closes; it comes later", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await become(page, "学校经办人");
  const school = await organisationOf(page);
  await gather(page, school);

  const names = await test.step("the clerk sees what goes along before it is signed", async () => {
    await become(page, "学校经办人");
    await confirmAll(page);
    await goTo(page, "报送");
    const table = page.getByRole("table", { name: "待报送" });
    await expect(table.getByRole("link").first()).toBeVisible();
    const people = (await table.getByRole("link").allInnerTexts()).map((name) => name.trim());
    expect(people.length).toBeGreaterThan(1);
    const sum = page.locator(".hand-over-people");
    await expect(sum).toContainText(`${people.length} 人`);
    await expectSound(page, "hand-over");
    // One is left out, and the totals are those of the others.
    await page.getByRole("checkbox", { name: `选择${people[0]}` }).uncheck();
    await expect(sum).toContainText(`${people.length - 1} 人`);
    await page.getByRole("button", { name: "全部选上" }).click();
    await page.getByRole("button", { name: `报送区县（${people.length}人）` }).click();
    await expect(page.getByRole("dialog")).toContainText("报送后不能再撤销确认");
    await expectAccessible(page, "hand-over asked");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^报\s*送$/ })
      .click();
    await expect(page.getByText(new RegExp(`^已报送.*：${people.length}人，交接清单 JJ`))).toBeVisible();
    const book = page.waitForEvent("download");
    await page.getByRole("button", { name: "下载 Excel" }).click();
    expect((await book).suggestedFilename()).toMatch(/^交接清单-JJ.*\.xlsx$/);
    await expectSound(page, "handed over");
    return people;
  });

  const number = await test.step("the district scans; what is short is noted and told", async () => {
    await moveTo(page, "初审第一天上午");
    await become(page, "初审员");
    await goTo(page, "交接清单");
    await page
      .getByRole("row", { name: /待签收/ })
      .filter({ hasText: school })
      .getByRole("link")
      .first()
      .click();
    const rows = page.getByRole("table", { name: "清单明细" }).locator("tbody tr.ant-table-row");
    await expect(rows).toHaveCount(names.length);
    const scan = page.getByLabel("扫描档案袋条码，或输入申请编号、姓名");
    await expect(scan).toBeFocused();
    const first = rows.first();
    const bag = /\d{11}/.exec(await first.innerText())?.[0] ?? "";
    // A scanner types the bar code, and Enter.
    await scan.pressSequentially(bag);
    await page.keyboard.press("Enter");
    await expect(first).toContainText("收到");
    await expect(page.getByText(`已签收 1/${names.length}`)).toBeVisible();
    await scan.pressSequentially(bag);
    await page.keyboard.press("Enter");
    await expect(page.getByText(/^第1号 .*：已收到$/)).toBeVisible();
    await scan.fill("20179999999");
    await page.keyboard.press("Enter");
    await expect(page.getByText("这份清单里没有，请核对。")).toBeVisible();
    await scan.fill("");
    await expect(page.getByRole("button", { name: "办结签收" })).toHaveCount(0);
    await rows
      .nth(1)
      .getByRole("button", { name: /^有出入/ })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("申请表未签名或未盖章").check();
    await dialog.getByLabel("写明缺少什么、哪里不符").fill("第二份没有签名");
    await expectAccessible(page, "difference");
    await dialog.getByRole("button", { name: /^登\s*记$/ }).click();
    await expect(dialog).toBeHidden();
    await expect(rows.nth(1)).toContainText("申请表未签名或未盖章；第二份没有签名");
    await expectSound(page, "receipt");
    return /JJ[\d-]+/.exec(await page.getByRole("heading", { level: 2 }).innerText())?.[0] ?? "";
  });

  await test.step("the school sees how far it is, and what is short", async () => {
    await become(page, "学校经办人");
    await page.getByRole("link", { name: /^消息/ }).click();
    await expect(page.getByText(`交接清单${number}时`, { exact: false })).toBeVisible();
    await goTo(page, "交接清单");
    const row = page.getByRole("row", { name: new RegExp(number) });
    await expect(row).toContainText(`已签收 2/${names.length}`);
    await expect(row).toContainText("1件，待补1件");
    await row.getByRole("link").first().click();
    await expect(page.getByText("区县核对发现1件缺少或不符，请尽快补交。")).toBeVisible();
    await expect(page.getByRole("button", { name: /^收到/ })).toHaveCount(0);
    await expectSound(page, "list of the school");
  });

  await test.step("the rest is there; the list is closed, and what was short comes later", async () => {
    await become(page, "区县负责人");
    await goTo(page, "交接清单");
    // The list's own bar code opens it.
    await page.getByLabel("清单编号、申请编号或姓名").fill(number);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 2, name: `交接清单 ${number}` })).toBeVisible();
    const rest = page.getByRole("button", { name: /^其余\d+件全部收到，签收$/ });
    const close = page.getByRole("button", { name: "办结签收" });
    await expect(rest.or(close)).toBeVisible();
    if (await rest.isVisible()) {
      await rest.click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^签\s*收$/ })
        .click();
    } else await close.click();
    await expect(rest.or(close)).toHaveCount(0);
    await page.getByRole("button", { name: /^登记补交：/ }).click();
    await page.getByRole("dialog").getByLabel("补交了什么（可不填）").fill("申请表第二份");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^登记补交$/ })
      .click();
    await expect(page.getByText(/补交，.*收：申请表第二份/)).toBeVisible();
    await become(page, "学校经办人");
    await goTo(page, "交接清单");
    await expect(page.getByRole("row", { name: new RegExp(number) })).toContainText("1件，已补齐");
  });
  expect(complaints).toEqual([]);
});

test("reasons are ranked, places stand side by side, and a figure opens its cases", async ({ page }) => {
  const complaints = watchComplaints(page);
  await reset(page);
  await become(page, "复核员");
  await goTo(page, "退回原因排行");
  const places = page.getByRole("table", { name: "各区县对照" });
  await expect(places).toBeVisible();
  await expectSound(page, "return reasons");
  await places.locator("tbody tr.ant-table-row").first().getByRole("button").first().click();
  await expect(page.getByRole("button", { name: "回到全部" })).toBeVisible();
  const reasons = page.getByRole("table", { name: "退回原因" });
  const figure = reasons.getByRole("button", { name: /查看申请$/ }).first();
  const count = Number(await figure.innerText());
  await figure.click();
  const cases = page.getByRole("table", { name: /^因“.*”退回的申请$/ });
  await expect(cases.locator("tbody tr.ant-table-row")).toHaveCount(count);
  await expectSound(page, "returned cases");
  // The figure that is open stands in the address.
  await page.reload();
  await expect(cases.locator("tbody tr.ant-table-row")).toHaveCount(count);
  for (const role of ["学校经办人", "区县负责人"]) {
    await become(page, role);
    await goTo(page, "退回原因排行");
    await expect(page.getByText("提交过的申请")).toBeVisible();
  }
  expect(complaints).toEqual([]);
});
