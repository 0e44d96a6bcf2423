/** All roles (GLOSSARY.md); `system` is the program itself, in its jobs. */
export const roles = [
  "applicant",
  "school-clerk",
  "district-reviewer",
  "district-lead",
  "sticker-custodian",
  "sticker-handler",
  "centre-reviewer",
  "campaign-manager",
  "commission-approver",
  "account-administrator",
  "security-administrator",
  "auditor",
  "system",
] as const;
export type Role = (typeof roles)[number];

/** Roles that a staff account can hold as a post. */
export const staffRoles = roles.filter(
  (role): role is Exclude<Role, "applicant" | "system"> => role !== "applicant" && role !== "system",
);
export type StaffRole = Exclude<Role, "applicant" | "system">;

export const roleTitles: Record<Role, string> = {
  applicant: "申请人",
  "school-clerk": "学校经办人",
  "district-reviewer": "初审员",
  "district-lead": "区县负责人",
  "sticker-custodian": "注册贴保管人",
  "sticker-handler": "注册贴经办人",
  "centre-reviewer": "复核员",
  "campaign-manager": "方案管理员",
  "commission-approver": "终审员",
  "account-administrator": "系统管理员",
  "security-administrator": "安全管理员",
  auditor: "审计员",
  system: "系统",
};

/** The applications that an actor can see: by one column, all, or none. */
export type ActorScope =
  | { kind: "applicant"; id: string }
  | { kind: "school"; id: string }
  | { kind: "authority"; id: string }
  | { kind: "review"; id: string }
  | { kind: "all" }
  | { kind: "accounts" }
  | { kind: "auditor" }
  | { kind: "system" };

/** The actor as the rules see it. `personId` is known if the account is tied to a person. */
export interface Actor {
  role: Role;
  accountId: string | null;
  personId: string | null;
  postId: string | null;
  organisationId: string | null;
  scope: ActorScope;
}

/** The scope of a post. Sticker posts belong to a district or to the centre. */
export function scopeOfPost(
  role: StaffRole,
  organisation: {
    id: string;
    kind: "commission" | "centre" | "authority" | "school";
  },
): ActorScope {
  switch (role) {
    case "school-clerk":
      return { kind: "school", id: organisation.id };
    case "district-reviewer":
    case "district-lead":
      return { kind: "authority", id: organisation.id };
    case "sticker-custodian":
    case "sticker-handler":
      // If several bodies re-check, the commission above them holds the stock, and must see what all areas need.
      if (organisation.kind === "commission") return { kind: "all" };
      return { kind: organisation.kind === "authority" ? "authority" : "review", id: organisation.id };
    case "centre-reviewer":
      return { kind: "review", id: organisation.id };
    case "campaign-manager":
    case "commission-approver":
      return { kind: "all" };
    case "account-administrator":
    case "security-administrator":
      return { kind: "accounts" };
    case "auditor":
      return { kind: "auditor" };
  }
}
