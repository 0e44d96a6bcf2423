import { expect, test } from "@playwright/test";
import { become, expectAccessible, goTo, reset, watchComplaints } from "./office.ts";

const campaign = "2017-chongqing-second-batch";

test("assessments and hours of all: by digit keys, by filling down, pasted from a spreadsheet; saved by itself", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await reset(page);
  await become(page, "学校经办人");
  await goTo(page, "考核与学时");
  const cells = page.locator("select[data-field='2016']");
  await expect(cells.nth(3)).toBeVisible();
  await expectAccessible(page, "grid");
  const saved = page.getByText("已保存。");

  // Digits alone, one row after the other.
  await cells.first().focus();
  await page.keyboard.press("1");
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await expect(cells.nth(3)).toBeFocused();
  await expect(cells.nth(0)).toHaveValue("excellent");
  await expect(cells.nth(1)).toHaveValue("competent");
  await expect(saved).toBeVisible();

  // What is empty is filled down, what stands there stays.
  await page.getByLabel("2015年度：空白都填").selectOption({ label: "合格" });
  await expect(page.locator("select[data-field='2015']").last()).toHaveValue("competent");
  await expect(saved).toBeVisible();

  // A block of two columns and two rows from a spreadsheet, with a word that means nothing.
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "基本合格\\t３６５学时\\n良好\\t72\\n");
    const second = document.querySelectorAll("select[data-field='2016']")[1];
    second.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }`);
  await expect(page.getByText("这些内容不能识别，没有填入：良好")).toBeVisible();
  await expect(page.locator("input[data-field='hours']").nth(1)).toHaveValue("365");
  await expect(page.locator("input[data-field='hours']").nth(2)).toHaveValue("72");
  await expect(saved).toBeVisible();

  // Hours that are none stay to be put right.
  const hours = page.locator("input[data-field='hours']").first();
  await hours.fill("很多");
  await expect(page.getByText(/^有1处学时不是数字，没有保存/)).toBeVisible();
  await expect(saved).toHaveCount(0);
  await expectAccessible(page, "grid with a mistake");
  await page.reload();
  await expect(hours).toHaveValue("很多");
  await hours.fill("360学时");
  await expect(page.getByText("不是数字")).toHaveCount(0);
  await expect(saved).toBeVisible();

  // Somebody else writes a cell that is open here: it is told, and either stands or is written over on purpose.
  const { items } = await (await page.request.get(`/api/campaigns/${campaign}/roster-assessments`)).json();
  const answer = await page.request.put(`/api/campaigns/${campaign}/roster-assessments`, {
    data: { changes: [{ entry: items[0].entry, field: "2016", from: "excellent", to: "failed" }] },
  });
  expect((await answer.json()).saved).toBe(1);
  await cells.first().focus();
  await page.keyboard.press("2");
  await expect(page.getByText(/刚由他人登记为“不合格”，您填的“合格”没有写入/)).toBeVisible();
  await expect(cells.first()).toHaveValue("failed");
  await page.getByRole("button", { name: "改为“合格”" }).click();
  await expect(cells.first()).toHaveValue("competent");
  await expect(saved).toBeVisible();

  await page.reload();
  await expect(cells.first()).toHaveValue("competent");
  await expect(page.locator("input[data-field='hours']").nth(1)).toHaveValue("365");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, "grid at 390");
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  expect(complaints).toEqual([]);
});
