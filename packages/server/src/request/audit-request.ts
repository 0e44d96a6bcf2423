import type { AuditAction, AuditRole, AuditSubject } from "@shice/contract/audit-words.ts";
import type { JsonObject } from "../case/history.ts";
import type { Tx } from "../platform/database/database.ts";
import { appendAudit } from "./append-audit.ts";
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

/** Records what was done outside of any campaign: accounts, posts, sessions, the directory. No personal data in it. */
export function auditRequest(tx: Tx, context: Asking, entry: AuditEntry): void {
  auditRequests(tx, context, [entry]);
}

/** The same for what one request did to many. */
export function auditRequests(tx: Tx, context: Asking, entries: readonly AuditEntry[]): void {
  const at = context.services.clock.now();
  const contents = entries.map((entry) => {
    const by = entry.by ?? doerOf(context);
    return {
      at,
      accountId: by.accountId,
      role: by.role,
      organisationId: by.organisationId ?? null,
      action: entry.action,
      campaignId: null,
      subjectKind: entry.subjectKind,
      subjectId: entry.subjectId ?? null,
      detail: entry.detail ?? {},
      request: context.requestId,
    };
  });
  appendAudit(tx, context.services.secrets, contents);
}

function doerOf({ session }: Asking): Doer {
  if (session === null) return { accountId: null, role: "anyone" };
  const { actor, accountId, kind } = session;
  return { accountId, role: actor?.role ?? kind, organisationId: actor?.organisationId ?? null };
}
