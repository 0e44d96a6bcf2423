import { expect, type Page, test } from "@playwright/test";
import { become, expectAccessible, openQueue, reset } from "./office.ts";

test.beforeEach(async ({ page }) => {
  await reset(page);
});

/** Opens the first submitted case, and gives its address. */
async function openFirst(page: Page): Promise<string> {
  await become(page, "学校经办人");
  await openQueue(page, "待现场确认");
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByText("材料核验与证书比对")).toBeVisible();
  return page.url();
}

/** Returns the case to its teacher for one reason, up to the button that sends it. */
async function fillReturn(page: Page): Promise<void> {
  await page
    .getByRole("region", { name: "可以办理的事项" })
    .getByRole("button", { name: "退回修改", exact: true })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("任教学段、学科与实际岗位不一致").click();
}

test("while the line is down what was typed stays, and goes out once it is back: once", async ({ page, context }) => {
  const address = await openFirst(page);
  await fillReturn(page);
  await context.setOffline(true);
  await page.getByRole("dialog").getByRole("button", { name: "退回修改", exact: true }).click();
  await expect(page.getByText("与服务器的连接中断")).toBeVisible();
  await expect(page.getByRole("dialog").getByLabel("任教学段、学科与实际岗位不一致")).toBeChecked();
  await expectAccessible(page, "offline");
  await context.setOffline(false);
  // Tried again by itself, under the key of its first try.
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByText("与服务器的连接中断")).toBeHidden();
  await page.goto(address);
  await expect(page.getByRole("main").getByText("退回修改", { exact: true }).first()).toBeVisible();
  const id = /[0-9a-f-]{36}/.exec(address)?.[0] ?? "";
  const campaign = /office\/([^/]+)/.exec(address)?.[1] ?? "";
  const history = await (await page.request.get(`/api/campaigns/${campaign}/applications/${id}/history`)).json();
  expect(history.filter(({ transition }: { transition: string }) => transition === "return-to-applicant")).toHaveLength(
    1,
  );
});

test("whoever comes second is told what the other has done, and sees the case as it is now", async ({
  page,
  context,
}) => {
  const address = await openFirst(page);
  const second = await context.newPage();
  await second.goto(address);
  await expect(second.getByText("材料核验与证书比对")).toBeVisible();
  await fillReturn(second);

  await fillReturn(page);
  await page.getByRole("dialog").getByRole("button", { name: "退回修改", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeHidden();

  await second.getByRole("dialog").getByRole("button", { name: "退回修改", exact: true }).click();
  const told = second.getByRole("dialog").getByRole("alert");
  await expect(told).toContainText("退回修改");
  await expect(told).toContainText(/已|不能/);
  await expectAccessible(second, "conflict");
});

test("what does not exist, or lies elsewhere, says so, with a way on", async ({ page }) => {
  const address = await openFirst(page);
  await page.goto(address.replace(/[0-9a-f-]{36}.*$/, "0198a000-0000-7000-8000-000000000000"));
  await expect(
    page
      .getByRole("alert")
      .getByText(/没有|不在/)
      .first(),
  ).toBeVisible();
  await expectAccessible(page, "no such case");
  await page.goto("/office/no-such-page/at/all");
  await expect(page.getByRole("heading", { name: "没有这个页面" })).toBeVisible();
  await page.getByRole("link", { name: "到今日工作" }).click();
  await expect(page.getByRole("heading", { name: "今日工作" })).toBeVisible();
});

test("the menu never stands without the bar above it, which would push it down when it came", async ({ page }) => {
  await page.addInitScript(`new MutationObserver(() => {
    const alone = document.querySelector("nav[aria-label=办公菜单]") && !document.querySelector(".training-bar");
    if (alone) globalThis.menuStoodAlone = true;
  }).observe(document, { childList: true, subtree: true })`);
  await become(page, "学校经办人");
  await expect(page.getByRole("navigation", { name: "办公菜单" })).toBeVisible();
  await expect(page.getByRole("complementary", { name: "演练模式" })).toBeVisible();
  expect(await page.evaluate("globalThis.menuStoodAlone")).toBeUndefined();
});
