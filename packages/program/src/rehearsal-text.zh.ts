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

const invariantTitles: Record<string, string> = {
  "every teacher in exactly one outcome, as the story goes": "每位教师有且只有一个结果，与预定情形相符，无一遗漏",
  "nothing happened outside a window": "没有任何办理发生在开放时间之外",
  "every history chain verifies": "全部记录通过校验",
  "no person acted in two duties on a case": "同一办件的不同环节由不同的人办理",
  "stickers balance and equal the stickered conclusions": "注册贴账实相符，使用数等于粘贴数",
  "statistics equal a recount from history": "统计表与按办理经过重新计数的结果一致",
  "each notice ran its days": "每次公示都满规定的天数",
  "nothing of another area is visible to anyone": "任何人都看不到其他区县的办件",
  "every message once": "每条消息只发一次",
  "what a school filled in counts by the teacher's own attestation": "学校代填的申请都由教师本人确认后提交",
};

/** The invariants of a rehearsal, in Chinese. */
export function invariantTitleOf(name: string): string {
  return invariantTitles[name] ?? name;
}

/** The Chinese name of an outcome. */
export function outcomeTitleOf(outcome: string): string {
  return outcomeNames[outcome] ?? outcome;
}

/** The outcomes that occurred, in their order. */
export function outcomeKindsOf(outcomes: Readonly<Record<string, number>>): string[] {
  return [...new Set([...Object.keys(outcomeNames), ...Object.keys(outcomes)])].filter(
    (kind) => outcomes[kind] !== undefined,
  );
}

/** The result of a rehearsal for a terminal: outcomes, refusals, speed and invariants. */
export function rehearsalText(result: RehearsalResult): string {
  const kinds = outcomeKindsOf(result.outcomes);
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
      ["区县", ...kinds.map(outcomeTitleOf)],
      ...rows,
      ["合计", ...kinds.map((kind) => String(result.outcomes[kind] ?? 0))],
    ]),
    "",
    "未予办理（按代码）",
    ...tableOf(Object.entries(result.refusals).map(([code, count]) => [code, String(count)])),
    "",
    `请求${result.requests}次，用时${result.seconds}秒，每秒${Math.round(result.requests / result.seconds)}次，内存最多${result.peakMemoryMb} MB。最慢的调用（毫秒）：`,
    ...tableOf([
      ["调用", "次数", "中位", "p99"],
      ...slow.map(([name, { calls, p50Ms, p99Ms }]) => [name, String(calls), String(p50Ms), String(p99Ms)]),
    ]),
    "",
    "核对",
    ...result.invariants.map(
      ({ name, ok, detail }) => `  ${ok ? "✓" : "✗"} ${invariantTitleOf(name)}${detail === "" ? "" : `：${detail}`}`,
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
