import { expect, type FullConfig, request } from "@playwright/test";

/** Waits until the demonstration is filled in. */
async function prepare(config: FullConfig): Promise<void> {
  const baseURL = config.projects[0]?.use.baseURL;
  const api = await request.newContext({ ...(baseURL === undefined ? {} : { baseURL }) });
  await expect
    .poll(async () => (await (await api.get("/api/training/state")).json()).preparing, {
      timeout: 120_000,
      message: "the demonstration is filled in",
    })
    .toBeNull();
  await api.dispose();
}

// Playwright takes the default export of this file.
export default prepare;
