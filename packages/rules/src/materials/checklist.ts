import type { Concerns, MaterialVariant, Plan } from "../plan/plan.ts";

/** Whom a plan's variant speaks of, as far as materials and conditions ask. */
export interface TeacherStanding {
  newlyHired: boolean;
  registrationKind: "first" | "periodic";
}

/** One line of the confirmation checklist, for one teacher. */
export interface ChecklistItem extends MaterialVariant {
  key: string;
  item: number;
  source: string;
}

/** What was recorded at the desk for one material. */
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
 * The materials that this teacher must bring, each in the alternative that applies
 * (Notice §三(二)1–7: new hires bring other proofs for items 4 and 5).
 */
export function checklistOf(plan: Plan, standing: TeacherStanding): ChecklistItem[] {
  return plan.materials.flatMap((material) => {
    const variant = material.variants.find((candidate) => isConcerned(candidate.concerns, standing));
    if (variant === undefined) return [];
    return [{ ...variant, key: material.key, item: material.item, source: material.source }];
  });
}

/** Names of the materials that are not yet complete: original, stamp, copies, signer of what the school supplies. */
export function missingOf(checklist: readonly ChecklistItem[], records: readonly MaterialRecord[]): string[] {
  return checklist
    .filter((item) => {
      const record = records.find((candidate) => candidate.material === item.key);
      return record === undefined || !isComplete(item, record);
    })
    .map((item) => item.name);
}

function isComplete(item: ChecklistItem, record: MaterialRecord): boolean {
  return (
    (!item.originalSeen || record.originalSeen) &&
    (!item.copyStamped || record.copyStamped) &&
    record.copies >= item.copies &&
    (item.suppliedBy !== "school" || (record.signer !== null && record.signer.trim() !== ""))
  );
}
