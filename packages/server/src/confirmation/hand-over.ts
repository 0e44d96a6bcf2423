import { createHash } from "node:crypto";
import { sql } from "kysely";
import { canonicalJson } from "../case/history.ts";
import { transition } from "../case/transition.ts";
import { type ActContext, bulkOutcomeOf } from "../request/run-act.ts";
import { closeReturns, insertManifest, nextManifestNumber } from "./queries.ts";

/**
 * Hands confirmed cases over to the district, with a manifest of numbered rows in the order given
 * (Notice §三(二): 将本校教师申请材料统一报送). What is refused does not enter the manifest; nothing is handed over twice.
 * Where schools have passed to another district, each district gets its own manifest.
 */
export async function handOver(
  ctx: ActContext,
  name: "hand-over" | "hand-over-again",
  applications: readonly string[],
) {
  const { tx, campaign, now } = ctx;
  const pointId = ctx.actor.scope.kind === "school" ? ctx.actor.scope.id : "";
  const day = now.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate();
  const ids = [...new Set(applications)];
  const authorities = await listAuthoritiesOf(ctx, ids);
  const numbers = new Map<string, string>();
  for (const { id } of new Map(authorities.values().map((authority) => [authority.id, authority])).values()) {
    numbers.set(id, await nextManifestNumber(tx, day));
  }
  const outcomes = await transition(
    ctx,
    name,
    ids.map((applicationId) => ({
      applicationId,
      // A case without an authority is out of the actor's scope and refused, so it needs no number.
      record: { manifest: numbers.get(authorities.get(applicationId)?.id ?? "") ?? "" },
      set: name === "hand-over-again" ? { reply_by: null, answer_to: null } : {},
    })),
  );
  const handed = outcomes.filter((row) => row.ok);
  const manifests = [];
  for (const [authorityId, rows] of Map.groupBy(handed, ({ before }) => before.row.authority_id ?? "")) {
    const number = numbers.get(authorityId) ?? "";
    const list = rows.map(({ before }, at) => ({ position: at + 1, number: before.row.number, name: before.row.name }));
    const id = await insertManifest(ctx, {
      pointId,
      authorityId,
      number,
      listHash: createHash("sha256").update(canonicalJson(list)).digest(),
      items: rows.map((row, at) => ({ position: at + 1, applicationId: row.applicationId })),
    });
    const authority = [...authorities.values()].find((each) => each.id === authorityId)?.name ?? "";
    manifests.push({ id, number, authority, entries: rows.length });
  }
  if (name === "hand-over-again") {
    await closeReturns(
      ctx,
      handed.map(({ applicationId }) => applicationId),
      "answered",
    );
  }
  const [first] = manifests;
  const outcome = bulkOutcomeOf(outcomes);
  return { manifest: first?.id ?? null, number: first?.number ?? null, manifests, outcome };
}

/** To which district each case belongs. */
async function listAuthoritiesOf({ tx, campaign }: ActContext, applications: readonly string[]) {
  const { rows } = await sql<{ application: string; id: string; name: string }>`
    select a.id as application, o.id, o.name from shice.application a join shice.organisation o on o.id = a.authority_id
    where a.campaign_id = ${campaign.id} and a.id = any(${[...applications]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ application, ...authority }) => [application, authority]));
}
