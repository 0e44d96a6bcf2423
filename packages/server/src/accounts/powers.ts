import type { StaffRole } from "@shice/rules/lifecycle/role.ts";

const administrators: readonly string[] = ["account-administrator", "security-administrator", "auditor"];

/** What decides whether a post may lie at a body. */
interface OrganisationPlace {
  kind: string;
  /** Operator of a campaign. */
  operates: boolean;
  /** A district's office that confirms for schools, by a plan or for a single one. */
  confirms: boolean;
}

/** The kinds of organisation at which a role's post may lie; those of the three powers lie anywhere. */
const places: Readonly<Record<StaffRole, (place: OrganisationPlace) => boolean>> = {
  "school-clerk": ({ kind, confirms }) => kind === "school" || (kind === "authority" && confirms),
  "district-reviewer": ({ kind }) => kind === "authority",
  "district-lead": ({ kind }) => kind === "authority",
  // Where no centre exists, the commission keeps the stock.
  "sticker-custodian": ({ kind }) => kind !== "school",
  "sticker-handler": ({ kind }) => kind !== "school",
  "centre-reviewer": ({ kind }) => kind === "centre",
  "campaign-manager": ({ kind, operates }) => kind === "centre" || operates,
  "commission-approver": ({ kind }) => kind === "commission",
  "account-administrator": () => true,
  "security-administrator": () => true,
  auditor: () => true,
};

export function mayLieAt(role: StaffRole, place: OrganisationPlace): boolean {
  return places[role](place);
}

/** Three separated powers (三权分立): an administrator or auditor holds no second of these posts and decides nothing. */
export function arePowersSeparated(held: readonly string[], role: StaffRole): boolean {
  const others = held.filter((other) => other !== role);
  return administrators.includes(role) ? others.length === 0 : !others.some((other) => administrators.includes(other));
}
