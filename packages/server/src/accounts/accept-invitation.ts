import { listPasswordLacks } from "@shice/rules/account/password.ts";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { meOf } from "../request/account-view.ts";
import { auditRequest } from "../request/audit-request.ts";
import type { RequestContext } from "../request/context.ts";
import { tokenHashOf } from "./invitations.ts";
import { arePowersSeparated } from "./powers.ts";
import {
  findOpenInvitation,
  findPerson,
  findStaffAccount,
  type InvitationRow,
  listRolesOfPerson,
  proveEmail,
  type SignInAccount,
} from "./queries.ts";
import { type CheckedPerson, checkedEmail, checkedPerson, mustBeSamePerson, personIdOf } from "./register.ts";
import { createSignIn, openedSession, tryPassword } from "./sign-in.ts";
import { emailIndexOf, emailPurpose, idNumberIndexOf, signInNameOf } from "./sign-in-name.ts";

interface Acceptance {
  token: string;
  password: string;
  idNumber: string;
  documentKind: string;
  name?: string | undefined;
  email?: string | undefined;
}

/** Who accepts, as far as it is known before the password is looked at. */
interface Accepting {
  invitation: InvitationRow;
  person: CheckedPerson;
  email: string;
  emailIndex: Buffer;
  account: SignInAccount | undefined;
}

/**
 * Sets a password and ties the account to a human being. Staff known by this e-mail give the password they have and get
 * the second post on the same account; someone known by another e-mail gets an account beside it, and still holds no
 * two of the separated powers.
 * @throws RefusalError token.spent, post.powers-separated, post.held-already, account.password-weak,
 * account.person-differs, account.sign-in-failed, account.locked
 */
export async function acceptInvitation(context: RequestContext, input: Acceptance) {
  const { database, secrets } = context.services;
  const accepting = await database.inScope({ kind: "accounts" }, (tx) => lookUp(tx, context, input));
  const { account, person, emailIndex } = accepting;
  if (account === undefined && listPasswordLacks(input.password, [person.idNumber, person.name]).length > 0) {
    throw new RefusalError({ code: "account.password-weak", field: "password" });
  }
  const opened =
    account === undefined
      ? await createSignIn(context, signInNameOf("staff", emailIndex), input.password)
      : await tryPassword(context, { kind: "email", index: emailIndex }, input.password);
  try {
    await database.inScope({ kind: "accounts" }, async (tx) => {
      const now = context.services.clock.now();
      // Looked up again under its lock: of two who accept at once, one finds it spent.
      const invitation = await findOpenInvitation(tx, tokenHashOf(input.token), now);
      if (invitation === undefined) throw new RefusalError({ code: "token.spent" });
      const personId = await personIdOf(tx, secrets, person, now);
      if (account === undefined)
        await writeAccount(tx, context, { ...accepting, accountId: opened.accountId, personId, now });
      else if (account.person_id !== personId)
        throw new RefusalError({ code: "account.person-differs", field: "idNumber" });
      await takePost(tx, context, { invitation, accountId: opened.accountId, personId, now });
    });
  } catch (error) {
    await opened.undo();
    throw error;
  }
  return meOf(await openedSession(context, opened));
}

/** The first look: refuses what cannot be accepted before anything is made. */
async function lookUp(tx: Tx, { services: { clock, secrets } }: RequestContext, input: Acceptance): Promise<Accepting> {
  const now = clock.now();
  const invitation = await findOpenInvitation(tx, tokenHashOf(input.token), now);
  if (invitation === undefined) throw new RefusalError({ code: "token.spent" });
  // The first administrator is invited by the program, which knows neither name nor address.
  const isFirst = invitation.invited_by === null;
  const person = checkedPerson({ ...input, name: (isFirst ? input.name : undefined) ?? invitation.name });
  const email =
    isFirst && input.email !== undefined
      ? checkedEmail(input.email)
      : secrets.decrypt(invitation.email_sealed, emailPurpose);
  const emailIndex = emailIndexOf(secrets, email);
  const account = await findStaffAccount(tx, emailIndex);
  const known = await findPerson(tx, person.documentKind, idNumberIndexOf(secrets, person.idNumber));
  mustBeSamePerson(known, person.name);
  if (known !== undefined) await mustBeSeparated(tx, known.id, invitation, now);
  return { invitation, person, email, emailIndex, account };
}

async function writeAccount(
  tx: Tx,
  { services: { secrets } }: RequestContext,
  made: Accepting & { accountId: string; personId: string; now: Temporal.Instant },
): Promise<void> {
  await tx
    .insertInto("shice.account")
    .values({
      id: made.accountId,
      kind: "staff",
      person_id: made.personId,
      display_name: made.person.name,
      email_sealed: secrets.encrypt(made.email, emailPurpose),
      email_index: made.emailIndex,
      created_at: made.now,
      sign_in_name: signInNameOf("staff", made.emailIndex),
    })
    .execute();
  // The token came by mail to this address; the first one was shown on the screen of whoever started the program.
  if (made.invitation.invited_by !== null) await proveEmail(tx, made.accountId);
}

async function takePost(
  tx: Tx,
  context: RequestContext,
  post: { invitation: InvitationRow; accountId: string; personId: string; now: Temporal.Instant },
): Promise<void> {
  const { invitation, accountId, personId, now } = post;
  await mustBeSeparated(tx, personId, invitation, now);
  const held = await tx
    .insertInto("shice.post")
    .values({
      account_id: accountId,
      role: invitation.role,
      organisation_id: invitation.organisation_id,
      valid_from: now,
      granted_by: invitation.invited_by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (held === undefined) throw new RefusalError({ code: "post.held-already" });
  await tx
    .updateTable("shice.invitation")
    .set({ accepted_at: now, accepted_by: accountId })
    .where("id", "=", invitation.id)
    .execute();
  await auditRequest(tx, context, {
    action: "accept-invitation",
    subjectKind: "post",
    subjectId: held.id,
    by: { accountId, role: invitation.role, organisationId: invitation.organisation_id },
    detail: { invitation: invitation.id },
  });
}

async function mustBeSeparated(
  tx: Tx,
  personId: string,
  { role }: InvitationRow,
  now: Temporal.Instant,
): Promise<void> {
  if (!arePowersSeparated(await listRolesOfPerson(tx, personId, now), role)) {
    throw new RefusalError({ code: "post.powers-separated", field: "role" });
  }
}
