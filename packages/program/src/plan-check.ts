import { readFile } from "node:fs/promises";
import { styleText } from "node:util";
import { checkPlanText, type PlanCheck } from "@shice/rules/plan/check.ts";
import type { Finding } from "@shice/rules/plan/finding.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { type Paint, planCalendar, planStages } from "./plan-calendar.ts";
import { padTo, wrap } from "./terminal-text.ts";

/** Maximum size: a plan is a page or two of text, and a much larger file is not a plan. */
const maximumBytes = 2_000_000;

/**
 * `shice plan check FILE`: prints the plan as a calendar with all findings, or as JSON. Sets and returns the exit
 * status: 1 if there are errors or the file cannot be read, else 0.
 */
export async function planCheck(file: string, options: { json?: boolean } = {}): Promise<number> {
  const read = await readPlanFile(file);
  let status = 0;
  if ("problem" in read) {
    status = 1;
    if (options.json === true) {
      const error = { code: read.code, message: read.problem, path: "" };
      print({ errors: [error], warnings: [], stages: {}, notice: null, report: null });
    } else {
      process.stderr.write(`${read.problem}\n`);
    }
  } else {
    const { plan, check } = checkPlanText(read.text);
    status = check.errors.length > 0 ? 1 : 0;
    if (options.json === true) {
      print(check);
    } else {
      const width = Math.min(process.stdout.columns ?? 100, 100);
      // styleText honours NO_COLOR, FORCE_COLOR and an output that is no terminal.
      const paint: Paint = (format, text) => styleText(format, text, { stream: process.stdout });
      process.stdout.write(`${planReport(file, plan, check, { width, paint }).join("\n")}\n`);
    }
  }
  process.exitCode = status;
  return status;
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

async function readPlanFile(file: string): Promise<{ text: string } | { code: string; problem: string }> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") {
      return { code: "file.missing", problem: `找不到文件 ${file}。请核对文件名和所在的文件夹。` };
    }
    if (code === "EISDIR") {
      return {
        code: "file.is-folder",
        problem: `${file} 是一个文件夹。请写上方案文件的名称，如 ${file.replace(/\/$/, "")}/方案.yaml。`,
      };
    }
    if (code === "EACCES" || code === "EPERM") {
      return { code: "file.unreadable", problem: `没有读取 ${file} 的权限。请检查文件权限，或换一个账户。` };
    }
    return { code: "file.unreadable", problem: `读不出文件 ${file}（${String(code ?? error)}）。` };
  }
  if (bytes.length > maximumBytes) {
    return {
      code: "file.too-large",
      problem: `${file} 有 ${Math.round(bytes.length / 1_000_000)} MB，不像是一份方案。`,
    };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return {
      code: "file.not-utf-8",
      problem: `${file} 不是 UTF-8 编码的文本。请在编辑器中“另存为”，编码选 UTF-8，再检查一次。`,
    };
  }
}

/** The whole report as lines for a terminal. */
function planReport(
  file: string,
  plan: Plan | undefined,
  check: PlanCheck,
  { width, paint }: { width: number; paint: Paint },
): string[] {
  const head =
    plan === undefined
      ? [paint("bold", file), ""]
      : [
          paint("bold", plan.title),
          `${plan.issuer} ${plan.issuedOn} 印发 · ${plan.areas.length} 个区县 · 时区 ${plan.timeZone}`,
          "",
          ...planCalendar(plan, paint),
          "",
          ...planStages(plan, check, paint),
          "",
        ];
  return [
    ...head,
    ...findingLines(check.errors, paint("red", "✗ 错误"), width, paint),
    ...findingLines(check.warnings, paint("yellow", "! 提醒"), width, paint),
    verdictOf(check, paint),
  ];
}

function findingLines(findings: readonly Finding[], label: string, width: number, paint: Paint): string[] {
  return findings.flatMap((finding) => {
    const place = finding.line === undefined ? "" : `第 ${finding.line} 行`;
    const source = finding.source === undefined ? "" : `（出处：${finding.source}）`;
    const where = [place, finding.path].filter((text) => text !== "").join("  ");
    const indent = " ".repeat(8);
    return [
      `${padTo(label, 8)}${paint("dim", `${where}${source}`)}`.trimEnd(),
      ...wrap(finding.message, Math.max(20, width - indent.length)).map((line) => indent + line),
      "",
    ];
  });
}

function verdictOf({ errors, warnings }: PlanCheck, paint: Paint): string {
  const warned = warnings.length === 0 ? "没有提醒" : `${warnings.length} 条提醒，请逐条核对`;
  return errors.length === 0
    ? `${paint("green", "✓ 没有错误，可以发布")}；${warned}。`
    : `${paint("red", `✗ ${errors.length} 条错误，改正后才能发布`)}；${warned}。`;
}
