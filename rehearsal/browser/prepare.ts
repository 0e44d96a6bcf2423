import { expect, type FullConfig, request } from "@playwright/test";

/** Waits until the demonstration of every program is filled in. */
async function prepare(config: FullConfig): Promise<void> {
  const urls: unknown = config.metadata["urls"];
  for (const baseURL of Array.isArray(urls) ? urls.map(String) : []) {
    const api = await request.newContext({ baseURL });
    await expect
      .poll(async () => (await (await api.get("/api/training/state")).json()).preparing, {
        timeout: 120_000,
        message: "the demonstration is filled in",
      })
      .toBeNull();
    await api.dispose();
  }
}

// Playwright takes the default export of this file.
export default prepare;
