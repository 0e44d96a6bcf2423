import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { getCase } from "./get-case.ts";
import type { ProofText } from "./proof.ts";

/** What a proof of the application's conclusion says. @throws RefusalError proof.no-conclusion */
export async function getProofText(ctx: ActContext, applicationId: string): Promise<ProofText> {
  const { row } = await getCase(ctx, applicationId);
  const decision =
    row.decision_id === null
      ? undefined
      : await ctx.tx
          .selectFrom("shice.decision")
          .select(["number", "decided_at"])
          .where("id", "=", row.decision_id)
          .executeTakeFirst();
  if (decision === undefined || row.final_conclusion === null || row.state === "revoked") {
    throw new RefusalError({ code: "proof.no-conclusion" });
  }
  return {
    format: 1,
    campaign: ctx.campaign.key,
    number: row.number,
    name: row.name,
    certificateKind: row.certificate_kind ?? "",
    conclusion: row.final_conclusion,
    decision: decision.number,
    decidedAt: decision.decided_at.toString(),
  };
}
