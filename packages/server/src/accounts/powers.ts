import type { StaffRole } from "@shice/rules/lifecycle/role.ts";

const administrators: readonly string[] = ["account-administrator", "security-administrator", "auditor"];

/** The kinds of organisation at which a role's post may lie. */
const places: Readonly<Record<StaffRole, readonly string[]>> = {
  "school-clerk": ["school", "authority"],
  "district-reviewer": ["authority"],
  "district-lead": ["authority"],
  "sticker-custodian": ["authority", "centre", "commission"],
  "sticker-handler": ["authority", "centre", "commission"],
  "centre-reviewer": ["centre"],
  "campaign-manager": ["centre", "commission"],
  "commission-approver": ["commission"],
  "account-administrator": ["centre", "commission"],
  "security-administrator": ["centre", "commission"],
  auditor: ["centre", "commission"],
};

export function mayLieAt(role: StaffRole, organisationKind: string): boolean {
  return places[role].includes(organisationKind);
}

/** Three separated powers (三权分立): an administrator or auditor holds no second of these posts and decides nothing. */
export function arePowersSeparated(held: readonly string[], role: StaffRole): boolean {
  const others = held.filter((other) => other !== role);
  return administrators.includes(role) ? others.length === 0 : !others.some((other) => administrators.includes(other));
}
