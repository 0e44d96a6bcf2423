import { RefusalError } from "../platform/http/refusal-error.ts";
import { ContradictedError } from "../request/contradiction.ts";
import type { CaseTransaction } from "./act-context.ts";
import { findDecidedConclusion } from "./decided-conclusion.ts";
import { getCase } from "./get-case.ts";
import type { ProofText } from "./proof.ts";

/**
 * What a proof of the application's conclusion says: what its signed decision says.
 * @throws RefusalError proof.no-conclusion
 * @throws ContradictedError where the record says something else than the decision
 */
export async function getProofText(ctx: CaseTransaction, applicationId: string): Promise<ProofText> {
  const { row } = await getCase(ctx, applicationId);
  const found = await findDecidedConclusion(ctx.tx, ctx, row);
  if (found.status === "contradicted") throw new ContradictedError(ctx.campaign.id, found);
  if (found.status === "none" || found.revoked) throw new RefusalError({ code: "proof.no-conclusion" });
  return {
    format: 1,
    campaign: ctx.campaign.key,
    number: row.number,
    name: row.name,
    certificateKind: found.certificateKind ?? "",
    conclusion: found.conclusion,
    decision: found.decision,
    decidedAt: found.decidedAt.toString(),
  };
}
