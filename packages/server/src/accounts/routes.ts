import { RefusalError } from "../platform/http/refusal-error.ts";
import { meOf } from "../request/account-view.ts";
import { api } from "../request/api.ts";
import { makeChallenge } from "../request/challenge.ts";
import type { RequestContext } from "../request/context.ts";
import { databaseScopeOf, getActor } from "../request/run-act.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { finishAssistedReset, startAssistedReset } from "./assisted-reset.ts";
import { changePassword } from "./change-password.ts";
import { askEmailChange, changeMobile, getContacts, resendVerification } from "./contacts.ts";
import { setDisabled } from "./disabled.ts";
import { invite, listInvitations, withdrawInvitation } from "./invitations.ts";
import { askPasswordReset, resetPassword, verifyEmail } from "./password-reset.ts";
import { endPost, listPosts } from "./posts.ts";
import { listColleagues } from "./queries.ts";
import { listRefusedSignIns } from "./refused-sign-ins.ts";
import { register } from "./register.ts";
import { endSession, listSessions } from "./sessions.ts";
import { signIn, signOut } from "./sign-in.ts";

const done = { done: true } as const;

export const accountsRoutes = {
  register: api.accounts.register.handler(({ input, context }) => register(context, input)),
  signIn: api.accounts.signIn.handler(({ input, context }) => signIn(context, input)),
  signOut: api.accounts.signOut.handler(async ({ context }) => {
    await signOut(context);
    return done;
  }),
  me: api.accounts.me.handler(({ context }) => meOf(getSession(context))),
  verifyEmail: api.accounts.verifyEmail.handler(async ({ input, context }) => {
    await verifyEmail(context, input.token);
    return done;
  }),
  askPasswordReset: api.accounts.askPasswordReset.handler(async ({ input, context }) => {
    await askPasswordReset(context, input);
    return done;
  }),
  resetPassword: api.accounts.resetPassword.handler(async ({ input, context }) => {
    await resetPassword(context, input);
    return done;
  }),
  getChallenge: api.accounts.getChallenge.handler(({ context }) => makeChallenge(context.services)),
  resendVerification: api.accounts.resendVerification.handler(async ({ context }) => {
    await resendVerification(context, getSession(context));
    return done;
  }),
  getContacts: api.accounts.getContacts.handler(({ context }) => getContacts(context, getSession(context))),
  askEmailChange: api.accounts.askEmailChange.handler(async ({ input, context }) => {
    await askEmailChange(context, getSession(context), input);
    return done;
  }),
  changeMobile: api.accounts.changeMobile.handler(async ({ input, context }) => {
    await changeMobile(context, getSession(context), input);
    return done;
  }),
  changePassword: api.accounts.changePassword.handler(async ({ input, context }) => {
    await changePassword(context, getSession(context), input);
    return done;
  }),
  startAssistedReset: api.accounts.startAssistedReset.handler(({ input, context }) =>
    startAssistedReset(context, input),
  ),
  finishAssistedReset: api.accounts.finishAssistedReset.handler(async ({ input, context }) => {
    await finishAssistedReset(context, input);
    return done;
  }),
  listSessions: api.accounts.listSessions.handler(({ context }) => listSessions(context, getSession(context))),
  endSession: api.accounts.endSession.handler(async ({ input, context }) => {
    await endSession(context, getSession(context), input.session);
    return done;
  }),
  invite: api.accounts.invite.handler(({ input, context }) => invite(context, input)),
  listInvitations: api.accounts.listInvitations.handler(({ input, context }) => listInvitations(context, input)),
  acceptInvitation: api.accounts.acceptInvitation.handler(({ input, context }) => acceptInvitation(context, input)),
  withdrawInvitation: api.accounts.withdrawInvitation.handler(async ({ input, context }) => {
    await withdrawInvitation(context, input.invitation);
    return done;
  }),
  listPosts: api.accounts.listPosts.handler(({ input, context }) => listPosts(context, input)),
  disableAccount: api.accounts.disableAccount.handler(async ({ input, context }) => {
    await setDisabled(context, input.account, true, input.reason);
    return done;
  }),
  enableAccount: api.accounts.enableAccount.handler(async ({ input, context }) => {
    await setDisabled(context, input.account, false, input.reason);
    return done;
  }),
  listRefusedSignIns: api.accounts.listRefusedSignIns.handler(({ input, context }) =>
    listRefusedSignIns(context, input),
  ),
  endPost: api.accounts.endPost.handler(async ({ input, context }) => {
    await endPost(context, input.post);
    return done;
  }),
  listColleagues: api.accounts.listColleagues.handler(({ input, context }) => {
    const actor = getActor(context);
    return context.services.database.inScope(databaseScopeOf(actor.scope), (tx) =>
      listColleagues(tx, actor.organisationId ?? "", input.role),
    );
  }),
};

function getSession(context: RequestContext) {
  if (context.session === null) throw new RefusalError({ code: "request.unauthenticated" });
  return context.session;
}
