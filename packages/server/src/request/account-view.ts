import { roleTitles } from "@shice/rules/lifecycle/role.ts";
import type { Session } from "./context.ts";

/** The account as its owner sees it. */
export function meOf(session: Pick<Session, "accountId" | "kind" | "name" | "personId" | "emailVerified" | "posts">) {
  return {
    account: session.accountId,
    kind: session.kind,
    name: session.name,
    person: session.personId,
    emailVerified: session.emailVerified,
    posts: session.posts.map((post) => ({
      id: post.id,
      role: post.role,
      roleTitle: roleTitles[post.role],
      organisation: post.organisation.name,
      organisationId: post.organisation.id,
      organisationKind: post.organisation.kind,
    })),
  };
}
