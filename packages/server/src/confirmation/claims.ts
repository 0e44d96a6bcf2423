import { sql } from "kysely";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";

/** A folder in somebody's hands. */
export interface Claim {
  application: string;
  by: string;
  since: Temporal.Instant;
  mine: boolean;
}

/** A folder that has lain on a table for so long was forgotten there: whoever comes next may simply take it. */
const forgottenAfter = Temporal.Duration.from({ hours: 12 });

export function heldRefusal(by: string, since: Temporal.Instant) {
  return { code: "desk.held" as const, by, since: since.toString() };
}

export async function listClaims(
  { tx, campaign, actor, now }: ActContext,
  applications: readonly string[],
): Promise<Map<string, Claim>> {
  const { rows } = await sql<Claim>`
    select k.application_id as application, t.display_name as by, k.since, k.account_id = ${actor.accountId}::uuid as mine
    from shice.desk_claim k join shice.account t on t.id = k.account_id
    where k.campaign_id = ${campaign.id} and k.application_id = any(${[...applications]}::uuid[])
      and k.since > ${now.subtract(forgottenAfter)}`.execute(tx);
  return new Map(rows.map((row) => [row.application, row]));
}

export async function listHeldByOthers(ctx: ActContext, applications: readonly string[]): Promise<Claim[]> {
  return [...(await listClaims(ctx, applications)).values()].filter(({ mine }) => !mine);
}

/** @throws RefusalError desk.held when a colleague has the folder */
export async function mustBeFree(ctx: ActContext, application: string): Promise<void> {
  const [held] = await listHeldByOthers(ctx, [application]);
  if (held !== undefined) throw new RefusalError(heldRefusal(held.by, held.since));
}

/**
 * Takes the folder. From a colleague only with a reason, which is written down.
 * @throws RefusalError desk.held
 */
export async function claim(ctx: ActContext, application: string, reason: string | undefined): Promise<Claim> {
  const { tx, campaign, actor, now } = ctx;
  // Two clerks who reach for it at the same moment: the second waits here and then sees the first.
  await sql`select from shice.application where campaign_id = ${campaign.id} and id = ${application} for update`.execute(
    tx,
  );
  const held = (await listClaims(ctx, [application])).get(application);
  if (held?.mine === true) return held;
  if (held !== undefined) {
    if (reason === undefined) throw new RefusalError(heldRefusal(held.by, held.since));
    await sql`
      insert into shice.desk_takeover (campaign_id, application_id, from_account_id, to_account_id, reason, at)
        select campaign_id, application_id, account_id, ${actor.accountId}, ${reason}, ${now} from shice.desk_claim
        where campaign_id = ${campaign.id} and application_id = ${application}`.execute(tx);
  }
  await sql`
    insert into shice.desk_claim (campaign_id, application_id, account_id, since)
      values (${campaign.id}, ${application}, ${actor.accountId}, ${now})
      on conflict (campaign_id, application_id) do update set account_id = excluded.account_id, since = excluded.since`.execute(
    tx,
  );
  const claims = await listClaims(ctx, [application]);
  return mustReturnRow([...claims.values()], "desk claim select");
}

/** Puts the folder back, whoever of the office had it last. */
export async function dropClaim({ tx, campaign, actor }: ActContext, application: string): Promise<void> {
  await sql`
    delete from shice.desk_claim
    where campaign_id = ${campaign.id} and application_id = ${application} and account_id = ${actor.accountId}`.execute(
    tx,
  );
}
