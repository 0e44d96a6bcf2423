import { readFileSync } from "node:fs";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** Prints what a failed test had before it, as text: of a run elsewhere nothing is left but what it printed. */
class TellFailure implements Reporter {
  onTestEnd({ title }: TestCase, { status, attachments }: TestResult): void {
    if (status === "passed" || status === "skipped") return;
    for (const { name, path } of attachments) {
      if (name !== "error-context" || path === undefined) continue;
      const [, page = "nothing was drawn"] = readFileSync(path, "utf8").split("# Page snapshot");
      console.log(`\n--- ${title}${page.slice(0, 12_000)}\n---`);
    }
  }

  printsToStdio(): boolean {
    return false;
  }
}

// Playwright takes the default export of this file.
export default TellFailure;
