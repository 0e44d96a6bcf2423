import { sql } from "kysely";
import type { Contradiction } from "../case/decided-conclusion.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { appendAudit } from "./append-audit.ts";
import type { RequestContext } from "./context.ts";

interface Contradicted {
  applicationId: string;
  contradiction: Contradiction;
}

/** Nothing is signed for a case whose record contradicts its decision. */
export class ContradictedError extends RefusalError {
  readonly campaignId: string;
  readonly contradicted: Contradicted;

  constructor(campaignId: string, contradicted: Contradicted) {
    super({ code: "proof.contradicted" });
    this.campaignId = campaignId;
    this.contradicted = contradicted;
  }
}

/** Does `work`; where it meets a contradiction, the auditor finds that in the log, although the work comes to nothing. */
export async function noteContradictions<T>(context: RequestContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ContradictedError) await noteContradiction(context, error.campaignId, error.contradicted);
    throw error;
  }
}

/** Records that a case contradicts its decision: once a day and case, however often it is asked for. */
export async function noteContradiction(
  { services, session, requestId }: RequestContext,
  campaignId: string,
  { applicationId, contradiction }: Contradicted,
): Promise<void> {
  const { clock, database, log, secrets } = services;
  const at = clock.now();
  log.error({ request: requestId, code: contradiction }, "a case contradicts its signed decision");
  await database.inScope({ kind: "system" }, async (tx) => {
    const { rows } = await sql`
      select from shice.audit_entry where subject_id = ${applicationId} and action = 'contradicted-conclusion'
        and at > ${at}::timestamptz - interval '1 day' and at <= ${at}::timestamptz limit 1`.execute(tx);
    if (rows.length > 0) return;
    appendAudit(tx, secrets, [
      {
        at,
        accountId: session?.accountId ?? null,
        role: session?.actor?.role ?? "anyone",
        organisationId: session?.actor?.organisationId ?? null,
        action: "contradicted-conclusion",
        campaignId,
        subjectKind: "application",
        subjectId: applicationId,
        detail: { contradiction },
        request: requestId,
      },
    ]);
  });
}
