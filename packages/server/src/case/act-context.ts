import type { Actor } from "@shice/rules/lifecycle/role.ts";
import type { Tx } from "../platform/database/database.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { Campaign } from "./campaign.ts";

/** Where and by whom an act is done: one transaction, one actor, one moment. */
export interface CaseTransaction {
  tx: Tx;
  campaign: Campaign;
  actor: Actor;
  now: Temporal.Instant;
  secrets: Secrets;
}
