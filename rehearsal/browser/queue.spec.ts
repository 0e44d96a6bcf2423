import { expect, test } from "@playwright/test";
import { apply, schoolOf } from "./applications.ts";
import { become, expectAccessible, openQueue, reset, watchComplaints } from "./office.ts";

test("all that a filter finds is selected, beyond the page shown; single rows are taken out; what is shown goes out as a workbook", async ({
  page,
  baseURL,
}) => {
  const complaints = watchComplaints(page);
  await reset(page);
  await become(page, "学校经办人");
  // More than one page of the queue.
  await apply(baseURL ?? "", await schoolOf(page), 50, 770_001);
  await openQueue(page, "待现场确认");
  const all = page.getByRole("button", { name: /选择全部\d+件$/ });
  const total = Number(/\d+/.exec(await all.innerText())?.[0]);
  expect(total).toBeGreaterThan(50);
  const allButOne = async () => {
    await all.click();
    await expect(page.getByRole("button", { name: `现场确认（${total}件）` })).toBeEnabled();
    await page.getByRole("checkbox", { name: /^选择/ }).first().uncheck();
  };
  await allButOne();
  await page.getByRole("button", { name: "下一页" }).click();
  await expect(page.getByRole("table").getByRole("link")).toHaveCount(total - 50);

  await openQueue(page, "待现场确认");
  await allButOne();
  await page.getByRole("button", { name: `现场确认（${total - 1}件）` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "现场确认", exact: true }).click();
  // Nothing was checked at the desk yet: each row says what it lacks, none is confirmed.
  await expect(page.getByRole("dialog")).toContainText(`未能办理${total - 1}件`, { timeout: 60_000 });
  await expectAccessible(page, "bulk outcome");
  await page.getByRole("dialog").getByRole("button", { name: "完成" }).click();

  const [book] = await Promise.all([
    page.waitForResponse(/queue\.xlsx/),
    page.getByRole("button", { name: "导出 Excel" }).click(),
  ]);
  expect(book.status()).toBe(200);

  // What is looked for every day is kept under a name, and found again at another machine.
  await page.getByRole("combobox", { name: "提示" }).click();
  await page.getByTitle("无提示").click();
  await page.getByRole("button", { name: "存为常用筛选" }).click();
  await page.getByLabel("名称").fill("没有提示的");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^保\s*存$/ })
    .click();
  await expect(page.getByRole("button", { name: "删除常用筛选“没有提示的”" })).toBeVisible();
  const kept = page.url();
  await page.evaluate("localStorage.clear()");
  await openQueue(page, "退回教师修改");
  await page.getByRole("combobox", { name: "常用筛选" }).click();
  await page.getByTitle("没有提示的").click();
  await expect(page).toHaveURL(kept);
  await expectAccessible(page, "saved filter");
  await page.getByRole("button", { name: "删除常用筛选“没有提示的”" }).click();
  await expect(page.getByRole("button", { name: "存为常用筛选" })).toBeVisible();
  expect(complaints).toEqual([]);
});
