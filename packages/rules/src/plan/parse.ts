import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLError } from "yaml";
import type { z } from "zod";
import type { Finding, FindingFigures, PathSegment } from "./finding.ts";
import { findingOf } from "./finding-of.ts";
import { listKnownKeys } from "./known-keys.ts";
import { findNearest } from "./nearest.ts";
import { Plan, type ValueFormat, valueFormats } from "./plan.ts";

/** A position in a text, starting at 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** The result of reading a plan; if `plan` is missing, the findings say why. */
interface ParsedPlan {
  readonly plan?: Plan;
  /** Faults of the text, in the order of the lines; empty if there is a plan. */
  readonly findings: readonly Finding[];
  /** Line and column of a path like stages.apply.windows[0], or of the enclosing node if the path is missing. */
  readonly positionOf: (path: string) => Position | undefined;
}

/**
 * Reads a plan's YAML. Comments are allowed. An unknown or repeated key is refused, because it would have no effect
 * without anyone noticing.
 */
export function parsePlan(text: string): ParsedPlan {
  const lineCounter = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ""), {
    lineCounter,
    prettyErrors: false,
    version: "1.2",
    schema: "core",
  });
  const positionOf = (path: string) => positionIn(document, lineCounter, segmentsOf(path));
  const repeated = document.errors.filter((error) => error.code === "DUPLICATE_KEY");
  if (document.errors.length > repeated.length) {
    const slips = listColonSlips(text);
    const broken = document.errors.map((error) => syntaxFinding(error, text, lineCounter));
    return { findings: inLineOrder(slips.length > 0 ? slips : broken), positionOf };
  }
  const duplicates = repeated.map((error) => syntaxFinding(error, text, lineCounter));
  if (document.contents === null) {
    return { findings: [findingOf("plan.empty", [], {})], positionOf };
  }
  if (!isMap(document.contents)) {
    const slips = listColonSlips(text);
    return { findings: slips.length > 0 ? slips : [findingOf("plan.not-a-mapping", [], {})], positionOf };
  }
  const content = contentOf(document);
  if (content.problem !== undefined) {
    return { findings: [findingOf("yaml.syntax", [], { problem: content.problem })], positionOf };
  }
  const read = Plan.safeParse(content.value, { reportInput: true });
  const issues = read.success ? [] : read.error.issues.flatMap(issueFindings);
  const findings = inLineOrder([...duplicates, ...issues.map((finding) => withPosition(finding, positionOf))]);
  return read.success && findings.length === 0 ? { plan: read.data, findings, positionOf } : { findings, positionOf };
}

/** Adds line and column of its path to a finding. */
export function withPosition(finding: Finding, positionOf: ParsedPlan["positionOf"]): Finding {
  const position = finding.line === undefined ? positionOf(finding.path) : undefined;
  return position === undefined ? finding : { ...finding, ...position };
}

function inLineOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function contentOf(document: Document): { value?: unknown; problem?: string } {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) };
  } catch {
    // The library throws on an alias without an anchor, and on aliases that multiply.
    return { problem: "星号 * 引用了没有定义的内容，或引用过多。方案里请不要用 & 和 *，直接写出内容。" };
  }
}

const syntaxProblems: Partial<Record<YAMLError["code"], string>> = {
  TAB_AS_INDENT: "这里用了制表符（Tab）。缩进只能用空格，请改成空格。",
  BAD_INDENT: "缩进不对，或者前面的括号没有配对。同一层的各行左端须对齐；[ ] 和 { } 须成对。",
  MISSING_CHAR: "前面少了一个配对的引号、括号或逗号。",
  MULTILINE_IMPLICIT_KEY: "这一行缺少冒号，或冒号后没有空格。每行写成“键: 值”。",
  BLOCK_AS_IMPLICIT_KEY: "一行里有两个冒号。值里含冒号的，请把整个值用半角引号括起来。",
  BLOCK_IN_FLOW: "花括号或方括号里的各项之间少了半角逗号。",
  BAD_SCALAR_START: "值不能以这个符号开头。请把整个值用半角引号括起来。",
  BAD_DQ_ESCAPE: "双引号里的反斜杠写法不对。请改用单引号，或去掉反斜杠。",
  BAD_ALIAS: "星号 * 开头的值请用半角引号括起来。",
  MULTIPLE_DOCS: "文件里有 --- 分隔的几份内容。一个文件只写一份方案。",
  UNEXPECTED_TOKEN: "这里与前文接不上，多半是缩进不齐：同一层的各行左端须对齐。",
};

function syntaxFinding(error: YAMLError, text: string, lineCounter: LineCounter): Finding {
  const { line, col } = lineCounter.linePos(error.pos[0]);
  const finding =
    error.code === "DUPLICATE_KEY"
      ? findingOf("yaml.duplicate-key", [], { key: /^[^\s:,{}]+/.exec(text.slice(error.pos[0]))?.[0] ?? "" })
      : findingOf("yaml.syntax", [], {
          problem: syntaxProblems[error.code] ?? `这里的写法不符合 YAML 的规定（${error.code}）。`,
        });
  return { ...finding, line, column: col };
}

/** Two typical typing errors on a Chinese keyboard: a full-width colon, and no blank after the colon. */
function listColonSlips(text: string): Finding[] {
  return text.split("\n").flatMap((lineText, index) => {
    const slip = /^(\s*(?:- )?\{?\s*)([A-Za-z][A-Za-z0-9-]*)(\uFF1A|:(?=\S))/.exec(lineText);
    const [, before = "", key = "", colon = ""] = slip ?? [];
    if (slip === null) {
      return [];
    }
    const code = colon === "\uFF1A" ? "yaml.full-width-colon" : "yaml.no-space-after-colon";
    return [{ ...findingOf(code, [], { key }), line: index + 1, column: before.length + key.length + 1 }];
  });
}

type Issue = z.core.$ZodIssue;

function issueFindings(issue: Issue): Finding[] {
  const path = issue.path.map((segment) => (typeof segment === "symbol" ? String(segment) : segment));
  if (issue.code === "unrecognized_keys") {
    const known = listKnownKeys(path);
    return issue.keys.map((key) => {
      if (/[^\x20-\x7e]/.test(key) && isEmptyAt(issue.input, key)) {
        return findingOf("key.cut-off", [...path, key], { text: key });
      }
      const nearest = findNearest(key, known);
      return findingOf("key.unknown", [...path, key], { key, known, ...(nearest === undefined ? {} : { nearest }) });
    });
  }
  if (issue.code === "invalid_union") {
    return [ruleFinding(path, issue.input)];
  }
  if (issue.input === undefined) {
    return [findingOf("key.missing", path, { key: String(path.at(-1)) })];
  }
  if (issue.input === null) {
    return [findingOf("value.empty", path, {})];
  }
  return [valueFinding(issue, path)];
}

function isEmptyAt(input: unknown, key: string): boolean {
  return (
    typeof input === "object" &&
    input !== null &&
    Object.entries(input).some(([name, value]) => name === key && value === null)
  );
}

function ruleFinding(path: PathSegment[], input: unknown): Finding {
  const got = typeof input === "object" && input !== null && "rule" in input ? input.rule : undefined;
  const rules = Plan.shape.conditions.element.options.flatMap((option) => [...option.shape.rule.values]);
  return got === undefined
    ? findingOf("key.missing", path, { key: "rule" })
    : findingOf("condition.unknown-rule", path, { got: shown(got), known: rules });
}

function valueFinding(issue: Issue, path: PathSegment[]): Finding {
  switch (issue.code) {
    case "invalid_type":
      return findingOf("value.wrong-type", path, { expected: issue.expected, got: typeOf(issue.input) });
    case "invalid_value":
      return findingOf("value.not-in-list", path, { got: shown(issue.input), allowed: issue.values.map(String) });
    case "too_small":
      return findingOf("value.too-small", path, { minimum: Number(issue.minimum), of: sizeKind(issue.origin) });
    case "too_big":
      return findingOf("value.too-big", path, { maximum: Number(issue.maximum), of: sizeKind(issue.origin) });
    default: {
      const format = valueFormats.find((name): name is ValueFormat => name === issue.message);
      const figures = { got: shown(issue.input), ...(format === undefined ? {} : { format }) };
      return findingOf("value.wrong-format", path, figures);
    }
  }
}

function sizeKind(origin: string): FindingFigures["value.too-small"]["of"] {
  return origin === "array" || origin === "string" ? origin : "number";
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}

function shown(value: unknown): string {
  return typeof value === "object"
    ? typeOf(value)
    : String(value)
        .slice(0, 60)
        .replace(/\p{Cc}/gu, "\ufffd");
}

function segmentsOf(path: string): PathSegment[] {
  return path
    .split(/\.|(?=\[)/)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("[") ? Number(part.slice(1, -1)) : part));
}

function positionIn(
  document: Document,
  lineCounter: LineCounter,
  segments: readonly PathSegment[],
): Position | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const segment of segments) {
    if (isAlias(node)) {
      node = node.resolve(document);
    }
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
      if (pair === undefined) {
        break;
      }
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof segment === "number") {
      node = node.items[segment];
      offset = (isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined) ?? offset;
    } else {
      break;
    }
  }
  if (offset === undefined) {
    return undefined;
  }
  const { line, col } = lineCounter.linePos(offset);
  return { line, column: col };
}
