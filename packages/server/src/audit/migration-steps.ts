import type { Clock } from "../platform/clock.ts";
import type { MigrationSteps } from "../platform/database/migrate.ts";
import type { Secrets } from "../platform/secrets.ts";
import { sealEarlierRecord } from "./seal-earlier-record.ts";

/** What the program itself does in a migration: where the installation's secret is needed, SQL cannot. */
export function migrationStepsOf(secrets: Secrets, clock: Clock): MigrationSteps {
  return { "0028_keyed_record": (tx) => sealEarlierRecord(tx, secrets, clock.now()) };
}
