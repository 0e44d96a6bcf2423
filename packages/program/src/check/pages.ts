import { contract } from "@shice/contract/contract.ts";
import type { Callers } from "@shice/contract/operation.ts";
import { transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import { roles, roleTitles } from "@shice/rules/lifecycle/role.ts";
import { states, stateTitles } from "@shice/rules/lifecycle/state.ts";
import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
import type { WindowRule } from "@shice/rules/lifecycle/window-rule.ts";
import type { GeneratedFile } from "./generated.ts";
import { noticeRows } from "./notice-rows.ts";
import { exercisedBy, programs, reachableFrom } from "./reachable.ts";
import type { Sources } from "./sources.ts";

/** The pages that follow from the code: the notice with its tests, the lifecycle, who may do and call what. */
export function listPages(sources: Sources): GeneratedFile[] {
  return [
    { path: "docs/generated/notice.md", text: noticePage(sources) },
    { path: "docs/generated/lifecycle.md", text: lifecyclePage() },
    { path: "docs/generated/roles.md", text: rolesPage() },
  ];
}

interface NamedTest {
  file: string;
  name: string;
  rows: ReadonlySet<string>;
}

function noticePage(sources: Sources): string {
  const tests = listNoticeTests(sources, programs);
  const lines = noticeRows.map(({ row, section, demand }) => {
    const found = tests
      .filter((test) => test.rows.has(row))
      .map((test) => `${escapeCell(test.name)} (\`${test.file}\`)`);
    return `| ${row} | ${section} | ${escapeCell(demand)} | ${found.length === 0 ? "**not yet shown**" : found.join("<br>")} |`;
  });
  const open = noticeRows.filter(({ row }) => !tests.some((test) => test.rows.has(row))).map(({ row }) => row);
  return page("The notice, row by row", [
    "Each row is something the notice of 2017-09-06 demands; the tests that show it carry its number in their names.",
    open.length === 0 ? "Every row is shown by a test." : `Rows that no test shows yet: ${open.join(", ")}.`,
    "",
    "| row | section | demand | tests |",
    "|---|---|---|---|",
    ...lines,
  ]);
}

/**
 * The tests that carry a row of the notice in their names, by file. A file that exercises nothing which a program
 * reaches proves nothing, and is left out.
 */
export function listNoticeTests(sources: Sources, starts: readonly string[]): NamedTest[] {
  const reached = reachableFrom(sources, starts);
  return [...sources.values()]
    .filter(({ path }) => path.endsWith(".test.ts"))
    .filter(({ path }) => [...exercisedBy(sources, path)].some((target) => reached.has(target)))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
    .flatMap(({ path, text }) => {
      const names = [...text.matchAll(/\b(?:test|describe)(?:\.each\([^)]*\))?\(\s*(["'`])((?:N\d+)[^\n]*?)\1\s*,/g)];
      return names.map((match) => ({ file: path, name: match[2] ?? "", rows: rowsIn(match[2] ?? "") }));
    });
}

/** N12, N14–N16 at the beginning of a name. */
function rowsIn(name: string): Set<string> {
  const head = name.split(":")[0] ?? "";
  const found = new Set<string>();
  for (const [, from, to] of head.matchAll(/N(\d+)(?:\s*[–-]\s*N?(\d+))?/g)) {
    for (let row = Number(from); row <= Number(to ?? from); row++) found.add(`N${row}`);
  }
  return found;
}

function lifecyclePage(): string {
  const arrows = transitionNames.flatMap((name) => {
    const row = transitionOf(name);
    if (row.destination === "same") return [];
    return row.from.flatMap((from) => row.to.map((to) => `  ${idOf(from)} --> ${idOf(to)}: ${name}`));
  });
  const rows = transitionNames.map((name) => {
    const { title, from, to, by, window, guards, duty, records } = transitionOf(name);
    const cells = [
      name,
      title,
      from.join(", "),
      to.join(", "),
      by.join(", "),
      windowText(window),
      guards.join(", "),
      duty ?? "",
      records.join(", "),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return page("The life of an application", [
    "Made from `packages/rules/src/lifecycle/lifecycle.ts`.",
    "",
    "```mermaid",
    "stateDiagram-v2",
    ...states.map((state) => `  state "${stateTitles[state]}" as ${idOf(state)}`),
    ...arrows,
    "```",
    "",
    "| transition | 名称 | from | to | by | window | guards | duty | records |",
    "|---|---|---|---|---|---|---|---|---|",
    ...rows,
  ]);
}

function rolesPage(): string {
  const acts = roles.map((role) => {
    const own = transitionNames.filter((name) => transitionOf(name).by.includes(role));
    return `| ${role} | ${roleTitles[role]} | ${own.join(", ")} |`;
  });
  const calls = Object.entries(contract).flatMap(([module, operations]) =>
    Object.entries(operations).map(([name, operation]) => {
      const { meta, route } = operation["~orpc"];
      return `| ${module}.${name} | \`${route.method} ${route.path}\` | ${route.summary} | ${callersText(meta.callers)} |`;
    }),
  );
  return page("Who may do what", [
    "## Acts on an application",
    "",
    "| role | 角色 | transitions |",
    "|---|---|---|",
    ...acts,
    "",
    "## Operations of the API",
    "",
    "| operation | call | 名称 | callers |",
    "|---|---|---|---|",
    ...calls,
  ]);
}

function page(title: string, lines: readonly string[]): string {
  return `# ${title}\n\n<!-- Made by \`npm run generate\`. -->\n\n${lines.join("\n")}\n`;
}

function windowText(window: WindowRule): string {
  if (window === "any time") return window;
  if ("open" in window) return `while ${window.open} is open`;
  return "untilEndOf" in window ? `until ${window.untilEndOf} ends` : "until the reply time";
}

function callersText(callers: Callers): string {
  return typeof callers === "string" ? callers : callers.join(", ");
}

function idOf(state: string): string {
  return state.replaceAll("-", "_");
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
