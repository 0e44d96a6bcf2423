import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { guards } from "./guards.ts";
import { type Transition, transitionOf } from "./lifecycle.ts";
import { finalStates, states, stateTitles } from "./state.ts";
import { transitionNames } from "./transition-names.ts";
import type { WindowRule } from "./window-rule.ts";

const expected = readFileSync(new URL("lifecycle.expected.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(" | "));

const listed = (cell: string | undefined) => (cell === undefined || cell === "-" ? [] : cell.split(", ").sort());

function windowText(rule: WindowRule): string {
  if (rule === "any time") return rule;
  if ("open" in rule) return `open ${rule.open}`;
  return "untilEndOf" in rule ? `until end of ${rule.untilEndOf}` : "until reply";
}

function byText(row: Transition): string[] {
  return row.by.map((role) => (row.duty === undefined ? role : `${role} as ${row.duty}`)).sort();
}

test("N51: the table equals the one written by hand from the notice", () => {
  expect(expected.map(([name]) => name).sort()).toEqual([...transitionNames].sort());
});

test.each(expected)(
  "N51: %s has the states, roles, window, guards and records of the handwritten table",
  (...cells) => {
    const [name, from, to, by, window, ruledBy, records, source] = cells;
    const known = transitionNames.find((candidate) => candidate === name);
    if (known === undefined) throw new Error(`the table has no transition ${name}`);
    const row = transitionOf(known);
    expect([...row.from].sort()).toEqual(listed(from));
    if (to === "(unchanged)") {
      expect(row.destination).toBe("same");
      expect(row.to).toEqual(row.from);
    } else {
      expect([...row.to].sort()).toEqual(listed(to));
      expect(row.to.length === 1 || row.destination !== undefined).toBe(true);
    }
    expect(byText(row)).toEqual(listed(by));
    expect(windowText(row.window)).toBe(window);
    expect([...row.guards].sort()).toEqual(listed(ruledBy));
    expect([...row.records].sort()).toEqual(listed(records));
    expect(source ?? "").not.toBe("");
  },
);

test("some act leads to every state but draft, and some row uses every guard", () => {
  const entered = new Set(transitionNames.flatMap((name) => transitionOf(name).to));
  expect(states.filter((state) => !entered.has(state))).toEqual([]);
  const used = new Set(transitionNames.flatMap((name) => transitionOf(name).guards));
  expect(Object.keys(guards).filter((guard) => !used.has(guard as keyof typeof guards))).toEqual([]);
});

test("by the table a final state can be reached from every state", () => {
  const next = new Map(
    states.map((state) => [
      state,
      transitionNames
        .map((name) => transitionOf(name))
        .filter((row) => row.destination !== "same" && row.from.includes(state))
        .flatMap((row) => row.to),
    ]),
  );
  for (const state of states) {
    const reached = new Set([state]);
    for (const at of reached) for (const to of next.get(at) ?? []) reached.add(to);
    expect(finalStates.some((final) => reached.has(final))).toBe(true);
  }
});

test("each state has its own title, as in the description", () => {
  expect(Object.values(stateTitles)).toHaveLength(states.length);
  expect(new Set(Object.values(stateTitles)).size).toBe(states.length);
  expect(stateTitles).toMatchObject({
    draft: "填报中",
    submitted: "待现场确认",
    returned: "退回修改",
    confirmed: "已确认，待报送",
    "handed-over": "待初审",
    "sent-back": "区县退回",
    preliminary: "已初审",
    "on-notice": "公示中",
    inquiry: "异议核查中",
    noticed: "公示期满",
    reported: "待复审",
    "review-returned": "复审退回",
    reviewed: "待终审",
    marked: "已登记结论",
    archived: "已归档",
    withdrawn: "已撤回",
    lapsed: "视为自动放弃",
    refused: "不予受理",
    revoked: "撤销注册",
  });
});
