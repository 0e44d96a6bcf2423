import { contract } from "@shice/contract/contract.ts";
import { mayCall } from "@shice/contract/may-call.ts";
import type { Role } from "@shice/rules/lifecycle/role.ts";

/** Who may change the directory; every other role of the office reads it. */
export function mayEditDirectory(role: Role): boolean {
  return mayCall(contract.organisations.addSchools, role);
}
