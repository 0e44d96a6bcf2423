import type { Actor } from "@shice/rules/lifecycle/role.ts";

/** The program itself, acting by its jobs. */
export const systemActor: Actor = {
  role: "system",
  accountId: null,
  personId: null,
  postId: null,
  organisationId: null,
  scope: { kind: "system" },
};
