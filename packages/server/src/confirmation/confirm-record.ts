import type { RecordOf } from "@shice/rules/lifecycle/records.ts";
import type { Case } from "../case/facts.ts";

/**
 * What the desk confirms, for the history row: each material as seen, the certificate fields that agree, the version of
 * the certificate (Notice §三(二)1–7, §四(二)). Later checks then cannot change what was confirmed.
 */
export function confirmRecordOf({ row }: Case): RecordOf<"confirm"> {
  const materials = row.material_checks ?? [];
  return {
    materials: materials.map(({ material, originalSeen, copyStamped, copies, signer }) => ({
      material,
      originalSeen,
      copyStamped,
      copies,
      signed: signer !== null,
    })),
    certificate: (row.certificate_checks ?? []).filter(({ agrees }) => agrees).map(({ field }) => field),
    version: row.certificate_version,
  };
}

/** A request to withdraw belongs to the confirmation that it was made against: a new confirmation begins without one. */
export const withdrawalForgotten = { withdrawal_asked_at: null, withdrawal_released_at: null } as const;
