import { sql } from "kysely";
import type { RequestContext } from "../application/context.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { auditAccount } from "./account-audit.ts";

/**
 * Ends a post at once: the next request under it is refused, whatever sessions its holder has.
 * @throws RefusalError request.not-found, post.last-administrator
 */
export async function endPost(context: RequestContext, postId: string): Promise<void> {
  const { database, clock } = context.services;
  await database.inScope({ kind: "accounts" }, async (tx) => {
    // Two administrators who end each other's posts come one after the other.
    await sql`select pg_advisory_xact_lock(7233004)`.execute(tx);
    const now = clock.now();
    const post = await tx
      .updateTable("shice.post")
      .set({ valid_to: now })
      .where("id", "=", postId)
      .where("valid_to", "is", null)
      .returning(["account_id", "role", "organisation_id"])
      .executeTakeFirst();
    if (post === undefined) throw new RefusalError({ code: "request.not-found" });
    if (post.role === "account-administrator") {
      const other = await tx
        .selectFrom("shice.post as p")
        .innerJoin("shice.account as a", "a.id", "p.account_id")
        .select("p.id")
        .where("p.role", "=", post.role)
        .where("p.valid_to", "is", null)
        .where("a.disabled_at", "is", null)
        .limit(1)
        .executeTakeFirst();
      if (other === undefined) throw new RefusalError({ code: "post.last-administrator" });
    }
    await auditAccount(tx, context, {
      action: "end-post",
      subjectKind: "post",
      subjectId: postId,
      detail: { account: post.account_id, role: post.role, organisation: post.organisation_id },
    });
  });
}
