import type { RosterFacts } from "@shice/rules/roster/read-row.ts";
import { sql } from "kysely";
import type { Secrets } from "../platform/secrets.ts";
import type { ActContext } from "../request/run-act.ts";

const factsPurpose = "roster.facts";

export interface StoredFacts {
  facts: Record<string, unknown>;
  facts_sealed: Buffer | null;
}
export type KnownFacts = RosterFacts & Record<string, unknown>;

/** What a roster knows of a teacher, its sealed half opened. */
export function openFacts({ facts, facts_sealed }: StoredFacts, secrets: Secrets): KnownFacts {
  const sealed: unknown = facts_sealed === null ? {} : JSON.parse(secrets.decrypt(facts_sealed, factsPurpose));
  return { ...facts, ...(typeof sealed === "object" ? sealed : {}) };
}

export function sealFacts(facts: object, secrets: Secrets): Buffer {
  return secrets.encrypt(JSON.stringify(facts), factsPurpose);
}

/** What the roster of this campaign knows of a person; nothing where the person stands on none. */
export async function findRosterFacts({ tx, campaign, secrets }: ActContext, personId: string): Promise<KnownFacts> {
  const { rows } = await sql<StoredFacts>`
    select r.facts, r.facts_sealed from shice.person p
    join shice.roster_entry r on r.campaign_id = ${campaign.id} and r.id_number_index = p.id_number_index
    where p.id = ${personId}`.execute(tx);
  const [row] = rows;
  return row === undefined ? {} : openFacts(row, secrets);
}
