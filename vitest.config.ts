import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Start whole programs or write a city's roster: the longest first, so that no core waits for another's last file. */
const longest = [
  "serve",
  "every-operation",
  "rehearse",
  "torture",
  "roster-import",
  "npm-start",
  "embedded-postgres",
  "bench",
  "teacher",
  "demonstration",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.indexOf(basename(moduleId, ".test.ts"));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    // The default leaves one of two cores to the runner, which needs none while tests run.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "rules",
          include: ["rules", "contract", "web"].map((name) => `packages/${name}/src/**/*.test.ts`),
          isolate: false,
          // Properties try hundreds of cases; beside the server's tests they share two cores.
          testTimeout: 60_000,
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
          // Loading the server anew for each file would take a fifth of the time; each file has a database of its own.
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 240_000,
          // What is waited for comes as soon as it can; how long that takes beside the other worker is not the question.
          expect: { poll: { timeout: 60_000, interval: 20 } },
        },
      },
    ],
  },
});
