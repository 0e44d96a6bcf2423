import { sql } from "kysely";
import type { CaseTransaction } from "./act-context.ts";

/** Kinds of the restriction list under which the qualification itself is lost or revoked. */
const lossKinds = ["qualification-lost", "revoked-for-conduct", "revoked-for-fraud"];

/** Of these applications, those whose applicant has lost the qualification by a reviewed entry of the restriction list. */
export async function listQualificationLost(
  { campaign, now, tx }: CaseTransaction,
  applicationIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const today = now.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate().toString();
  const { rows } = await sql<{ id: string }>`
    select distinct a.id
    from shice.application a
    join shice.person p on p.id = a.person_id
    join shice.restriction r on r.id_number_index = p.id_number_index
    where a.campaign_id = ${campaign.id} and a.id = any(${applicationIds}::uuid[])
      and r.kind = any(${lossKinds}) and r.reviewed_at is not null
      and r.from_on <= ${today}::date and (r.until_on is null or r.until_on >= ${today}::date)`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
