import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const reference = fileURLToPath(new URL("../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shice-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the check in a separate process, as the command does, with its own exit status and output. */
function run(file: string, { json = false, env = {} }: { json?: boolean; env?: Record<string, string> } = {}) {
  const program = new URL("./plan-check.ts", import.meta.url).href;
  const script = `const { planCheck } = await import(${JSON.stringify(program)});
    await planCheck(${JSON.stringify(file)}, { json: ${json} });`;
  const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...rest } = process.env;
  const result = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    env: { ...rest, ...env },
    encoding: "utf8",
  });
  return { status: result.status, stdout: result.stdout, stderr: result.stderr };
}

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

test("N11, N33, N35: the check prints the reference plan's figures as JSON with exit status 0", () => {
  const { status, stdout } = run(reference, { json: true });
  expect(status).toBe(0);
  const check: unknown = JSON.parse(stdout);
  expect(check).toMatchObject({
    errors: [],
    warnings: [{ code: "deadline.after-next-stage-begins" }, { code: "deadline.after-next-stage-begins" }],
    stages: { apply: { openDays: 37, openHours: 629 } },
    notice: { latestPublicationDay: "2017-11-12", latestWorkingDay: "2017-11-10" },
  });
});

test("N9, N11, N33, N35: the check prints the reference plan as a calendar, without colours if the output is no terminal", () => {
  const { status, stdout, stderr } = run(reference);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).not.toContain("\u001b");
  const lines = stdout.split("\n");
  const week = (start: string) => lines.find((line) => line.startsWith(start))?.split(/\s+/);
  expect(week("11        12报")).toEqual(["11", "12报", "13报确", "14报确", "15报确", "16报确", "17报确"]);
  expect(week("16报确")).toEqual(["16报确", "17报确", "18确停", "19确停", "20确停", "21确停", "22确停"]);
  expect(week("20复截")).toEqual(["20复截", "21复", "22复截", "23终", "24终", "25", "26"]);
  expect(stdout).toMatch(/网上报名 .*07:00–24:00 +37 天 +629 小时/);
  expect(stdout).toContain("最迟 2017-11-12（周日） 公布；最后一个工作日 2017-11-10（周五）");
  expect(stdout).toContain("✓ 没有错误，可以发布；2 条提醒，请逐条核对。");
});

test("FORCE_COLOR turns colours on, and NO_COLOR turns them off", () => {
  expect(run(reference, { env: { FORCE_COLOR: "1" } }).stdout).toContain("\u001b[");
  expect(run(reference, { env: { NO_COLOR: "1" } }).stdout).not.toContain("\u001b");
});

test("an error is printed with its line, and the exit status is 1", () => {
  const text = readFileSync(reference, "utf8").replace("suggests: defer", "suggests: postpone");
  const file = write("error.yaml", text);
  const { status, stdout } = run(file);
  const line = text.split("\n").findIndex((each) => each.includes("postpone")) + 1;
  expect(status).toBe(1);
  expect(stdout).toContain(`✗ 错误  第 ${line} 行  conditions[0].suggests（出处：二；教师〔2013〕9号）`);
  expect(stdout).toContain("✗ 1 条错误，改正后才能发布");
  const asJson = run(file, { json: true });
  expect(asJson.status).toBe(1);
  expect(JSON.parse(asJson.stdout)).toMatchObject({ errors: [{ code: "condition.unknown-conclusion", line }] });
});

test("an unreadable plan is reported without a calendar", () => {
  const { status, stdout } = run(write("broken.yaml", "format: 1\ntitle: 试\n  year: 2017\n"));
  expect(status).toBe(1);
  expect(stdout).toContain("第 2 行");
  expect(stdout).not.toContain("年9月");
});

test.each([
  ["missing", () => join(folder, "没有.yaml"), "file.missing", "找不到文件"],
  ["a folder", () => folder, "file.is-folder", "是一个文件夹"],
  ["not UTF-8", () => write("gbk.yaml", new Uint8Array([0xd6, 0xd8, 0xc7, 0xec])), "file.not-utf-8", "UTF-8"],
  ["far too large", () => write("large.yaml", "#".repeat(3_000_000)), "file.too-large", "3 MB"],
])("a file that is %s is a clear sentence and exit status 1", (_what, make, code, sentence) => {
  const file = make();
  const plain = run(file);
  expect(plain).toMatchObject({ status: 1, stdout: "" });
  expect(plain.stderr).toContain(sentence);
  expect(plain.stderr).not.toContain("    at ");
  const asJson = run(file, { json: true });
  expect(asJson).toMatchObject({ status: 1, stderr: "" });
  expect(JSON.parse(asJson.stdout)).toMatchObject({ errors: [{ code }], warnings: [], stages: {} });
});
