import type { AnyContractProcedure } from "@orpc/contract";
import { type Role, type StaffRole, staffRoles } from "@shice/rules/lifecycle/role.ts";
import type { Callers, OperationMeta } from "./operation.ts";

/** An operation of the contract: `contract.notice.publish`. */
export type Operation = AnyContractProcedure;

/** Whether the contract lets this role call an operation at all; the rules decide on the case. */
export function mayCall(operation: Operation, role: Role): boolean {
  const meta: Partial<OperationMeta> = operation["~orpc"].meta;
  return isAmong(meta.callers ?? [], role);
}

/** The staff roles that may call an operation. */
export function staffCallersOf(operation: Operation): StaffRole[] {
  return staffRoles.filter((role) => mayCall(operation, role));
}

function isAmong(callers: Callers, role: Role): boolean {
  return callers === "anyone" || callers === "signed-in" || callers.includes(role);
}
