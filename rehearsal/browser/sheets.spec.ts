import { expect, test } from "@playwright/test";
import { apply, schoolOf } from "./applications.ts";
import { become, expectAccessible, goTo, reset, watchComplaints } from "./office.ts";

test("N30: items 5, 6 and 7 for all are issued with one press and printed as one file, teacher by teacher", async ({
  page,
  baseURL,
}) => {
  const complaints = watchComplaints(page);
  await reset(page);
  await become(page, "学校经办人");
  await apply(baseURL ?? "", await schoolOf(page), 2, 760_001);
  await goTo(page, "学校证明");
  await page.getByLabel("签发人（学校负责人）").fill("王明德");
  await page.getByRole("button", { name: "出具证明" }).click();
  await expect(page.getByText(/已出具\d+份。点“合并打印所选”，一次打印。/)).toBeVisible();
  await expectAccessible(page, "sheets");
  const [sheet] = await Promise.all([
    page.waitForResponse(/school-sheets\.pdf/),
    page.getByRole("button", { name: /^合并打印所选3种/ }).click(),
  ]);
  expect(sheet.status()).toBe(200);
  expect(sheet.headers()["content-type"]).toBe("application/pdf");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, "sheets at 390");
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  expect(complaints).toEqual([]);
});
