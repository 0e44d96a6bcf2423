import { contract } from "@shice/contract/contract.ts";
import { mayCall } from "@shice/contract/may-call.ts";
import type { Role } from "@shice/rules/lifecycle/role.ts";

/** Who keeps the directory; everyone else of the office reads it. */
export function keepsDirectory(role: Role): boolean {
  return mayCall(contract.organisations.addSchools, role);
}
