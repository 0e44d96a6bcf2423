import { expect, type Page } from "@playwright/test";
import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";

const campaign = "/api/campaigns/2017-chongqing-second-batch";

/** Whoever waits at the desk of the clerk who is signed in is checked and confirmed, by the API; answers how many. */
export async function confirmAll(page: Page): Promise<number> {
  const { posts } = await (await page.request.get("/api/account")).json();
  const headers = { "shice-post": posts[0].id };
  const get = async (path: string) => await (await page.request.get(`${campaign}${path}`, { headers })).json();
  const { items } = await get("/queue?state=submitted&limit=100");
  const applications = items.map(({ id }: { id: string }) => id);
  if (applications.length === 0) return 0;
  for (const application of applications) {
    const { checklist } = await get(`/applications/${application}`);
    const materials = checklist.map(
      ({ key, copies, suppliedBy }: { key: string; copies: number; suppliedBy: string }) => ({
        material: key,
        originalSeen: true,
        copyStamped: true,
        copies,
        ...(suppliedBy === "school" ? { signer: "陈校长" } : {}),
      }),
    );
    const saved = await page.request.put(`${campaign}/applications/${application}/checks`, {
      headers,
      data: { materials, certificate: comparedFields.map((field) => ({ field, agrees: true })) },
    });
    expect(saved.ok(), await saved.text()).toBe(true);
  }
  const answer = await page.request.post(`${campaign}/confirmations`, { headers, data: { applications } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).done;
}

/** The office of whoever is signed in, by its name. */
export async function organisationOf(page: Page): Promise<string> {
  const { posts } = await (await page.request.get("/api/account")).json();
  return posts[0].organisation;
}

/** Whose folder lies open at the desk. */
export async function nameAtTheDesk(page: Page): Promise<string> {
  return (
    await page
      .getByRole("region", { name: /的材料$/ })
      .getByRole("heading", { level: 3 })
      .first()
      .innerText()
  ).trim();
}
