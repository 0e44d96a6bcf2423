import { expect, test } from "@playwright/test";
import { apply, schoolOf } from "./applications.ts";
import { nameAtTheDesk } from "./clerk.ts";
import { become, expectAccessible, goTo, reset, watchComplaints } from "./office.ts";

// What a clerk waits for is measured as a clerk sees it, with all that moves.
test.use({ contextOptions: { reducedMotion: "no-preference" } });

/**
 * Counts, in the page, how long a person looks at a folder that is already done: from the key that confirms it to the
 * first picture of the next one.
 */
const stopwatch = `
  window.waited = 0;
  const shown = () => document.querySelector(".desk-case h3")?.textContent ?? document.querySelector(".desk-people")?.textContent;
  window.addEventListener("keydown", (event) => {
    if (event.code !== "Enter" || event.target.closest("input")) return;
    const before = shown();
    const begun = performance.now();
    const look = () => {
      const now = shown();
      if (now === undefined || now === before) requestAnimationFrame(look);
      else window.waited += performance.now() - begun;
    };
    requestAnimationFrame(look);
  }, true);
`;

test("thirty folders in a row by keyboard alone, and hardly a second of waiting", async ({ page, baseURL }) => {
  const complaints = watchComplaints(page);
  await reset(page);
  await become(page, "学校经办人");
  await apply(baseURL ?? "", await schoolOf(page), 30, 710_001);
  await goTo(page, "现场确认");
  await expectAccessible(page, "desk");

  // From here on no mouse. The search has the focus; Enter takes the first folder of the pile.
  await expect(page.getByLabel("扫描凭条，或输入姓名、拼音、申请编号")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: /的材料$/ })).toBeVisible();
  await expectAccessible(page, "folder");
  await page.evaluate(stopwatch);
  const names = new Set<string>();
  for (let done = 0; done < 30; done++) {
    const name = await nameAtTheDesk(page);
    names.add(name);
    await page.keyboard.press("a");
    if (done === 0) {
      // Only a person knows who signed the school's proofs; asked once, remembered for the day.
      await page.keyboard.type("王校长");
      await page.keyboard.press("Enter");
    }
    await expect(page.getByText("已经齐全，可以确认。")).toBeVisible();
    await page.keyboard.press("Enter");
    // Either the next folder lies open, or the pile is done.
    const next = page.getByRole("region", { name: new RegExp(`^(?!${name}的材料).*的材料$`) });
    await next.or(page.locator(".desk-people")).first().waitFor();
  }
  const waited = Number(await page.evaluate("window.waited"));
  process.stdout.write(
    `30 folders confirmed by keyboard: ${Math.round(waited)} ms of waiting for the program in all\n`,
  );
  expect(names.size).toBeGreaterThan(25);
  expect(waited).toBeLessThan(3000);
  await goTo(page, "办件");
  const { counts } = await (await page.request.get(`/api/campaigns/2017-chongqing-second-batch/queue-counts`)).json();
  expect(counts.confirmed).toBeGreaterThanOrEqual(30);
  expect(complaints).toEqual([]);
});
