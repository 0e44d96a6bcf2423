import { fullDayText } from "@shice/contract/sentences/days.zh.ts";
import { titleOf } from "@shice/rules/keys.ts";
import { institutionTitles, ownershipTitles } from "@shice/rules/plan/institution.ts";
import { z } from "zod";
import type { Change } from "./work.ts";

const Named = z.object({ id: z.string(), name: z.string().nullable() });
/** What changes keep of themselves; each kind its part of it. */
const Detail = z.object({
  from: z.union([z.string(), Named]).optional(),
  to: z.union([z.string(), Named]).optional(),
  name: z.string().optional(),
  authority: z.string().optional(),
  file: z.string().optional(),
  schools: z.array(Named).optional(),
  ends: z.boolean().optional(),
  posts: z.number().optional(),
  fields: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })).optional(),
  went: z.array(z.object({ campaign: z.string(), entries: z.number(), cases: z.number() })).optional(),
});
type Detail = z.infer<typeof Detail>;

/** A change in the words of the directory, one line a thing; what an older program wrote otherwise is left out. */
export function changeLinesOf(kind: Change["kind"], detail: unknown): string[] {
  const parsed = Detail.safeParse(detail);
  if (!parsed.success) return [];
  const known = parsed.data;
  return [
    ...firstLines(kind, known),
    ...wentLines(known),
    ...(known.file === undefined ? [] : [`由表格“${known.file}”导入`]),
  ];
}

function firstLines(kind: Change["kind"], detail: Detail): string[] {
  const schools = (detail.schools ?? []).map(({ name }) => `“${name ?? ""}”`).join("、");
  switch (kind) {
    case "added":
      return detail.authority === undefined ? [] : [`注册机构：${detail.authority}`];
    case "renamed":
      return [
        detail.from === undefined
          ? `更名为“${nameOf(detail.to)}”`
          : `“${nameOf(detail.from)}”更名为“${nameOf(detail.to)}”`,
      ];
    case "alias-added":
    case "alias-removed":
      return [`“${detail.name ?? ""}”`];
    case "changed":
      return (detail.fields ?? []).map(
        ({ field, from, to }) => `${fieldTitles[field] ?? field}：${valueText(field, from)} → ${valueText(field, to)}`,
      );
    case "passed":
      return [`${nameOf(detail.from)} → ${nameOf(detail.to)}`];
    case "merged":
      return [`并入${schools}`, ...postsLine(detail)];
    case "took-in":
      return [`接收${schools}`];
    case "split":
      return [`${detail.ends === false ? "部分划入" : "分立为"}${schools}`, ...postsLine(detail)];
    case "arose":
      return [`由${schools}分立`];
  }
}

function postsLine({ posts = 0 }: Detail): string[] {
  return posts === 0 ? [] : [`经办人岗位随之终止：${posts}个`];
}

function wentLines({ went = [] }: Detail): string[] {
  return went.map(({ campaign, entries, cases }) => `随之转移：名册${entries}人，申请${cases}件（${campaign}）`);
}

function nameOf(value: Detail["from"]): string {
  return typeof value === "string" ? value : (value?.name ?? "");
}

const fieldTitles: Readonly<Record<string, string>> = {
  kind: "类别",
  ownership: "举办者",
  industryRun: "行业办学",
  confirmationPoint: "确认点",
  validFrom: "成立日期",
};

function valueText(field: string, value: unknown): string {
  if (field === "industryRun") return value === true ? "是" : "否";
  const text = String(value ?? "");
  if (field === "kind") return titleOf(institutionTitles, text);
  if (field === "ownership") return titleOf(ownershipTitles, text);
  return field === "validFrom" ? fullDayText(text) : text;
}
