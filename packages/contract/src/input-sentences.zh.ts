import { z } from "zod";

type Issue = Parameters<z.core.$ZodErrorMap>[0];

/** Sentences for common faults of a field, in office language; rare faults use Zod's Chinese. */
export function inputSentenceOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined || issue.input === null) return "此项为必填项，请填写。";
      return typeText(issue.expected);
    case "invalid_value":
      return issue.input === undefined ? "此项为必填项，请选择。" : "请在所列选项中选择。";
    case "invalid_format":
      return formatText(issue.format);
    case "too_small":
      return tooSmallText(issue.origin, Number(issue.minimum), issue.inclusive ?? true);
    case "too_big":
      return tooBigText(issue.origin, Number(issue.maximum), issue.inclusive ?? true);
    case "unrecognized_keys":
      return "含有无法识别的项目，请刷新页面后重新填写。";
    case "invalid_union":
      return "填写的内容不符合要求，请核对。";
    default:
      return undefined;
  }
}

/** Installs these sentences for all schemas. Called once at the start of a program or page. */
export function speakChinese(): void {
  const { localeError } = z.locales.zhCN();
  z.config({ localeError: (issue) => inputSentenceOf(issue) ?? localeError(issue) });
}

function typeText(expected: string): string {
  switch (expected) {
    case "string":
      return "此项应填写文字。";
    case "int":
      return "此项应填写整数。";
    case "number":
      return "此项应填写数字。";
    case "boolean":
      return "此项应选择“是”或“否”。";
    case "array":
      return "此项应为一组内容，请重新选择。";
    default:
      return "此项的格式不正确，请重新填写。";
  }
}

function formatText(format: string): string {
  switch (format) {
    case "email":
      return "请填写有效的电子邮箱，如 zhang@example.com。";
    case "date":
      return "日期应写作年-月-日，如 2017-11-03。";
    case "datetime":
      return "时间的格式不正确，应写作 2017-11-03T09:00:00Z。";
    case "uuid":
    case "guid":
      return "所选内容的编号不正确，请重新选择。";
    case "url":
      return "请填写完整的网址。";
    default:
      return "格式不正确，请核对后重新填写。";
  }
}

function tooSmallText(origin: string, minimum: number, inclusive: boolean): string {
  if (origin === "string") return minimum === 1 ? "此项为必填项，请填写。" : `不得少于${minimum}个字符。`;
  if (origin === "array" || origin === "set") return `至少须有${minimum}项。`;
  return inclusive ? `不得小于${minimum}。` : `应大于${minimum}。`;
}

function tooBigText(origin: string, maximum: number, inclusive: boolean): string {
  if (origin === "string") return `不得超过${maximum}个字符。`;
  if (origin === "array" || origin === "set") return `一次最多${maximum}项。`;
  return inclusive ? `不得大于${maximum}。` : `应小于${maximum}。`;
}
