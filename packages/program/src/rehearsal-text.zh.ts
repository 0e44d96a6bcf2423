import type { RehearsalResult } from "@shice/rehearsal/rehearse.ts";
import { widthOf } from "./terminal-text.ts";

const outcomeNames: Record<string, string> = {
  pass: "合格",
  defer: "暂缓注册",
  fail: "不合格",
  withdrawn: "已撤回",
  lapsed: "自动放弃",
  refused: "不予受理",
  "not-applied": "未申请",
  lost: "去向不明",
};

/** The result of a rehearsal for a terminal: who ended where, what was refused, how fast, what holds. */
export function rehearsalText(result: RehearsalResult): string {
  const kinds = Object.keys(outcomeNames).filter((kind) => result.outcomes[kind] !== undefined);
  const rows = Object.entries(result.byArea).map(([area, counts]) => [
    area,
    ...kinds.map((kind) => String(counts[kind] ?? 0)),
  ]);
  const slow = Object.entries(result.calls)
    .filter(([, { calls }]) => calls >= 20)
    .sort(([, a], [, b]) => b.p99Ms - a.p99Ms)
    .slice(0, 12);
  const lines = [
    "",
    "各区县结果",
    ...tableOf([
      ["区县", ...kinds.map((kind) => outcomeNames[kind] ?? kind)],
      ...rows,
      ["合计", ...kinds.map((kind) => String(result.outcomes[kind] ?? 0))],
    ]),
    "",
    "未予办理（按代码）",
    ...tableOf(Object.entries(result.refusals).map(([code, count]) => [code, String(count)])),
    "",
    `请求${result.requests}次，用时${result.seconds}秒，每秒${Math.round(result.requests / result.seconds)}次。最慢的调用（毫秒）：`,
    ...tableOf([
      ["调用", "次数", "中位", "p99"],
      ...slow.map(([name, { calls, p50Ms, p99Ms }]) => [name, String(calls), String(p50Ms), String(p99Ms)]),
    ]),
    "",
    "核对",
    ...result.invariants.map(
      ({ name, ok, detail }) => `  ${ok ? "✓" : "✗"} ${name}${detail === "" ? "" : `:${detail}`}`,
    ),
    "",
  ];
  return `${lines.join("\n")}\n`;
}

function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => widthOf(row[at] ?? ""))));
  return rows.map((row) => `  ${row.map((cell, at) => pad(cell, widths[at] ?? 0, at === 0)).join("  ")}`);
}

function pad(cell: string, width: number, left: boolean): string {
  const blank = " ".repeat(Math.max(0, width - widthOf(cell)));
  return left ? cell + blank : blank + cell;
}
