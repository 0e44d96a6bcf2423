import type { Findings } from "../audit/verification.ts";
import { verifyRecord } from "../audit/verify-record.ts";
import type { Offices } from "./offices-shape.ts";

/** What the verification of the whole record finds, in the auditor's scope. */
export function verified({ campaign, db: { secrets }, services }: Offices): Promise<Findings> {
  return services.database.inScope({ kind: "auditor" }, (tx) => verifyRecord({ tx, secrets }, [campaign]));
}
