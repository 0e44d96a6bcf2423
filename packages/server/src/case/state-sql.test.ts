import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as groups from "@shice/rules/lifecycle/state.ts";
import { type State, states } from "@shice/rules/lifecycle/state.ts";
import { expect, test } from "vitest";

/** Groups that only the schema asks for. */
const groupsOfTheSchema = {
  /** The person may start another application in the same campaign. */
  replaceable: ["withdrawn", "refused"],
  /** May be without a school, and without the teacher's word for what the school entered. */
  incomplete: ["draft", "withdrawn", "lapsed"],
  /** Nothing is submitted: nobody relies on what is written. */
  unsubmitted: ["draft", "withdrawn"],
  /** Somebody waits for an answer, which may have a time of its own. */
  asked: ["returned", "sent-back"],
} as const satisfies Readonly<Record<string, readonly State[]>>;

/** The named groups, each as its sorted states. */
const named = [...Object.values(groups), ...Object.values(groupsOfTheSchema)].flatMap((group) =>
  Array.isArray(group) && group.every(isState) ? [group.toSorted().join(" ")] : [],
);

function isState(text: unknown): text is State {
  return states.some((state) => state === text);
}

/** The lists and single words that a text compares a column `state` with, where one of them is a state of a case. */
function comparedStates(text: string): string[][] {
  const comparison = /\bstate"?\)? (?:=|<>|in|not in|<> ?all|= ?any)[^'\n;]*?((?:'[\w-]+'(?:::text)?[,\s]*)+)/gi;
  return [...text.matchAll(comparison)]
    .map(([, list = ""]) => [...list.matchAll(/'([\w-]+)'/g)].map(([, word = ""]) => word))
    .filter((words) => words.some(isState));
}

test("every list of states in the database's constraints, indexes, policies and functions is a group of the rules", () => {
  const schema = readFileSync(fileURLToPath(new URL("../../migrations/schema.sql", import.meta.url)), "utf8");
  const lists = comparedStates(schema).filter((words) => words.length > 1);
  expect(lists.length).toBeGreaterThan(8);
  expect(lists.filter((words) => !named.includes(words.toSorted().join(" ")))).toEqual([]);
});

test("a list that lacks a state of its group is found", () => {
  const [words = []] = comparedStates("CHECK ((state <> ALL (ARRAY['concluded'::text, 'marked'::text])))");
  expect(words).toEqual(["concluded", "marked"]);
  expect(named).not.toContain(comparedStates("a.state in ('draft', 'returned', 'lapsed')")[0]?.toSorted().join(" "));
});

test("no statement of the program names a state in its text", () => {
  const source = fileURLToPath(new URL("../", import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("testing/"),
  );
  const found = files.flatMap((path) =>
    comparedStates(readFileSync(join(source, path), "utf8")).map((words) => `${path}: ${words.join(", ")}`),
  );
  expect(found).toEqual([]);
});
