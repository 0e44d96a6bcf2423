import type { Concerns, MaterialVariant, Plan } from "../plan/plan.ts";

/** The facts about a teacher that select a plan's variant of materials and conditions. */
export interface TeacherStanding {
  newlyHired: boolean;
  registrationKind: "first" | "periodic";
}

/** One line of one teacher's confirmation checklist. */
export interface ChecklistItem extends MaterialVariant {
  key: string;
  item: number;
  source: string;
}

/** The desk's record of one material. */
export interface MaterialRecord {
  material: string;
  originalSeen: boolean;
  copyStamped: boolean;
  copies: number;
  suppliedBy: string;
  signer: string | null;
}

export function isConcerned(concerns: Concerns, { newlyHired, registrationKind }: TeacherStanding): boolean {
  switch (concerns) {
    case "everyone":
      return true;
    case "newly-hired":
      return newlyHired;
    case "serving":
      return !newlyHired;
    case "first-registration":
      return registrationKind === "first";
    case "periodic-registration":
      return registrationKind === "periodic";
  }
}

/**
 * The materials that this teacher must bring, each in the variant that applies (Notice §三(二)1–7: new hires bring other
 * proofs for items 4 and 5).
 */
export function checklistOf(plan: Plan, standing: TeacherStanding): ChecklistItem[] {
  return plan.materials.flatMap((material) => {
    const variant = material.variants.find((candidate) => isConcerned(candidate.concerns, standing));
    if (variant === undefined) return [];
    return [{ ...variant, key: material.key, item: material.item, source: material.source }];
  });
}

/** What the desk's record of one material still lacks. */
type Gap = "record" | "original" | "stamp" | "copies" | "signer";

interface IncompleteItem {
  item: ChecklistItem;
  gaps: readonly Gap[];
}

/**
 * The incomplete materials, each with what is missing: the record, the original, the stamp on the copy, copies, or the
 * signer of a sheet from the school (Notice §三(二)).
 */
export function listIncomplete(
  checklist: readonly ChecklistItem[],
  records: readonly MaterialRecord[],
): IncompleteItem[] {
  return checklist.flatMap((item) => {
    const record = records.find((candidate) => candidate.material === item.key);
    const gaps = record === undefined ? (["record"] as const) : gapsOf(item, record);
    return gaps.length === 0 ? [] : [{ item, gaps }];
  });
}

function gapsOf(item: ChecklistItem, record: MaterialRecord): Gap[] {
  const gaps: Gap[] = [];
  if (item.originalSeen && !record.originalSeen) gaps.push("original");
  if (item.copyStamped && !record.copyStamped) gaps.push("stamp");
  if (!(record.copies >= item.copies)) gaps.push("copies");
  if (item.suppliedBy === "school" && (record.signer ?? "").trim() === "") gaps.push("signer");
  return gaps;
}

/** Names of the incomplete materials. */
export function missingOf(checklist: readonly ChecklistItem[], records: readonly MaterialRecord[]): string[] {
  return listIncomplete(checklist, records).map(({ item }) => item.name);
}
