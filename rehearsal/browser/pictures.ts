import { execFileSync } from "node:child_process";
import { expect, type Page, test } from "@playwright/test";
import { apply, schoolOf } from "./applications.ts";
import { become, goTo, openQueue, reset } from "./office.ts";

/** Pictures for the documents, from the running program: docs/pictures. */
const folder = new URL("../../docs/pictures/", import.meta.url).pathname;

async function picture(page: Page, name: string): Promise<void> {
  await expect(page.locator(".ant-skeleton, .ant-spin-spinning, .waiting")).toHaveCount(0);
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
  await expect(page.getByText("演练模式")).toBeVisible();
  await picture(page, "today");
  await openQueue(page, "待现场确认");
  await picture(page, "queue");
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByText("材料核验与证书比对")).toBeVisible();
  await picture(page, "case");
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, "case-phone");
});

test("the school's side", async ({ page, baseURL }) => {
  await become(page, "学校经办人");
  await apply(baseURL ?? "", await schoolOf(page), 8, 780_001);
  await goTo(page, "现场确认");
  await page.getByRole("button", { name: "开始核验下一份" }).click();
  await expect(page.getByRole("region", { name: /的材料$/ })).toBeVisible();
  await expect(page.getByRole("img").first()).toBeVisible();
  await page.evaluate("scrollTo(0, 0)");
  await picture(page, "desk");
  await goTo(page, "考核与学时");
  await expect(page.locator("select[data-field='2016']").first()).toBeVisible();
  await picture(page, "assessments");
});

test("the teacher's side, on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/home");
  await picture(page, "home-phone");
  await become(page, "申请人", "接着填写");
  await expect(page.getByText("申请还没有提交。")).toBeVisible();
  await picture(page, "steps-phone");
  await page.goto("/my/step/3");
  await expect(page.getByText(/各位的含义/)).toBeVisible();
  await picture(page, "certificate-phone");
});

test("the printed form", async ({ page }) => {
  await become(page, "申请人", "等待学校现场确认");
  const href = await page.getByRole("link", { name: "打印申请表（一式两份）" }).getAttribute("href");
  const pdf = await (await page.request.get(href ?? "")).body();
  // poppler-utils draws it; where it is missing the picture stays as it is.
  try {
    execFileSync("pdftoppm", ["-r", "80", "-png", "-f", "1", "-l", "1", "-singlefile", "-", `${folder}form`], {
      input: pdf,
    });
  } catch (error) {
    console.log(`no picture of the form: ${String(error)}`);
  }
});

test("the district's figures", async ({ page }) => {
  await become(page, "区县负责人");
  await goTo(page, "统计与上报");
  await picture(page, "reports");
});
