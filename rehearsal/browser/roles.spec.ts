import { expect, test } from "@playwright/test";
import { become, expectAccessible, openQueue, pressPersona, reset, watchComplaints } from "./office.ts";

const roles = [
  "学校经办人",
  "初审员",
  "区县负责人",
  "注册贴保管人",
  "注册贴经办人",
  "复核员",
  "方案管理员",
  "终审员",
  "系统管理员",
  "安全管理员",
  "审计员",
];

const reloaded = new Set<string>();

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await reset(page);
  await page.close();
});

for (const role of roles) {
  test(`${role} signs in with one click and finds every page of the office, each without a serious finding`, async ({
    page,
  }) => {
    const complaints = watchComplaints(page);
    await pressPersona(page, role);
    await expect(page.getByRole("heading", { name: "今日工作" })).toBeVisible();
    const menu = page.getByRole("navigation", { name: "办公菜单" }).getByRole("link");
    const labels = await menu.allInnerTexts();
    expect(labels[0]).toBe("今日工作");
    const title = page.getByRole("heading", { level: 2 });
    for (const [at, label] of labels.entries()) {
      const before = await title.innerText();
      await menu.getByText(label, { exact: true }).click();
      // The page before stays until the new one is there: it is not judged in its place.
      if (at > 0) await expect(title).not.toHaveText(before);
      await expectAccessible(page, `${role} ${label}`);
      // The address alone brings the same page back: tried once for each, whoever comes first.
      if (reloaded.has(label)) continue;
      reloaded.add(label);
      const heading = await title.innerText();
      await page.reload();
      await expect(title).toHaveText(heading);
    }
    await page.getByRole("link", { name: /^消息，/ }).click();
    await expect(page.getByRole("heading", { level: 2, name: "消息" })).toBeVisible();
    await expectAccessible(page, `${role} 消息`);
    expect(complaints).toEqual([]);
  });
}

test("a clerk opens a case; form, checklist and history are there, at 1440 and at 390 px, without a serious finding", async ({
  page,
}) => {
  await become(page, "学校经办人");
  await openQueue(page, "待现场确认");
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByText("材料核验与证书比对")).toBeVisible();
  await expectAccessible(page, "case");
  // What the rules do not allow is greyed, with the reason in words.
  await expect(page.getByRole("button", { name: "现场确认", exact: true })).toBeDisabled();
  await expect(page.getByText(/现场确认：还有\d+项/)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, "case at 390");
  const width = await page.evaluate("document.documentElement.scrollWidth");
  expect(width).toBeLessThanOrEqual(390);
});

test("the first page explains and stays usable at 390 px; the clock tells what happened; reset brings all back", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await page.goto("/");
  await expect(page).toHaveURL(/\/welcome$/);
  await expect(page.getByRole("img", { name: "批次日程" })).toBeVisible();
  await expectAccessible(page, "welcome");
  const before = await page.locator(".bars").innerText();
  await page.getByRole("button", { name: /^现场确认结束/ }).click();
  await expect(page.getByText(/^现场确认于2017年11月3日24:00结束/)).toBeVisible({ timeout: 30_000 });
  await expect(page.locator(".bars")).toContainText("视为自动放弃");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, "welcome at 390");
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  await page.getByRole("button", { name: "恢复到起点" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "恢复", exact: true }).click();
  await expect(page.getByText("已恢复到演示的起点。")).toBeVisible();
  await expect(page.locator(".bars")).toHaveText(before.replaceAll("\n", ""), { useInnerText: false });
  expect(complaints).toEqual([]);
});

test("the first page leads to the public site, at a desk and on a phone", async ({ page }) => {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto("/welcome");
    await page.getByRole("banner").getByRole("link", { name: "公众网站" }).click();
    await expect(page).toHaveURL(/\/home$/);
    await expect(page.getByRole("link", { name: "公示" }).first()).toBeVisible();
  }
});

test("whoever is not signed in is asked to, and comes to the page wanted", async ({ page }) => {
  await page.goto("/office/2017-chongqing-second-batch/roster");
  await expect(page).toHaveURL(/sign-in\?back=/);
  await expectAccessible(page, "sign-in");
  await page.getByLabel("证件号码或电子邮箱").fill("nobody@shice.invalid");
  await page.getByLabel("密码").fill("a wrong password");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("alert")).toContainText("。");
  await expect(page.getByLabel("证件号码或电子邮箱")).toHaveValue("nobody@shice.invalid");
});
