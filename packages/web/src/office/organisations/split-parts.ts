import type { SchoolPage } from "@shice/contract/organisations.ts";

/** A part of a school that is split, while it is being entered. */
export interface Part {
  key: string;
  mode: "new" | "known";
  name: string;
  kind: SchoolPage["kind"] | undefined;
  school: string | undefined;
}

export const stays = "stays";

export function newPart(mode: Part["mode"] = "new"): Part {
  return { key: crypto.randomUUID(), mode, name: "", kind: undefined, school: undefined };
}

/** How a part is called in choices before and after it has its name. */
export function labelOf(part: Part, at: number): string {
  return part.name.trim() === "" ? `第${at + 1}所` : part.name.trim();
}

/** What still has to be entered before a school can be split; undefined once all is there. */
export function lackOf(parts: readonly Part[], rest: string | undefined, reason: string): string | undefined {
  for (const [at, part] of parts.entries()) {
    if (part.mode === "known" && part.school === undefined) return `请选择第${at + 1}所学校。`;
    if (part.mode === "new" && part.name.trim().length < 2) return `请填写第${at + 1}所学校的全称。`;
    if (part.mode === "new" && part.kind === undefined) return `请选择第${at + 1}所学校的类别。`;
  }
  if (parts.length === 0) return "请写明分立后的学校。";
  if (rest === undefined) return "请选定其余人员到哪一所学校。";
  return reason.trim().length < 2 ? "请填写依据。" : undefined;
}

/** The parts as the call takes them, and which of them takes the rest. */
export function sentOf(parts: readonly Part[], rest: string, assigned: ReadonlyMap<string, string>) {
  const at = new Map(parts.map(({ key }, index) => [key, index]));
  return {
    parts: parts.map((part) =>
      part.mode === "known"
        ? { school: part.school ?? "" }
        : { name: part.name.trim(), kind: part.kind ?? ("primary" as const) },
    ),
    rest: rest === stays ? null : (at.get(rest) ?? 0),
    assigned: [...assigned].flatMap(([person, key]) => {
      const part = at.get(key);
      return part === undefined ? [] : [{ person, part }];
    }),
  };
}
