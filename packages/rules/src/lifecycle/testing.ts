import type { CaseFacts } from "./facts.ts";
import type { Actor, ActorScope, Role } from "./role.ts";

/** The organisations of the test's case. */
const places = { point: "school-1", authority: "district-1", reviewBody: "centre-1" } as const;
const applicantPerson = "teacher-1";

/** Facts of a case that nothing blocks: a complete, checked draft unless overridden. */
export function caseFacts(overrides: Partial<CaseFacts> = {}): CaseFacts {
  return {
    state: "draft",
    version: 1,
    personId: applicantPerson,
    confirmationPointId: places.point,
    authorityId: places.authority,
    reviewBodyId: places.reviewBody,
    last: null,
    stateBefore: null,
    acts: [],
    replyBy: null,
    answerTo: null,
    blockingFindings: [],
    missingChecks: [],
    notice: null,
    withdrawalAsked: false,
    withdrawalReleased: false,
    hasEntries: true,
    appeal: null,
    signedFor: false,
    assisted: false,
    sight: { how: "roster", by: "account-school-clerk", at: Temporal.Instant.from("2017-09-20T02:00:00Z") },
    extended: [],
    markWith: null,
    hasReview: true,
    carriedOver: false,
    ...overrides,
  };
}

/** An actor in this role whose scope holds the test's case. `who` distinguishes accounts and people. */
export function actorAs(role: Role, who: string = role): Actor {
  if (role === "system") {
    return { role, accountId: null, personId: null, postId: null, organisationId: null, scope: { kind: "system" } };
  }
  const scope = scopeAs(role);
  return {
    role,
    accountId: `account-${who}`,
    personId: role === "applicant" ? applicantPerson : `person-${who}`,
    postId: role === "applicant" ? null : `post-${who}-${role}`,
    organisationId: "id" in scope && role !== "applicant" ? scope.id : null,
    scope,
  };
}

function scopeAs(role: Exclude<Role, "system">): ActorScope {
  switch (role) {
    case "applicant":
      return { kind: "applicant", id: applicantPerson };
    case "school-clerk":
      return { kind: "school", id: places.point };
    case "district-reviewer":
    case "district-lead":
    case "sticker-custodian":
    case "sticker-handler":
      return { kind: "authority", id: places.authority };
    case "centre-reviewer":
      return { kind: "review", id: places.reviewBody };
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
