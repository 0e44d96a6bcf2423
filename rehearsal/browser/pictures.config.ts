import { defineConfig } from "@playwright/test";
import config from "./playwright.config.ts";

// `npm run pictures`: the same program and people, but pictures for the documents instead of tests.
export default defineConfig({ ...config, testMatch: "pictures.ts", workers: 1, projects: [{ name: "pictures" }] });
