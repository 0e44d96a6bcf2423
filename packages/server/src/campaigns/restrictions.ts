import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { checkIdNumber, normaliseIdNumber } from "@shice/rules/identity/id-number.ts";
import { databaseScopeOf, getActor } from "../application/act.ts";
import type { RequestContext } from "../application/context.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";

/** Enters a person on the restriction list; it counts once somebody else has reviewed it. */
export async function enterRestriction(
  context: RequestContext,
  input: { idNumber: string; kind: string; from: string; until?: string | undefined; source: string },
) {
  const { services } = context;
  const actor = getActor(context);
  const [finding] = checkIdNumber(input.idNumber);
  if (finding !== undefined) {
    throw new RefusalError({ code: "account.id-number", sentence: checksSentenceOf(finding), field: "idNumber" });
  }
  const accountId = actor.accountId ?? "";
  const { id } = await services.database.inScope(
    databaseScopeOf(actor.scope),
    (tx) =>
      tx
        .insertInto("shice.restriction")
        .values({
          id_number_index: services.secrets.blindIndex(normaliseIdNumber(input.idNumber), "person.id-number"),
          kind: input.kind,
          from_on: Temporal.PlainDate.from(input.from),
          until_on: input.until === undefined ? null : Temporal.PlainDate.from(input.until),
          source: input.source,
          entered_by: accountId,
          entered_at: services.clock.now(),
        })
        .returning("id")
        .executeTakeFirstOrThrow(),
    { actorId: accountId },
  );
  return { restriction: id };
}

/** @throws RefusalError restriction.same-person */
export async function reviewRestriction(context: RequestContext, id: string) {
  const { services } = context;
  const actor = getActor(context);
  const accountId = actor.accountId ?? "";
  await services.database.inScope(
    databaseScopeOf(actor.scope),
    async (tx) => {
      const entry = await tx
        .selectFrom("shice.restriction")
        .select("entered_by")
        .where("id", "=", id)
        .forUpdate()
        .executeTakeFirst();
      if (entry === undefined) throw new RefusalError({ code: "request.not-found" });
      if (entry.entered_by === accountId) throw new RefusalError({ code: "restriction.same-person" });
      await tx
        .updateTable("shice.restriction")
        .set({ reviewed_by: accountId, reviewed_at: services.clock.now() })
        .where("id", "=", id)
        .where("reviewed_at", "is", null)
        .execute();
    },
    { actorId: accountId },
  );
  return { restriction: id };
}
