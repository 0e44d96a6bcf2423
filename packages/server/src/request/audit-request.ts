import type { AuditAction, AuditRole, AuditSubject } from "@shice/contract/audit-words.ts";
import type { JsonObject } from "../case/history.ts";
import type { Tx } from "../platform/database/database.ts";
import type { RequestContext } from "./context.ts";

/** Who did it, where that is not the caller's own session and post. */
interface Doer {
  accountId: string | null;
  /** A role, `staff` before a post is chosen, `anyone` before anybody is known. */
  role: AuditRole;
  organisationId?: string | null;
}

type Asking = Pick<RequestContext, "services" | "session" | "requestId">;

interface AuditEntry {
  action: AuditAction;
  subjectKind: AuditSubject;
  subjectId?: string | null;
  by?: Doer;
  detail?: JsonObject;
}

/** Writes down what was done outside of any campaign: accounts, posts, sessions, the directory. No personal data in it. */
export async function auditRequest(tx: Tx, context: Asking, entry: AuditEntry): Promise<void> {
  await auditRequests(tx, context, [entry]);
}

/** The same for what one request did to many, in one statement. */
export async function auditRequests(tx: Tx, context: Asking, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const at = context.services.clock.now();
  await tx
    .insertInto("shice.audit_entry")
    .values(
      entries.map((entry) => {
        const by = entry.by ?? doerOf(context);
        return {
          at,
          account_id: by.accountId,
          role: by.role,
          organisation_id: by.organisationId ?? null,
          action: entry.action,
          subject_kind: entry.subjectKind,
          subject_id: entry.subjectId ?? null,
          detail: JSON.stringify(entry.detail ?? {}),
          request: context.requestId,
        };
      }),
    )
    .execute();
}

function doerOf({ session }: Asking): Doer {
  if (session === null) return { accountId: null, role: "anyone" };
  const { actor, accountId, kind } = session;
  return { accountId, role: actor?.role ?? kind, organisationId: actor?.organisationId ?? null };
}
