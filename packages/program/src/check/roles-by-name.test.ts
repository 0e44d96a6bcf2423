import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { staffRoles } from "@shice/rules/lifecycle/role.ts";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../../web/src/", import.meta.url));

/** Files in which a role's name chooses words, queues or a partner, and decides nothing that anybody may do. */
const wordings = [
  "office/accounts/StaffPage.tsx",
  "office/acts/act-spec.ts",
  "office/marking/MovementDialog.tsx",
  "office/marking/acts.ts",
  "office/queue-registry.ts",
  "office/today/TodayPage.tsx",
];

function listSources(): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path));
}

function namesARole(text: string): boolean {
  return staffRoles.some((role) => new RegExp(`["'\`]${role}["'\`]|\\b${role}:`).test(text));
}

test("no page asks for a role by name to decide what may be done: the contract and the server say it", () => {
  const found = listSources().filter((path) => namesARole(readFileSync(`${folder}${path}`, "utf8")));
  expect(found.toSorted()).toEqual(wordings);
});

test.each(['post.role === "school-clerk"', "const mayReveal = ['auditor']", "{ auditor: true }"])(
  "a comparison such as %s is found",
  (text) => {
    expect(namesARole(text)).toBe(true);
  },
);
