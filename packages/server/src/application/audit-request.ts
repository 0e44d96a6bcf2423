import type { Tx } from "../platform/database/database.ts";
import type { RequestContext } from "./context.ts";
import type { JsonObject } from "./history.ts";

/** Who did it, where that is not the caller's own session and post. */
interface Doer {
  accountId: string | null;
  /** A role, `staff` before a post is chosen, `anyone` before anybody is known. */
  role: string;
  organisationId?: string | null;
}

type Asking = Pick<RequestContext, "services" | "session" | "requestId">;

/** Writes down what was done outside of any campaign: accounts, posts, sessions, the directory. No personal data in it. */
export async function auditRequest(
  tx: Tx,
  context: Asking,
  entry: { action: string; subjectKind: string; subjectId?: string | null; by?: Doer; detail?: JsonObject },
): Promise<void> {
  const by = entry.by ?? doerOf(context);
  await tx
    .insertInto("shice.audit_entry")
    .values({
      at: context.services.clock.now(),
      account_id: by.accountId,
      role: by.role,
      organisation_id: by.organisationId ?? null,
      action: entry.action,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      request: context.requestId,
    })
    .execute();
}

function doerOf({ session }: Asking): Doer {
  if (session === null) return { accountId: null, role: "anyone" };
  const { actor, accountId, kind } = session;
  return { accountId, role: actor?.role ?? kind, organisationId: actor?.organisationId ?? null };
}
