import { expect, test } from "@playwright/test";
import { apply, schoolOf } from "./applications.ts";
import { nameAtTheDesk } from "./clerk.ts";
import { become, expectAccessible, goTo, reset } from "./office.ts";

test("a name, its sound, its first letters and a scanned slip find the folder", async ({ page, baseURL }) => {
  await reset(page);
  await become(page, "学校经办人");
  await apply(baseURL ?? "", await schoolOf(page), 2, 720_001);
  await goTo(page, "现场确认");
  const first = page.locator(".desk-people button").first();
  const name = (await first.locator("strong").innerText()).trim();
  const number = /\d{11}/.exec(await first.innerText())?.[0] ?? "";
  const search = page.getByLabel("扫描凭条，或输入姓名、拼音、申请编号");
  await search.fill(name.slice(0, 1));
  await expect(page.locator(".desk-people").first()).toContainText(name);
  // A scanner types the bar code, and Enter.
  await search.fill("");
  await search.pressSequentially(number);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: `${name}的材料` })).toBeVisible();
  const address = page.url();
  await page.keyboard.press("F2");
  await page.keyboard.type(address);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: `${name}的材料` })).toBeVisible();
});

test("the line breaks in the middle of a confirmation: what was ticked is kept, and sent once when it is back", async ({
  page,
  baseURL,
  context,
}) => {
  // Routed from the beginning: a request that begins while a route is being added may pass it by.
  let isDown = false;
  await page.route("**/confirm-at-desk", async (route) => {
    if (!isDown) return await route.continue();
    // The request arrives and is done; its answer never comes back.
    await route.fetch();
    await route.abort("connectionreset").catch(() => undefined);
  });
  await page.route("**/api/health", (route) => (isDown ? route.abort("connectionreset") : route.continue()));
  await reset(page);
  await become(page, "学校经办人");
  await apply(baseURL ?? "", await schoolOf(page), 2, 730_001);
  await goTo(page, "现场确认");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: /的材料$/ })).toBeVisible();
  const name = await nameAtTheDesk(page);
  const application = new URL(page.url()).searchParams.get("case") ?? "";
  await page.keyboard.press("a");
  await page.keyboard.type("王校长");
  await page.keyboard.press("Enter");
  await expect(page.getByText("已经齐全，可以确认。")).toBeVisible();

  expect(await nameAtTheDesk(page)).toBe(name);

  isDown = true;
  await page.keyboard.press("Enter");
  await expect(page.getByText(/份核验结果存在本机，等待网络恢复后发送/)).toContainText(name);
  await expectAccessible(page, "outbox");
  // A page closed meanwhile loses nothing.
  await page.reload();
  await expect(page.getByText(/份核验结果存在本机|现场确认/).first()).toBeVisible();
  isDown = false;
  await context.setOffline(false);
  await page.reload();
  await expect(page.getByText(/份核验结果存在本机/)).toHaveCount(0);
  const history = await (
    await page.request.get(`/api/campaigns/2017-chongqing-second-batch/applications/${application}/history`)
  ).json();
  expect(history.filter(({ transition }: { transition: string }) => transition === "confirm")).toHaveLength(1);
  await expect(page.getByText("没有确认：")).toHaveCount(0);
});
