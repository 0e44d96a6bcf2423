import { roleTitles, type StaffRole } from "@shice/rules/lifecycle/role.ts";
import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { auditRequest } from "../request/audit-request.ts";
import type { RequestContext } from "../request/context.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";

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
    await auditRequest(tx, context, {
      action: "end-post",
      subjectKind: "post",
      subjectId: postId,
      detail: { account: post.account_id, role: post.role, organisation: post.organisation_id },
    });
  });
}

/** Who holds which post now, the newest first: the account administrator's and the security administrator's list. */
export async function listPosts(
  context: RequestContext,
  page: { after?: string | undefined; limit: number; role?: string | undefined; search?: string | undefined },
) {
  const before = parseCursor(page.after, 1)?.[0] ?? null;
  const { role = null, search = "" } = page;
  const part = search === "" ? null : `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const { rows } = await context.services.database.inScope({ kind: "accounts" }, (tx) =>
    sql<{
      id: string;
      account: string;
      name: string;
      role: StaffRole;
      organisation: string;
      since: Temporal.Instant;
      disabled: boolean;
    }>`
      select p.id, a.id as account, a.display_name as name, p.role, o.name as organisation, p.valid_from as since,
        a.disabled_at is not null as disabled
      from shice.post p
      join shice.account a on a.id = p.account_id
      join shice.organisation o on o.id = p.organisation_id
      where p.valid_to is null and (${before}::uuid is null or p.id < ${before}::uuid)
        and (${role}::text is null or p.role = ${role}::text)
        and (${part}::text is null or a.display_name like ${part}::text or o.name like ${part}::text)
      order by p.id desc limit ${page.limit + 1}`.execute(tx),
  );
  return cutPage(
    rows,
    page.limit,
    ({ since, ...row }) => ({
      ...row,
      roleTitle: roleTitles[row.role],
      since: since.toString(),
    }),
    (row) => [row.id],
  );
}
