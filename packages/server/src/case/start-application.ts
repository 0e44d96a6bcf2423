import { sql } from "kysely";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { spellingOf } from "../platform/spelling.ts";
import type { CaseTransaction } from "./act-context.ts";
import { type HistoryRow, headMacOf, historyMacOf } from "./history.ts";
import type { CasePlace } from "./school-place.ts";
import { emptyColumns, heldColumnsOf } from "./set-columns.ts";

/**
 * Begins an application: a draft with its number and the first row of its history. The number is the campaign's year
 * and seven digits; it says nothing of the person. The school that begins one for a teacher begins it as its own.
 */
export async function startApplication(
  ctx: CaseTransaction,
  person: { id: string; name: string },
  place: Partial<CasePlace> = {},
): Promise<string> {
  const { tx, campaign, actor, now, secrets } = ctx;
  const { rows } = await sql<{ id: string; number: string }>`
    select uuidv7() as id, ${String(campaign.plan.year)} || lpad(nextval('shice.application_number')::text, 7, '0') as number`.execute(
    tx,
  );
  const made = mustReturnRow(rows, "application number select");
  const held = heldColumnsOf(secrets, {
    ...emptyColumns,
    ...place,
    id: made.id,
    number: made.number,
    person_id: person.id,
    version: 1,
    name: person.name,
    plan_version: campaign.planVersion,
  });
  const history: HistoryRow = {
    campaignId: campaign.id,
    applicationId: made.id,
    sequence: 1,
    transition: "start",
    fromState: null,
    toState: "draft",
    at: now.toString(),
    role: actor.role,
    accountId: actor.accountId,
    personId: actor.personId,
    postId: actor.postId,
    organisationId: actor.organisationId,
    reason: null,
    record: {},
    changes: {},
    sets: held,
    planVersion: campaign.planVersion,
  };
  const spelling = spellingOf(person.name);
  const hash = historyMacOf(secrets, new Uint8Array(), history);
  const headMac = headMacOf(secrets, {
    campaign_id: campaign.id,
    id: made.id,
    last_sequence: 1,
    last_hash: hash,
    state: "draft",
    final_conclusion: null,
    decision_id: null,
    certificate_kind: null,
  });
  await tx
    .insertInto("shice.application")
    .values({
      campaign_id: campaign.id,
      id: made.id,
      number: made.number,
      person_id: person.id,
      name: person.name,
      name_pinyin: spelling.pinyin,
      name_initials: spelling.initials,
      state: "draft",
      ...place,
      plan_version: campaign.planVersion,
      created_at: now,
      changed_at: now,
      state_since: now,
      last_sequence: 1,
      last_hash: hash,
      head_mac: headMac,
    })
    .execute();
  await tx
    .insertInto("shice.application_history")
    .values({
      campaign_id: campaign.id,
      application_id: made.id,
      sequence: 1,
      transition: "start",
      from_state: null,
      to_state: "draft",
      at: now,
      role: actor.role,
      account_id: actor.accountId,
      person_id: actor.personId,
      post_id: actor.postId,
      organisation_id: actor.organisationId,
      record: "{}",
      changes: "{}",
      sets: JSON.stringify(held),
      plan_version: campaign.planVersion,
      previous_hash: Buffer.alloc(0),
      hash,
    })
    .execute();
  return made.id;
}
