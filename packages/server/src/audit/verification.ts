import type { AuditFault, FaultKind } from "@shice/contract/audit-fault.ts";
import type { Tx } from "../platform/database/database.ts";
import type { Secrets } from "../platform/secrets.ts";

/** How many faults are named; of a record that was rewritten as a whole the rest is only counted. */
const mostNamed = 1000;

/** What a verification works with. It only reads, in batches, so that memory stays level whatever the size. */
export interface Verification {
  tx: Tx;
  secrets: Secrets;
  findings: Findings;
}

/** What was gone through, and what was found wrong. */
export class Findings {
  applications = 0;
  rows = 0;
  decisions = 0;
  auditEntries = 0;
  seals = 0;
  movements = 0;
  faultCount = 0;
  readonly faults: AuditFault[] = [];

  report(kind: FaultKind, subject: string, { number = null, column = null }: Partial<AuditFault> = {}): void {
    this.faultCount += 1;
    if (this.faults.length < mostNamed) this.faults.push({ kind, subject, number, column });
  }
}

/** A campaign, as far as a verification needs it. */
export interface VerifiedCampaign {
  id: string;
  key: string;
}
