import type { Scope, Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { auditRequest } from "../request/audit-request.ts";
import type { RequestContext } from "../request/context.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { databaseScopeOf, getActor, runAct, runRead } from "../request/run-act.ts";
import { circularViewOf, countAudience, listCirculars, sendCircular } from "./circulars.ts";
import { findPreferences, listFailed, listInbox, markAllRead, markRead, writePreferences } from "./queries.ts";
import { messageTextOf } from "./text.ts";
import { listWordings, setWording } from "./wordings.ts";

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

  markAllRead: api.messages.markAllRead.handler(({ context }) =>
    inOwn(context, async (tx, accountId) => ({ done: await markAllRead(tx, accountId, context.services.clock.now()) })),
  ),

  getPreferences: api.messages.getPreferences.handler(({ context }) =>
    inAccounts(context, async (tx, accountId) => {
      const found = await findPreferences(tx, accountId);
      if (found === undefined) throw new RefusalError({ code: "request.not-found" });
      return { mail: found.mail_wanted, sms: found.sms_wanted, hasMobile: found.has_mobile };
    }),
  ),

  setPreferences: api.messages.setPreferences.handler(({ input, context }) =>
    inAccounts(context, async (tx, accountId) => {
      await writePreferences(tx, accountId, input);
      return { done: true } as const;
    }),
  ),

  countAudience: api.messages.countAudience.handler(({ input, context }) =>
    runRead(context, input.campaign, countAudience),
  ),

  sendCircular: api.messages.sendCircular.handler(({ input, context }) =>
    runAct(context, input.campaign, (ctx) => sendCircular(ctx, input)),
  ),

  listCirculars: api.messages.listCirculars.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listCirculars(ctx, parseCursor(input.after, 1)?.[0], input.limit);
      return cutPage(rows, input.limit, circularViewOf, (row) => [row.id]);
    }),
  ),

  listWordings: api.messages.listWordings.handler(({ context }) =>
    context.services.database.inScope(databaseScopeOf(getActor(context).scope), listWordings),
  ),

  setWording: api.messages.setWording.handler(({ input: { template, words }, context }) => {
    const { scope, accountId: account } = getActor(context);
    return context.services.database.inScope(
      databaseScopeOf(scope),
      async (tx) => {
        const now = context.services.clock.now();
        const { short, ...rest } = words ?? { title: "", text: "" };
        const own = words === null ? null : { ...rest, ...(short === undefined ? {} : { short }) };
        const view = await setWording(tx, { template, words: own }, { account, now });
        await auditRequest(tx, context, {
          action: "set-wording",
          subjectKind: "message",
          subjectId: null,
          detail: { template, version: view.version },
        });
        return view;
      },
      account === null ? {} : { actorId: account },
    );
  }),

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

/** How an account is told is kept with the account. */
function inAccounts<T>(
  { session, services }: RequestContext,
  work: (tx: Tx, accountId: string) => Promise<T>,
): Promise<T> {
  if (session === null) throw new RefusalError({ code: "request.unauthenticated" });
  const { accountId } = session;
  return services.database.inScope({ kind: "accounts" }, (tx) => work(tx, accountId), { actorId: accountId });
}

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
