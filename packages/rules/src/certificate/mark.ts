import type { Plan } from "../plan/plan.ts";

type CertificateVersion = "old" | "new";

/** The certificate's version by its year of issue; undefined if the date is not known. */
export function versionByYear(plan: Plan, issuedOn: Temporal.PlainDate | null): CertificateVersion | undefined {
  if (issuedOn === null) return undefined;
  return issuedOn.year >= plan.marking.newVersionSinceYear ? "new" : "old";
}

/**
 * How a certificate is marked, by its version (Notice §三(六)1, 2). The version is the one recorded at the desk, else the
 * one by year of issue; if unknown, the old version.
 */
export function markOf(
  plan: Plan,
  issuedOn: Temporal.PlainDate | null,
  seen: CertificateVersion | null,
): "sticker" | "annotation" | "none" {
  const version = seen ?? versionByYear(plan, issuedOn) ?? "old";
  return version === "new" ? plan.marking.newVersion : plan.marking.oldVersion;
}
