import type { Plan } from "../plan/plan.ts";
import { type FigureDefinition, reasonsNotToApply } from "./figures.ts";
import type { Figures, FigureTable } from "./table.ts";

/** Two sums of figures that must be equal. */
interface BalanceRule {
  key: string;
  left: readonly string[];
  right: readonly string[];
  /** Whether the left side may be smaller. */
  atMost?: true;
}

interface BalanceViolation {
  rule: string;
  /** The rule with its figures, for the user. */
  text: string;
  left: number;
  right: number;
}

/** The rules by which the figures of a table must add up (annex 2's checks). */
export function balanceRulesOf(plan: Pick<Plan, "conclusions" | "reasons">): readonly BalanceRule[] {
  const finals = plan.conclusions.map(({ key }) => `final.${key}`);
  const reasons = reasonsNotToApply(plan).map(({ code }) => `reason.${code}`);
  return [
    { key: "due", left: ["due"], right: ["applied", "not-applied"] },
    {
      key: "applied",
      left: ["applied"],
      right: [...finals, "revoked", "lapsed", "withdrawn", "refused", "under-way"],
    },
    {
      key: "not-applied",
      left: ["not-applied"],
      right: ["unsubmitted", ...reasons, "unexplained"].map((code) => `not-applied.${code}`),
    },
    { key: "mark", left: finals, right: ["mark.sticker", "mark.annotation", "mark.none"] },
    { key: "confirmed", left: ["confirmed"], right: ["applied"], atMost: true },
    {
      key: "preliminary",
      left: plan.conclusions.flatMap(({ key }) => [`preliminary.${key}.first`, `preliminary.${key}.periodic`]),
      right: ["confirmed"],
      atMost: true,
    },
    { key: "objections", left: ["objections-upheld"], right: ["objections-raised"], atMost: true },
    {
      key: "stickers",
      left: ["stickers.received"],
      right: ["stickers.used", "stickers.scrapped", "stickers.returned", "stickers.in-hand"],
    },
    { key: "stickers-pasted", left: ["stickers.used"], right: ["mark.sticker", "revoked"], atMost: true },
  ];
}

/** The rules that these figures break; empty if the table may be reported. */
export function balanceOf(
  rules: readonly BalanceRule[],
  definitions: readonly FigureDefinition[],
  figures: Figures,
): BalanceViolation[] {
  const titles = new Map(definitions.map(({ key, title }) => [key, title]));
  const figureOf = (key: string) => figures[key] ?? 0;
  const sideOf = (keys: readonly string[]) => keys.reduce((sum, key) => sum + figureOf(key), 0);
  const toldOf = (keys: readonly string[]) =>
    keys.map((key) => `${titles.get(key) ?? key} ${figureOf(key)}`).join(" + ");
  return rules.flatMap((rule) => {
    const left = sideOf(rule.left);
    const right = sideOf(rule.right);
    if (rule.atMost ? left <= right : left === right) return [];
    const relation = rule.atMost ? "大于" : "不等于";
    return [{ rule: rule.key, text: `${toldOf(rule.left)} ${relation} ${toldOf(rule.right)}`, left, right }];
  });
}

/**
 * Figures whose groups do not add up to the total, because a school is counted in two areas or a district is missing.
 */
export function totalViolationsOf(
  definitions: readonly FigureDefinition[],
  { by, groups, total }: FigureTable,
): BalanceViolation[] {
  return definitions.flatMap(({ key, title, ofStickers }) => {
    if (by !== "area" && ofStickers !== undefined) return [];
    const left = [...groups.values()].reduce((sum, figures) => sum + (figures[key] ?? 0), 0);
    const right = total[key] ?? 0;
    return left === right
      ? []
      : [{ rule: `total.${key}`, text: `${title}：各行合计 ${left} 不等于总计 ${right}`, left, right }];
  });
}
