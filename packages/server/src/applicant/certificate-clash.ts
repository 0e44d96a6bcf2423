import { certificateFreeStates } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import { sendMessages } from "../message/send-messages.ts";
import { brokenKeyOf } from "../platform/database/constraint.ts";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { RequestContext } from "../request/context.ts";
import { type ActContext, runAct } from "../request/run-act.ts";

/**
 * Does an act; where another's application bears the same certificate number, nothing of it stays, and those who can
 * look at both certificates are told of the two applications: which of them is wrong only the papers show.
 */
export async function tellingOfClashes<T extends object>(
  context: RequestContext,
  { campaign, application }: { campaign: string; application: string },
  work: (ctx: ActContext) => Promise<T>,
): Promise<T> {
  try {
    return await runAct(context, campaign, work);
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === "application.certificate-taken") {
      const { database, clock } = context.services;
      await database.inScope({ kind: "system" }, (tx) => notifyOfClash(tx, application, clock.now()));
    }
    throw error;
  }
}

/** To the clerks and the district's leads of both applications, each with the other one's number; once for each pair. */
async function notifyOfClash(tx: Tx, application: string, now: Temporal.Instant): Promise<void> {
  const offices = sql`
    with pair as (
      select a.campaign_id, a.id, a.number, o.id as other_id, o.number as other_number
      from shice.application a
      join shice.application o on o.campaign_id = a.campaign_id and o.certificate_number_index = a.certificate_number_index
        and o.person_id <> a.person_id and o.state <> all(${[...certificateFreeStates]}::text[])
      where a.id = ${application}),
    side as (
      select campaign_id, id, other_number as other, id || ':' || other_id as pair from pair
      union all
      select campaign_id, other_id, number, id || ':' || other_id from pair)
    select s.campaign_id as campaign, s.id as application, p.organisation, p.role, jsonb_build_object('other', s.other) as parameters,
      'clash:' || s.pair || ':' || s.id as key
    from side s
    join shice.application a on a.campaign_id = s.campaign_id and a.id = s.id
    cross join lateral (values (a.confirmation_point_id, 'school-clerk'), (a.authority_id, 'district-lead')) as p(organisation, role)
    where p.organisation is not null`;
  await sendMessages(tx, offices, { template: "certificate-clash", now });
}

/** Says it in its own words that another application bears the number. @throws RefusalError application.certificate-taken */
export async function withTakenCertificate<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (brokenKeyOf(error) === "campaign_id, certificate_number_index")
      throw new RefusalError({ code: "application.certificate-taken", field: "certificateNumber" });
    throw error;
  }
}
