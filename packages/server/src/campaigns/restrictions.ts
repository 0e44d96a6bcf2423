import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { endOfRestriction } from "@shice/rules/eligibility/restriction.ts";
import { checkIdNumber, normaliseIdNumber } from "@shice/rules/identity/id-number.ts";
import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { audit } from "../request/audit.ts";
import type { ActContext } from "../request/run-act.ts";

interface EnteredRestriction {
  idNumber: string;
  kind: string;
  from: string;
  until?: string | undefined;
  source: string;
}

/**
 * Enters a person on the restriction list (限制库); it counts once somebody else has reviewed it. Where no end is given
 * it follows from the plan's years for the kind.
 * @throws RefusalError account.id-number, restriction.kind-unknown
 */
export async function enterRestriction(ctx: ActContext, input: EnteredRestriction): Promise<{ restriction: string }> {
  const { actor, campaign, now, secrets, tx } = ctx;
  const [finding] = checkIdNumber(input.idNumber);
  if (finding !== undefined) {
    throw new RefusalError({ code: "account.id-number", sentence: checksSentenceOf(finding), field: "idNumber" });
  }
  if (!campaign.plan.restrictions.some(({ kind }) => kind === input.kind)) {
    throw new RefusalError({ code: "restriction.kind-unknown", field: "kind" });
  }
  const from = Temporal.PlainDate.from(input.from);
  const until =
    input.until === undefined
      ? endOfRestriction(campaign.plan, input.kind, from)
      : Temporal.PlainDate.from(input.until);
  const { id } = await tx
    .insertInto("shice.restriction")
    .values({
      id_number_index: secrets.blindIndex(normaliseIdNumber(input.idNumber), "person.id-number"),
      kind: input.kind,
      from_on: from,
      until_on: until ?? null,
      source: input.source,
      entered_by: actor.accountId ?? "",
      entered_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await audit(ctx, { action: "enter-restriction", subjectKind: "restriction", subjectId: id });
  return { restriction: id };
}

/** @throws RefusalError restriction.same-person */
export async function reviewRestriction(ctx: ActContext, id: string): Promise<{ restriction: string }> {
  const { actor, now, tx } = ctx;
  const entry = await tx
    .selectFrom("shice.restriction")
    .select("entered_by")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (entry === undefined) throw new RefusalError({ code: "request.not-found" });
  if (entry.entered_by === actor.accountId) throw new RefusalError({ code: "restriction.same-person" });
  await tx
    .updateTable("shice.restriction")
    .set({ reviewed_by: actor.accountId ?? "", reviewed_at: now })
    .where("id", "=", id)
    .where("reviewed_at", "is", null)
    .execute();
  await audit(ctx, { action: "review-restriction", subjectKind: "restriction", subjectId: id });
  return { restriction: id };
}

/** The list, the newest first; a name only where the person has registered, for the list itself keeps none. */
export async function listRestrictions({ campaign, tx }: ActContext) {
  const { rows } = await sql<{
    id: string;
    name: string | null;
    kind: string;
    from_on: Temporal.PlainDate;
    until_on: Temporal.PlainDate | null;
    source: string;
    entered_by: string;
    entered_by_name: string | null;
    reviewed_by_name: string | null;
    reviewed_at: Temporal.Instant | null;
  }>`
    select r.id, p.name, r.kind, r.from_on, r.until_on, r.source, r.entered_by, e.display_name as entered_by_name,
      v.display_name as reviewed_by_name, r.reviewed_at
    from shice.restriction r
    left join shice.person p on p.id_number_index = r.id_number_index
    left join shice.account e on e.id = r.entered_by
    left join shice.account v on v.id = r.reviewed_by
    order by r.entered_at desc limit 1000`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    kindName: campaign.plan.restrictions.find(({ kind }) => kind === row.kind)?.name ?? row.kind,
    from: row.from_on.toString(),
    until: row.until_on?.toString() ?? null,
    source: row.source,
    enteredBy: row.entered_by,
    enteredByName: row.entered_by_name,
    reviewedByName: row.reviewed_by_name,
    reviewedAt: row.reviewed_at?.toString() ?? null,
  }));
}
