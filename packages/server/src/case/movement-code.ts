import { type RawBuilder, sql } from "kysely";
import type { Secrets } from "../platform/secrets.ts";
import { canonicalJson, type JsonObject } from "./history.ts";

/** All that a movement of stickers says, as its code is made over it; of the table `m`. */
export const movementContent: RawBuilder<JsonObject> = sql`jsonb_build_object(
  'id', m.id, 'series', m.series_id, 'first', lower(m.serials)::text, 'after', upper(m.serials)::text, 'kind', m.kind,
  'fromPlace', m.from_place, 'from', m.from_organisation_id, 'toPlace', m.to_place, 'to', m.to_organisation_id,
  'conclusion', m.conclusion, 'campaign', m.campaign_id, 'application', m.application_id, 'custodian', m.custodian_id,
  'handler', m.handler_id, 'witness', m.witness, 'reason', m.reason, 'document', m.document,
  'at', extract(epoch from m.at)::text)`;

/** The action under which the audit log keeps the code of a movement; the movement is its subject. */
export const movementAction = "move-stickers";

/** The keyed code of a movement. It lies in the audit log, whose chain says which movements there are. */
export function movementMacOf(secrets: Secrets, content: JsonObject): string {
  return secrets.macOf("movement", canonicalJson(content)).toString("hex");
}
