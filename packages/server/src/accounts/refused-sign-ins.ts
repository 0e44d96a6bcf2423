import { isRefusalCode } from "@shice/contract/sentences.zh.ts";
import { sql } from "kysely";
import type { RequestContext } from "../request/context.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";

/** What a refusal of a sign-in was, in the words of an administrator: the user is told less. */
const sentences: Record<string, string> = {
  "account.sign-in-failed": "账号或密码不对，或账号已停用",
  "account.locked": "多次输错密码，暂时锁定",
};

/** Sign-ins that were refused, the newest first; with a name only where the account exists. */
export async function listRefusedSignIns(context: RequestContext, page: { after?: string | undefined; limit: number }) {
  const before = parseCursor(page.after, 1)?.[0] ?? null;
  const { rows } = await context.services.database.inScope({ kind: "accounts" }, (tx) =>
    sql<{ id: string; at: Temporal.Instant; name: string | null; code: string | null }>`
      select e.id, e.at, a.display_name as name, e.detail->>'code' as code
      from shice.audit_entry e left join shice.account a on a.id = e.subject_id
      where e.action = 'refuse-sign-in' and (${before}::uuid is null or e.id < ${before}::uuid)
      order by e.id desc limit ${page.limit + 1}`.execute(tx),
  );
  return cutPage(
    rows,
    page.limit,
    ({ id, at, name, code }) => ({
      id,
      at: at.toString(),
      name,
      sentence: code !== null && isRefusalCode(code) ? (sentences[code] ?? code) : "登录被拒绝",
    }),
    (row) => [row.id],
  );
}
