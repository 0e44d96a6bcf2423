import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "rules",
          include: ["rules", "contract", "web"].map((name) => `packages/${name}/src/**/*.test.ts`),
          isolate: false,
        },
      },
      {
        test: {
          name: "server",
          include: [
            "packages/server/src/**/*.test.ts",
            "packages/program/src/**/*.test.ts",
            "rehearsal/src/**/*.test.ts",
          ],
          globalSetup: ["packages/server/src/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
