import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { auditRequest } from "../request/audit-request.ts";
import type { RequestContext, Session } from "../request/context.ts";

export async function listSessions(context: RequestContext, session: Session) {
  const { rows } = await context.services.database.inScope({ kind: "accounts" }, (tx) =>
    sql<{ id: string; created_at: Temporal.Instant; expires_at: Temporal.Instant }>`
      select * from shice.list_sessions(${session.accountId}::uuid)`.execute(tx),
  );
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at.toString(),
    expiresAt: row.expires_at.toString(),
    current: row.id === session.id,
  }));
}

/** Ends one of the caller's own sessions, on whatever device: its next request finds nobody signed in. */
export async function endSession(context: RequestContext, session: Session, id: string): Promise<void> {
  await context.services.database.inScope({ kind: "accounts" }, async (tx) => {
    const { rows } = await sql`select * from shice.end_session(${session.accountId}::uuid, ${id}::uuid)`.execute(tx);
    if (rows.length === 0) throw new RefusalError({ code: "request.not-found" });
    await auditRequest(tx, context, { action: "end-session", subjectKind: "session", subjectId: id });
  });
}
