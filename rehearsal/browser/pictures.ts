import { expect, type Page, test } from "@playwright/test";
import { become, goTo, openQueue, reset } from "./office.ts";

/** Pictures for the documents, from the running program: docs/pictures. */
const folder = new URL("../../docs/pictures/", import.meta.url).pathname;

async function picture(page: Page, name: string): Promise<void> {
  await expect(page.locator(".ant-skeleton, .ant-spin-spinning")).toHaveCount(0);
  await page.screenshot({ path: `${folder}${name}.png`, animations: "disabled" });
}

test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await reset(page);
});

test("the first page of the demonstration", async ({ page }) => {
  await page.goto("/welcome");
  await expect(page.getByText("蓝色为开放的日期")).toBeVisible();
  await picture(page, "welcome");
});

test("the office", async ({ page }) => {
  await become(page, "学校经办人");
  await expect(page.getByRole("heading", { name: "今日工作" })).toBeVisible();
  await picture(page, "today");
  await openQueue(page, "待现场确认");
  await picture(page, "queue");
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByText("材料核验与证书比对")).toBeVisible();
  await picture(page, "case");
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, "case-phone");
});

test("the district's figures", async ({ page }) => {
  await become(page, "区县负责人");
  await goTo(page, "统计与上报");
  await picture(page, "reports");
});
