import { decidedStates } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import { type DecidedLine, isDecisionSigned, type SignedDecision } from "../case/signed-decision.ts";
import { stateList, stateText } from "../case/state-sql.ts";
import type { Verification, VerifiedCampaign } from "./verification.ts";

/**
 * Makes every decision's list anew and checks its signature, then holds the cases against the lists in both directions
 * (Notice §三(五)). Memory is bounded by the longest list: a signature is over the whole of it.
 */
export async function verifyDecisions(verification: Verification, campaign: VerifiedCampaign): Promise<void> {
  const { tx, findings } = verification;
  const { rows: decisions } = await sql<SignedDecision>`
    select id, number, kind, decided_at, entries, list_hash, signature, signature_algorithm
    from shice.decision where campaign_id = ${campaign.id} order by decided_at, id`.execute(tx);
  for (const decision of decisions) {
    findings.decisions += 1;
    await verifyList(verification, campaign, decision);
  }
  await compareCases(verification, campaign);
}

async function verifyList(
  { tx, secrets, findings }: Verification,
  campaign: VerifiedCampaign,
  decision: SignedDecision,
): Promise<void> {
  const { rows: lines } = await sql<DecidedLine>`
    select e.position, a.number, a.name, e.conclusion
    from shice.decision_entry e
    left join shice.application a on a.campaign_id = e.campaign_id and a.id = e.application_id
    where e.decision_id = ${decision.id} order by e.position`.execute(tx);
  const signed = isDecisionSigned(secrets, campaign.key, decision, lines);
  // The signature of a list that was altered fails with it.
  if (!signed.list) findings.report("decision.list", decision.id);
  else if (!signed.signature) findings.report("decision.signature", decision.id);
}

async function compareCases({ tx, findings }: Verification, campaign: VerifiedCampaign): Promise<void> {
  const { rows: contradicted } = await sql<{ id: string }>`
    select a.id from shice.application a
    left join lateral (
      select count(*) filter (where d.kind = 'conclude') as concluded, count(*) filter (where d.kind = 'revoke') as revoked,
        min(e.conclusion) filter (where d.kind = 'conclude') as conclusion, min(d.id::text) filter (where d.kind = 'conclude') as decision
      from shice.decision_entry e join shice.decision d on d.id = e.decision_id and d.campaign_id = a.campaign_id
      where e.campaign_id = a.campaign_id and e.application_id = a.id) d on true
    where a.campaign_id = ${campaign.id} and (
      d.concluded > 1 or d.revoked > 1
      or (d.concluded = 1) is distinct from (a.state in ${stateList(decidedStates)})
      or (d.revoked = 1) is distinct from (a.state = ${stateText("revoked")})
      or a.final_conclusion is distinct from d.conclusion or a.decision_id::text is distinct from d.decision)
    order by a.id`.execute(tx);
  for (const { id } of contradicted) findings.report("decision.conclusion", id);

  const { rows: unfounded } = await sql<{ application_id: string; sequence: number }>`
    select h.application_id, h.sequence from shice.application_history h
    where h.campaign_id = ${campaign.id} and h.transition in ('conclude', 'revoke') and not exists (
      select from shice.decision_entry e join shice.decision d on d.id = e.decision_id and d.campaign_id = h.campaign_id
      where e.application_id = h.application_id and e.decision_id::text = h.record ->> 'decision'
        and d.kind = h.transition)
    order by h.application_id, h.sequence`.execute(tx);
  for (const { application_id, sequence } of unfounded) {
    findings.report("decision.missing", application_id, { number: sequence });
  }
}
