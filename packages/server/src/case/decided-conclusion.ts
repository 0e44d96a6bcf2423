import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import type { Secrets } from "../platform/secrets.ts";
import { headMacOf } from "./history.ts";
import { type DecidedLine, isDecisionSigned, type SignedDecision } from "./signed-decision.ts";

/** What signed decisions say of a case. */
type DecidedConclusion =
  | { status: "none" }
  | { status: "contradicted"; applicationId: string; contradiction: Contradiction }
  | {
      status: "decided";
      conclusion: string;
      decision: string;
      decidedAt: Temporal.Instant;
      certificateKind: string | null;
      revoked: boolean;
    };

/** Why nothing is said of a case whose columns claim a conclusion. */
export type Contradiction = "no-decision" | "other-conclusion" | "other-state" | "list-not-signed" | "history-cut";

interface Setting {
  campaign: { id: string; key: string };
  secrets: Secrets;
}

interface DecisionOnCase extends SignedDecision {
  /** Absent where the case is in no decision. */
  id: string;
  application_id: string;
  state: string;
  final_conclusion: string | null;
  decision_id: string | null;
  certificate_kind: string | null;
  last_sequence: number;
  last_hash: Buffer;
  head_mac: Buffer | null;
  conclusion: string;
  lines_digest: Buffer;
}

const concludedStates = new Set(["concluded", "marked", "archived", "revoked"]);

/**
 * The conclusion of the case with this number and whole name, as a decision that this installation signed has it. The
 * columns of the application are never believed: where they say something else, nothing is told but that they do.
 */
export async function findDecidedConclusion(
  tx: Tx,
  setting: Setting,
  asked: { number: string; name: string },
): Promise<DecidedConclusion> {
  const { campaign } = setting;
  const { rows } = await sql<DecisionOnCase>`
    select * from shice.decisions_on(${campaign.id}::uuid, ${asked.number}, ${asked.name})`.execute(tx);
  const [application] = rows;
  if (application === undefined) return { status: "none" };
  const decisions = rows.filter(({ id }) => id !== null);
  const isClaimed =
    application.final_conclusion !== null || application.decision_id !== null || concludedStates.has(application.state);
  if (decisions.length === 0 && !isClaimed) return { status: "none" };

  const contradiction = contradictionOf(setting, application, decisions);
  const applicationId = application.application_id;
  if (contradiction !== undefined) return { status: "contradicted", applicationId, contradiction };
  for (const decision of decisions) {
    if (!(await isSigned(tx, setting, asked, decision))) {
      return { status: "contradicted", applicationId, contradiction: "list-not-signed" };
    }
  }
  const [concluding] = decisions.filter(({ kind }) => kind === "conclude");
  if (concluding === undefined) throw new Error("a conclusion without a concluding decision was not noticed");
  return {
    status: "decided",
    conclusion: concluding.conclusion,
    decision: concluding.number,
    decidedAt: concluding.decided_at,
    certificateKind: concluding.certificate_kind,
    revoked: application.state === "revoked",
  };
}

/** What the columns of the case say against its decisions. */
function contradictionOf(
  { campaign, secrets }: Setting,
  application: DecisionOnCase,
  decisions: readonly DecisionOnCase[],
): Contradiction | undefined {
  const concluding = decisions.filter(({ kind }) => kind === "conclude");
  const revoking = decisions.filter(({ kind }) => kind === "revoke");
  const [concluded] = concluding;
  if (concluded === undefined || concluding.length > 1 || concluded.id !== application.decision_id) {
    return "no-decision";
  }
  if (concluded.conclusion !== application.final_conclusion) return "other-conclusion";
  const isRevoked = application.state === "revoked";
  if (!concludedStates.has(application.state) || (revoking.length === 1) !== isRevoked) return "other-state";
  const head = headMacOf(secrets, { ...application, campaign_id: campaign.id, id: application.application_id });
  // Without it a decision and its act could be taken away together, and with them a revocation.
  return application.head_mac?.equals(head) === true ? undefined : "history-cut";
}

/** Lists whose signature was checked, each by the digest of all that its text is made of. */
const checked = new WeakMap<Secrets, Set<string>>();
const mostChecked = 1000;

/**
 * Whether the decision's list is signed. A list has up to tens of thousands of lines: the database tells by a digest
 * whether it is, to the letter, one that was checked before.
 */
async function isSigned(
  tx: Tx,
  { campaign, secrets }: Setting,
  asked: { number: string; name: string },
  decision: DecisionOnCase,
): Promise<boolean> {
  const known = checked.get(secrets) ?? new Set<string>();
  checked.set(secrets, known);
  const { number, kind, decided_at, entries, list_hash, signature, signature_algorithm, lines_digest } = decision;
  const parts = [campaign.key, number, kind, decided_at.toString(), String(entries), signature_algorithm];
  const bytes = [list_hash, signature, lines_digest].map((part) => part.toString("hex"));
  const key = JSON.stringify([...parts, ...bytes]);
  if (known.has(key)) return true;
  const { rows: lines } = await sql<DecidedLine>`
    select line as position, number, name, conclusion
    from shice.lines_of_decision(${campaign.id}::uuid, ${asked.number}, ${asked.name}, ${decision.id}::uuid)`.execute(
    tx,
  );
  const signed = isDecisionSigned(secrets, campaign.key, decision, lines);
  if (!signed.list || !signed.signature) return false;
  if (known.size >= mostChecked) known.clear();
  known.add(key);
  return true;
}
