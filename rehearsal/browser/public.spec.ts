import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, reset, watchComplaints } from "./office.ts";

const paths = [
  "/home",
  "/calendar",
  "/notice",
  "/check",
  "/materials?standing=newly-hired&seconded=yes",
  "/help",
  "/notices",
  "/help/teacher",
  "/help/special",
  "/help/account",
  "/help/photo",
  "/help/school",
  "/help/district",
  "/help/privacy",
  "/help/accessibility",
  "/verify?number=1&name=x",
  "/verify?code=abc.def",
  "/keys",
];

/** Bytes that came over the line, by the browser's own count. */
async function countBytes(page: Page, work: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await work();
  await page.waitForLoadState("networkidle");
  await session.detach();
  return bytes;
}

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await reset(page);
  await page.close();
});

test("every public page is light, fits a phone and a screen, in large type too, and has no serious finding", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  for (const path of paths) {
    await page.setViewportSize({ width: 390, height: 844 });
    const bytes = await countBytes(page, () => page.goto(path));
    expect(bytes, path).toBeLessThan(50_000);
    console.log(`${path}  ${(bytes / 1000).toFixed(1)} kB`);
    await expectAccessible(page, path);
    expect(await page.evaluate("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1440, height: 900 });
    await expectAccessible(page, `${path} at 1440`);
  }
  await page.goto("/help/special");
  await page.getByRole("link", { name: "大字号" }).click();
  await expect(page).toHaveURL(/\/help\/special$/);
  await expect(page.locator("html")).toHaveClass("large");
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of paths) {
    await page.goto(path);
    expect(await page.evaluate("document.documentElement.scrollWidth"), `${path} large`).toBeLessThanOrEqual(390);
  }
  expect(complaints).toEqual([]);
});

const accountPages = [
  "/sign-in",
  "/register",
  "/forgotten",
  "/assisted-reset",
  "/reset-password?token=abc",
  "/verify-email?token=abc",
  "/invitation",
  "/mailbox",
  "/no/such/page",
];

test("every page around an account fits a phone and a screen, and has no serious finding", async ({ page }) => {
  const complaints = watchComplaints(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    for (const path of accountPages) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, `${path} at ${width}`);
      expect(await page.evaluate("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(width);
    }
  }
  expect(complaints).toEqual([]);
});

test("without JavaScript everything can be read, asked and searched, and nothing comes from elsewhere", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "zh-CN" });
  const page = await context.newPage();
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).host !== new URL(page.url() === "about:blank" ? request.url() : page.url()).host) {
      foreign.push(request.url());
    }
  });
  await page.goto("/home");
  await expect(page.getByText("正在开放").first()).toBeVisible();
  await page.goto("/check");
  await page.getByRole("button", { name: "看结果" }).click();
  await expect(page.getByRole("alert")).toContainText("还有5个问题没有回答");
  await page.getByLabel("其他地区").check();
  await page.getByLabel("民办").check();
  await page.getByRole("button", { name: "看结果" }).click();
  await expect(page.getByLabel("民办")).toBeChecked();
  await page.goto("/materials");
  await page.getByLabel(/^初聘教师/).check();
  await page.getByRole("button", { name: "查看" }).click();
  await expect(page.getByRole("cell", { name: "新任教师培训合格证明" })).toBeVisible();
  const missing = await page.goto("/help/no-such-topic");
  expect(missing?.status()).toBe(404);
  expect(foreign).toEqual([]);
  await context.close();
});

test("a teacher's first load is under 250 kB compressed", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await reset(page);
  const signIn = await countBytes(page, () => page.goto("/sign-in"));
  await page.request.post("/api/training/sign-in", { data: { persona: "applicant-draft" } });
  const my = await countBytes(page, () => page.goto("/my"));
  console.log(`/sign-in  ${(signIn / 1000).toFixed(1)} kB\n/my  ${(my / 1000).toFixed(1)} kB`);
  expect(signIn).toBeLessThan(250_000);
  expect(my).toBeLessThan(250_000);
});
