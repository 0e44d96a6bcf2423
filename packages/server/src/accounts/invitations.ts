import { createHash, randomBytes } from "node:crypto";
import type { StaffRole } from "@shice/rules/lifecycle/role.ts";
import type { RequestContext, Services } from "../application/context.ts";
import { cutPage, parseCursor } from "../application/cursor.ts";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { meOf } from "./me.ts";
import { isWeak } from "./password.ts";
import { arePowersSeparated, mayLieAt } from "./powers.ts";
import { ensurePerson, findOpenInvitation, findSignInAccount, listLiveRoles } from "./queries.ts";
import { checkedPerson } from "./register.ts";
import { createSignIn, openedSession, signIn } from "./sessions.ts";
import { emailIndexOf, idNumberIndexOf, idNumberPurpose, normaliseEmail, signInNameOf } from "./sign-in-name.ts";

const validDays = 7;

export interface Invitation {
  role: string;
  organisation: string;
  name: string;
  email: string;
}

/** Invites a member of staff to a post; the token goes by mail and is kept only as its hash. */
export async function invite(context: RequestContext, input: Invitation) {
  const { services } = context;
  const { invitation, token, expiresAt } = await services.database.inScope({ kind: "accounts" }, (tx) =>
    writeInvitation(tx, services, input, context.session?.accountId ?? null),
  );
  await services.mailer.send({
    to: normaliseEmail(input.email),
    subject: "师册:岗位邀请",
    text: `${input.name}:\n\n您被邀请担任教师资格定期注册工作的岗位。请在${validDays}天内使用下面的邀请码设置密码:\n\n${token}\n\n如果您不清楚这封邮件的来由,请不要理会。`,
  });
  return { invitation, expiresAt: expiresAt.toString() };
}

/**
 * Writes an invitation and returns its token. Also how the first administrator of an installation comes to be:
 * there is no default password anywhere.
 */
export async function writeInvitation(tx: Tx, services: Services, input: Invitation, invitedBy: string | null) {
  const now = services.clock.now();
  const organisation = await tx
    .selectFrom("shice.organisation")
    .select(["id", "kind"])
    .where("id", "=", input.organisation)
    .executeTakeFirst();
  if (organisation === undefined || !mayLieAt(input.role as StaffRole, organisation.kind)) {
    throw new RefusalError({ code: "post.role-unfit", field: "organisation" });
  }
  const token = randomBytes(24).toString("base64url");
  const expiresAt = now.add({ hours: validDays * 24 });
  const { id } = await tx
    .insertInto("shice.invitation")
    .values({
      role: input.role,
      organisation_id: organisation.id,
      name: input.name,
      email_sealed: services.secrets.encrypt(normaliseEmail(input.email), "account.email"),
      email_index: emailIndexOf(services.secrets, input.email),
      token_hash: hashOf(token),
      invited_by: invitedBy,
      invited_at: now,
      expires_at: expiresAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { invitation: id, token, expiresAt };
}

/**
 * Accepts an invitation: sets the password, ties the account to the human being by the document, grants the post.
 * Whoever has a staff account already gives its password and gets a further post.
 * @throws RefusalError token.spent, post.powers-separated, account.password-weak, account.sign-in-failed
 */
export async function acceptInvitation(
  context: RequestContext,
  input: { token: string; password: string; idNumber: string; documentKind: string },
) {
  const { services } = context;
  const { database, secrets } = services;
  const now = services.clock.now();
  const found = await database.inScope({ kind: "accounts" }, async (tx) => {
    const invitation = await findOpenInvitation(tx, hashOf(input.token), now);
    if (invitation === undefined) throw new RefusalError({ code: "token.spent" });
    const signInName = signInNameOf("staff", invitation.email_index);
    const account = await findSignInAccount(tx, { signInNames: [signInName], emailIndex: Buffer.alloc(0) });
    return { invitation, signInName, account };
  });
  const { invitation, signInName } = found;
  const person = checkedPerson({ documentKind: input.documentKind, idNumber: input.idNumber, name: invitation.name });

  let accountId: string;
  let response: Response | undefined;
  if (found.account === undefined) {
    if (isWeak(input.password, [person.idNumber, person.name])) {
      throw new RefusalError({ code: "account.password-weak", field: "password" });
    }
    ({ accountId, response } = await createSignIn(context, signInName, input.password));
  } else {
    const email = secrets.decrypt(invitation.email_sealed, "account.email");
    ({ account: accountId } = await signIn(context, { identifier: email, password: input.password }));
  }

  await database.inScope({ kind: "accounts" }, async (tx) => {
    const open = await findOpenInvitation(tx, hashOf(input.token), now);
    if (open === undefined) throw new RefusalError({ code: "token.spent" });
    if (!arePowersSeparated(await listLiveRoles(tx, accountId), open.role as StaffRole)) {
      throw new RefusalError({ code: "post.powers-separated", field: "role" });
    }
    if (found.account === undefined) {
      const personId = await ensurePerson(tx, {
        name: person.name,
        documentKind: input.documentKind,
        idNumberSealed: secrets.encrypt(person.idNumber, idNumberPurpose),
        idNumberIndex: idNumberIndexOf(secrets, person.idNumber),
        sex: person.parts?.sex ?? null,
        bornOn: person.parts?.bornOn ?? null,
        now,
      });
      await tx
        .insertInto("shice.account")
        .values({
          id: accountId,
          kind: "staff",
          person_id: personId,
          display_name: person.name,
          email_sealed: open.email_sealed,
          email_index: open.email_index,
          created_at: now,
          sign_in_name: signInName,
        })
        .execute();
    }
    await tx
      .insertInto("shice.post")
      .values({
        account_id: accountId,
        role: open.role,
        organisation_id: open.organisation_id,
        valid_from: now,
        granted_by: open.invited_by,
      })
      .execute();
    await tx
      .updateTable("shice.invitation")
      .set({ accepted_at: now, accepted_by: accountId })
      .where("id", "=", open.id)
      .execute();
  });
  if (response !== undefined) return meOf(await openedSession(context, response));
  return await signIn(context, {
    identifier: secrets.decrypt(invitation.email_sealed, "account.email"),
    password: input.password,
  });
}

export async function listInvitations(context: RequestContext, page: { after?: string | undefined; limit: number }) {
  const cursor = parseCursor(page.after, 1);
  const rows = await context.services.database.inScope({ kind: "accounts" }, (tx) =>
    tx
      .selectFrom("shice.invitation as i")
      .innerJoin("shice.organisation as o", "o.id", "i.organisation_id")
      .select(["i.id", "i.role", "o.name as organisation", "i.name", "i.invited_at", "i.expires_at", "i.accepted_at"])
      .$if(cursor !== undefined, (query) => query.where("i.id", "<", cursor?.[0] ?? ""))
      .orderBy("i.id", "desc")
      .limit(page.limit + 1)
      .execute(),
  );
  return cutPage(
    rows,
    page.limit,
    (row) => ({
      id: row.id,
      role: row.role,
      organisation: row.organisation,
      name: row.name,
      invitedAt: row.invited_at.toString(),
      expiresAt: row.expires_at.toString(),
      acceptedAt: row.accepted_at?.toString() ?? null,
    }),
    (row) => [row.id],
  );
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
