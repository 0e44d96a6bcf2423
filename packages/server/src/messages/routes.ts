import { databaseScopeOf, getActor } from "../application/act.ts";
import { api } from "../application/api.ts";
import type { RequestContext } from "../application/context.ts";
import { cutPage, parseCursor } from "../application/cursor.ts";
import type { Scope, Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { listFailed, listInbox, markRead } from "./queries.ts";
import { messageTextOf } from "./text.ts";

export const messagesRoutes = {
  listMessages: api.messages.listMessages.handler(({ input, context }) =>
    inOwn(context, async (tx, accountId) => {
      const rows = await listInbox(tx, accountId, parseCursor(input.after, 1)?.[0], input.limit);
      const itemOf = (row: (typeof rows)[number]) => ({
        id: row.id,
        template: row.template,
        ...messageTextOf(row),
        at: row.created_at.toString(),
        readAt: row.read_at?.toString() ?? null,
      });
      return cutPage(rows, input.limit, itemOf, (row) => [row.id]);
    }),
  ),

  markRead: api.messages.markRead.handler(({ input, context }) =>
    inOwn(context, async (tx, accountId) => {
      const found = await markRead(tx, accountId, input.message, context.services.clock.now());
      if (!found) throw new RefusalError({ code: "request.not-found" });
      return { done: true } as const;
    }),
  ),

  listFailed: api.messages.listFailed.handler(async ({ input, context }) => {
    const before = parseCursor(input.after, 1)?.[0];
    const actor = getActor(context);
    // Administrators see that something failed; a clerk sees whom to call.
    const named = actor.role === "school-clerk";
    const scope: Scope = named ? databaseScopeOf(actor.scope) : { kind: "system" };
    const rows = await context.services.database.inScope(scope, (tx) => listFailed(tx, before, input.limit, named));
    return cutPage(
      rows,
      input.limit,
      (row) => row,
      (row) => [row.id],
    );
  }),
};

/** Scopes under which the database shows an account its own messages, with the case that each is about. */
const scopesWithInbox: readonly string[] = ["applicant", "school", "authority", "review", "all"];

/** Everyone who is signed in has an inbox, whichever post is chosen, and with none too. */
function inOwn<T>({ session, services }: RequestContext, work: (tx: Tx, accountId: string) => Promise<T>): Promise<T> {
  if (session === null) throw new RefusalError({ code: "request.unauthenticated" });
  const { accountId, personId, actor } = session;
  const scope: Scope =
    actor !== null && scopesWithInbox.includes(actor.scope.kind)
      ? databaseScopeOf(actor.scope)
      : { kind: "applicant", id: personId ?? accountId };
  return services.database.inScope(scope, (tx) => work(tx, accountId), { actorId: accountId });
}
