import { oc } from "@orpc/contract";
import type { Role } from "@shice/rules/lifecycle/role.ts";

/**
 * Who may call an operation: anyone, any signed-in user, or holders of a post (or applicants) with one of the roles.
 * This is the first of three checks; the rules decide on the case, and the database restricts the rows.
 */
export type Callers = "anyone" | "signed-in" | readonly Role[];

export interface OperationMeta {
  callers: Callers;
  /** Available only in training mode. */
  training?: boolean;
  /** Admitted in a campaign that has been closed, as every GET is: it reads, prints, verifies, archives or is a remedy. */
  afterClosing?: boolean;
}

const operation = oc.$meta<OperationMeta>({ callers: [] });

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Declares an operation of the API. `summary` and `tag` appear in the readable description, in Chinese. */
export function call(
  method: Method,
  path: `/${string}`,
  { summary, tag, ...meta }: OperationMeta & { summary: string; tag: string },
) {
  const { callers, afterClosing } = meta;
  return operation.meta(meta).route({
    method,
    path,
    summary,
    tags: [tag],
    description: describeCallers(callers) + (afterClosing === true ? "批次结束后仍可调用。" : ""),
  });
}

function describeCallers(callers: Callers): string {
  if (callers === "anyone") return "任何人可调用，无须登录。";
  if (callers === "signed-in") return "登录后可调用。";
  return `可调用的角色：${callers.join("、")}。`;
}
