import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { listKnownKeys } from "./known-keys.ts";
import { findNearest } from "./nearest.ts";
import { parsePlan } from "./parse.ts";

const reference = readFileSync(
  new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url),
  "utf8",
);

/** The findings of the reference plan after replacing one piece of text, each as line, path and message. */
function findingsWith(before: string, after: string): string[] {
  expect(reference).toContain(before);
  const text = reference.replace(before, () => after);
  return parsePlan(text).findings.map(
    ({ line, path, message }) => `${line === undefined ? "" : lineOf(text, line)} | ${path} | ${message}`,
  );
}

function lineOf(text: string, line: number): string {
  return text.split("\n")[line - 1]?.trim().slice(0, 24).trim() ?? "";
}

test("the reference plan is read completely, also with a byte order mark and Windows line ends", () => {
  const { plan, findings } = parsePlan(reference);
  expect(findings).toEqual([]);
  expect(plan?.areas).toHaveLength(17);
  expect(parsePlan(`\uFEFF${reference.replaceAll("\n", "\r\n")}`).plan).toEqual(plan);
});

test("an unknown key is reported with its line and the most similar known key", () => {
  expect(findingsWith("    tableTitle: 2017", "    tabelTitle: 2017")).toEqual([
    "report: # 上报统计表 | stages.report.tableTitle | 缺少“tableTitle”，这一项必须写。",
    "tabelTitle: 2017年重庆市教师资格 | stages.report.tabelTitle | 没有“tabelTitle”这一项，写了也不起作用。是否想写“tableTitle”？",
  ]);
});

test("an unquoted code is read as a number: the sentence says to quote it", () => {
  expect(findingsWith('code: "500101"', "code: 500101")).toEqual([
    "- { key: wanzhou, name: | areas[0].code | 这里应是文字，现在是数字。请在值的两边加上半角引号。",
  ]);
});

test("a duplicate key is reported at its second occurrence", () => {
  expect(findingsWith("    samplePercent: 10", "    samplePercent: 20\n    samplePercent: 10")).toEqual([
    "samplePercent: 10 # 抽查比例 |  | “samplePercent”在同一层写了两次，不知以哪个为准。请删去一个。",
  ]);
});

test("all findings of a text are reported together, in the order of the lines", () => {
  const text = reference
    .replace("issuedOn: 2017-09-06", "issuedOn: 2017-02-30")
    .replace("2017-11-20T17:00", "2017-11-20 17:00")
    .replace("confirmationPoint: school", "confirmationPoint: desk");
  const { findings } = parsePlan(text);
  expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
    "value.wrong-format issuedOn",
    "value.not-in-list confirmationPoint",
    "value.wrong-format stages.report.electronicBy",
  ]);
});

test("an impossible day, an hour of one digit and an unknown time zone are reported with the right form", () => {
  expect(findingsWith("electronicBy: 2017-11-20T17:00", "electronicBy: 2017-11-31T17:00")[0]).toContain(
    "2017-11-20T17:00",
  );
  expect(findingsWith('from: "07:00"', 'from: "7:00"')[0]).toContain('"07:00"');
  expect(findingsWith("timeZone: Asia/Shanghai", "timeZone: Asia/Chongqin")[0]).toContain("Asia/Shanghai");
});

test("a title with two lines or a terminal's escape character is refused and printed without it", () => {
  const [finding] = findingsWith("issuer: 重庆市教师资格认定指导中心", 'issuer: "甲\\e[2J乙"');
  expect(finding).toContain("写在一行里");
  expect(finding).not.toContain("\u001b");
});

test("an unknown rule and a missing rule have different findings", () => {
  expect(findingsWith("rule: ethics-breached, ", "")[0]).toContain("缺少“rule”");
  expect(findingsWith("rule: ethics-breached, ", "rule: ethics, ")[0]).toContain("可以写：training-hours-below、");
});

test("the certificate matrix reports a missing row as missing and an extra row as unknown", () => {
  expect(
    findingsWith("  junior: { kindergarten: disputed", "  middle: { kindergarten: disputed").map(
      (text) => text.split(" | ")[1],
    ),
  ).toEqual(["certificateByPost.junior", "certificateByPost.middle"]);
});

test("an alias that multiplies nodes is refused, not expanded", () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${["b", "c", "d", "e", "f", "g"]
    .map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${"abcdef"[index]}`).join(", ")}]`)
    .join("\n")}\n`;
  expect(parsePlan(bomb).findings.map(({ code }) => code)).toEqual(["yaml.syntax"]);
});

test("two documents in a file and tabs are reported", () => {
  expect(parsePlan(`${reference}\n---\nformat: 1\n`).findings[0]?.message).toContain("---");
  expect(parsePlan("format: 1\nstages:\n\tapply: 1\n").findings[0]).toMatchObject({
    line: 3,
    message: expect.stringContaining("制表符"),
  });
});

test("known keys follow the schema through lists, defaults and alternatives", () => {
  expect(listKnownKeys(["stages", "apply", "windows", 0])).toEqual(["from", "to"]);
  expect(listKnownKeys(["stages", "review"])).toContain("samplePercent");
  expect(listKnownKeys(["conditions", 3])).toEqual(expect.arrayContaining(["rule", "hours", "semesters", "count"]));
  expect(listKnownKeys(["certificateByPost"])).toContain("higher-education");
  expect(listKnownKeys(["title", "x"])).toEqual([]);
});

test("the most similar word is found only if it is similar enough", () => {
  expect(findNearest("windws", ["windows", "hours", "source"])).toBe("windows");
  expect(findNearest("abc", ["windows", "hours", "source"])).toBeUndefined();
});
