import { titleOf } from "@shice/rules/keys.ts";
import { widthOf } from "../terminal-text.ts";
import type { BenchedCall, BenchResult } from "./result.ts";

/** Names of the calls. */
export const callTitles: Record<BenchedCall, string> = {
  submit: "提交申请",
  review: "作出初审意见",
  read: "打开办件",
  queue: "队列一页",
  count: "队列计数",
};

/** Formats the result as a table for a terminal. */
export function benchTable({ applications, connections, calls, bulk, memoryMb }: BenchResult): string {
  const head = ["操作", "每秒", "中位", "p99", "基准每秒", "基准p99", "占基准"];
  const rows = Object.entries(calls).map(([name, { rps, p50, p99, floorRps, floorP99, ratio }]) => {
    return [
      titleOf(callTitles, name),
      `${rps}`,
      `${p50}`,
      `${p99}`,
      `${floorRps}`,
      `${floorP99}`,
      `${Math.round(ratio * 100)}%`,
    ];
  });
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => widthOf(row[at] ?? ""))));
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, at) =>
        at === 0
          ? cell + " ".repeat((widths[0] ?? 0) - widthOf(cell))
          : " ".repeat((widths[at] ?? 0) - widthOf(cell)) + cell,
      )
      .join("  "),
  );
  return [
    "",
    `库中${applications}份申请，${connections}个连接，时间单位毫秒；基准为执行同样SQL、没有账号、规则和权限的空接口。`,
    ...lines,
    `批量初审${bulk.cases}件：${bulk.seconds}秒（每秒${bulk.perSecond}件）。程序内存：空闲${memoryMb.atRest} MB，最多${memoryMb.peak} MB。`,
    "",
  ].join("\n");
}
