import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

export const phone = { width: 390, height: 844 };
const screen = { width: 1440, height: 900 };
const judged: axe.RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  resultTypes: ["violations"],
};

/** Becomes one of the invented people, by one click on the first page. */
export async function pressPersona(page: Page, roleTitle: string): Promise<void> {
  await page.goto("/welcome");
  const card = page.locator(".persona", { hasText: roleTitle });
  await card.first().getByRole("button").click();
  await expect(page).not.toHaveURL(/welcome/);
  await expect(card).toHaveCount(0);
  await standing(page);
}

/** The same without drawing the first page, for what begins after it: a page takes its time. */
export async function become(page: Page, roleTitle: string, about = ""): Promise<void> {
  const { personas } = await (await page.request.get("/api/training/state")).json();
  const persona = personas.find(
    (known: { roleTitle: string; organisation: string | null; task: string }) =>
      known.roleTitle === roleTitle && `${known.organisation} ${known.task}`.includes(about),
  );
  const answer = await page.request.post("/api/training/sign-in", { data: { persona: persona?.key } });
  expect(answer.ok(), await answer.text()).toBe(true);
  await page.goto((await answer.json()).kind === "applicant" ? "/my" : "/office");
  await standing(page);
}

/** Nobody presses anything before the page stands. */
async function standing(page: Page): Promise<void> {
  await expect(page.locator("#main :is(h1, h2)").first()).toBeVisible();
}

/** Goes to a page of the office by its name in the menu. */
export async function goTo(page: Page, label: string): Promise<void> {
  await page.getByRole("navigation", { name: "办公菜单" }).getByRole("link", { name: label, exact: true }).click();
  await expect(page.getByRole("heading", { level: 2, name: label })).toBeVisible();
}

/** Opens a heap of work by its tab. */
export async function openQueue(page: Page, title: string): Promise<void> {
  await goTo(page, "办件");
  const heap = page
    .getByRole("navigation", { name: "办件队列" })
    .getByRole("link", { name: new RegExp(`^${title}（`) });
  await heap.click();
  await expect(heap).toHaveAttribute("aria-current", "page");
}

/** Moves the clock to a mark, on the first page. */
export async function moveTo(page: Page, mark: string): Promise<void> {
  await page.goto("/welcome");
  await page.getByRole("button", { name: mark }).first().click();
  await expect(page.getByText(/^时钟已拨到/)).toBeVisible({ timeout: 30_000 });
}

/** Brings the demonstration back to its beginning. */
export async function reset(page: Page): Promise<void> {
  const answer = await page.request.post("/api/training/reset");
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** No serious finding of axe on what is shown. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await expect(page.locator(".ant-skeleton, .ant-spin-spinning, .waiting")).toHaveCount(0);
  // What is still fading in is judged as it will be; what turns for ever is not waited for.
  await page.evaluate(`Promise.race([
    new Promise((resolve) => setTimeout(resolve, 2000)),
    Promise.allSettled(document.getAnimations()
      .filter(({ playState, effect }) => playState === "running" && effect?.getComputedTiming().iterations !== Infinity)
      .map(({ finished }) => finished)),
  ])`);
  // A document needs the half megabyte of axe once, however often it is judged.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${JSON.stringify(judged)})`);
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${what}: ${id}: ${nodes[0]?.target.join(" ")} ${nodes[0]?.failureSummary ?? ""}`);
  expect(serious).toEqual([]);
}

/** Nothing wider than the screen, and no serious finding. */
export async function expectFit(page: Page, what: string): Promise<void> {
  await expectAccessible(page, what);
  const width = await page.evaluate("document.documentElement.scrollWidth");
  expect(width, what).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

/** The page as it is on a telephone and on a screen, where it stays. */
export async function expectSound(page: Page, what: string): Promise<void> {
  for (const size of [phone, screen]) {
    await page.setViewportSize(size);
    await expectFit(page, `${what} at ${size.width}`);
  }
}

/** Everything that the browser complains of while a test runs, policy breaches included. */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}
