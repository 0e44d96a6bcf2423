import { type DeskItem, isWhole, noTick, type Ticks } from "./ticks.ts";

/** A reason of the plan with what it lets the teacher change (`field:photo`, `material:contract`). */
interface Reason {
  code: string;
  use: readonly string[];
  opens: readonly { key: string }[];
}

/**
 * The reasons for a return that the ticks suggest: for each field that differs from the certificate, and each material
 * that was begun and is not whole, the reason of the plan that opens it and least else. A person decides.
 */
export function suggestReasons(ticks: Ticks, checklist: readonly DeskItem[], reasons: readonly Reason[]): string[] {
  const differing = Object.entries(ticks.certificate).filter(([, agrees]) => !agrees);
  const begun = checklist.filter((item) => isBegun(ticks, item) && !isWhole(item, ticks.materials[item.key]));
  const wanted = [...differing.map(([field]) => `field:${field}`), ...begun.map(({ key }) => `material:${key}`)];
  const narrow = reasons
    .filter(({ use }) => use.includes("return"))
    .toSorted((one, other) => one.opens.length - other.opens.length);
  const found = wanted.flatMap((key) => narrow.find(({ opens }) => opens.some((opened) => opened.key === key)) ?? []);
  return [...new Set(found.map(({ code }) => code))];
}

function isBegun(ticks: Ticks, { key }: DeskItem): boolean {
  const { originalSeen, copyStamped, copies } = ticks.materials[key] ?? noTick;
  return originalSeen || copyStamped || copies > 0;
}
