import { databaseScopeOf } from "../application/act.ts";
import { api } from "../application/api.ts";
import type { RequestContext } from "../application/context.ts";
import { cutPage, parseCursor } from "../application/cursor.ts";
import type { Tx } from "../platform/database/database.ts";
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
    const rows = await context.services.database.inScope({ kind: "system" }, (tx) =>
      listFailed(tx, before, input.limit),
    );
    return cutPage(
      rows,
      input.limit,
      (row) => row,
      (row) => [row.id],
    );
  }),
};

function inOwn<T>(context: RequestContext, work: (tx: Tx, accountId: string) => Promise<T>): Promise<T> {
  const actor = context.session?.actor;
  if (actor === undefined || actor === null || actor.accountId === null) {
    throw new RefusalError({ code: "request.unauthenticated" });
  }
  const { accountId } = actor;
  return context.services.database.inScope(databaseScopeOf(actor.scope), (tx) => work(tx, accountId), {
    actorId: accountId,
  });
}
