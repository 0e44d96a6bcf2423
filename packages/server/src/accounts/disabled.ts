import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { auditRequest } from "../request/audit-request.ts";
import type { RequestContext } from "../request/context.ts";

/**
 * Disables a member of staff's account, who has left or whose password is known to others, or enables it again. All its
 * sessions end at once; its posts stay as they are for the record. Nobody disables the own account.
 * @throws RefusalError request.not-found, account.own, post.last-administrator
 */
export async function setDisabled(
  context: RequestContext,
  account: string,
  disabled: boolean,
  reason: string,
): Promise<void> {
  const { database, clock } = context.services;
  if (account === context.session?.accountId) throw new RefusalError({ code: "account.own" });
  await database.inScope({ kind: "accounts" }, async (tx) => {
    await sql`select pg_advisory_xact_lock(7233004)`.execute(tx);
    const changed = await tx
      .updateTable("shice.account")
      .set({ disabled_at: disabled ? clock.now() : null })
      .where("id", "=", account)
      .where("kind", "=", "staff")
      .where("disabled_at", disabled ? "is" : "is not", null)
      .returning("id")
      .executeTakeFirst();
    if (changed === undefined) throw new RefusalError({ code: "request.not-found" });
    const { rows } = await sql`
      select from shice.post p join shice.account a on a.id = p.account_id
      where p.role = 'account-administrator' and p.valid_to is null and a.disabled_at is null limit 1`.execute(tx);
    if (rows.length === 0) throw new RefusalError({ code: "post.last-administrator" });
    await auditRequest(tx, context, {
      action: disabled ? "disable-account" : "enable-account",
      subjectKind: "account",
      subjectId: account,
      detail: { reason },
    });
  });
}
