import { createHash, randomBytes } from "node:crypto";
import { roleTitles, type StaffRole } from "@shice/rules/lifecycle/role.ts";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { auditRequest } from "../request/audit-request.ts";
import type { RequestContext, Services } from "../request/context.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { queueMail, sendSoon } from "./mail-queue.ts";
import { arePowersSeparated, mayLieAt } from "./powers.ts";
import { findPlace, findStaffAccount, listRolesOfPerson } from "./queries.ts";
import { emailIndexOf, emailPurpose, normaliseEmail } from "./sign-in-name.ts";

const validDays = 7;

interface Invitation {
  role: StaffRole;
  organisation: string;
  name: string;
  email: string;
}

/**
 * Invites a member of staff to a post; the token goes by mail and is kept only as its hash.
 * @throws RefusalError post.role-unfit, post.powers-separated where the address is already that of another power
 */
export async function invite(context: RequestContext, input: Invitation) {
  const { services } = context;
  const { mail, invitation, expiresAt } = await services.database.inScope({ kind: "accounts" }, async (tx) => {
    const written = await writeInvitation(tx, services, input, context.session?.accountId ?? null);
    await auditRequest(tx, context, {
      action: "invite",
      subjectKind: "invitation",
      subjectId: written.invitation,
      detail: { role: input.role, organisation: input.organisation },
    });
    const text = invitationText(input, written.organisation, written.token);
    const to = normaliseEmail(input.email);
    return { ...written, mail: await queueMail(tx, services.secrets, { to, subject: "师册：岗位邀请", text }) };
  });
  await sendSoon(services, mail);
  return { invitation, expiresAt: expiresAt.toString() };
}

function invitationText({ name, role }: Invitation, organisation: string, token: string): string {
  return [
    `${name}:`,
    `您被邀请在${organisation}担任教师资格定期注册工作的${roleTitles[role]}。请在${validDays}天内使用下面的邀请码设置密码：`,
    token,
    "如果您不清楚这封邮件的来由，请不要理会。",
  ].join("\n\n");
}

/**
 * Writes an invitation and returns its token. Also how the first administrator of an installation comes to be:
 * there is no default password anywhere.
 */
export async function writeInvitation(tx: Tx, services: Services, input: Invitation, invitedBy: string | null) {
  const { clock, secrets } = services;
  const now = clock.now();
  const { role } = input;
  const place = await findPlace(tx, input.organisation);
  if (place === undefined || !mayLieAt(role, place)) {
    throw new RefusalError({ code: "post.role-unfit", field: "organisation" });
  }
  const emailIndex = emailIndexOf(secrets, input.email);
  const account = await findStaffAccount(tx, emailIndex);
  const held = account?.person_id == null ? [] : await listRolesOfPerson(tx, account.person_id, now);
  if (!arePowersSeparated(held, role)) throw new RefusalError({ code: "post.powers-separated", field: "role" });

  const token = randomBytes(24).toString("base64url");
  const expiresAt = now.add({ hours: validDays * 24 });
  const { id } = await tx
    .insertInto("shice.invitation")
    .values({
      role,
      organisation_id: place.id,
      name: input.name,
      email_sealed: secrets.encrypt(normaliseEmail(input.email), emailPurpose),
      email_index: emailIndex,
      token_hash: tokenHashOf(token),
      invited_by: invitedBy,
      invited_at: now,
      expires_at: expiresAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { invitation: id, organisation: place.name, token, expiresAt };
}

export async function listInvitations(context: RequestContext, page: { after?: string | undefined; limit: number }) {
  const cursor = parseCursor(page.after, 1);
  const rows = await context.services.database.inScope({ kind: "accounts" }, (tx) =>
    tx
      .selectFrom("shice.invitation as i")
      .innerJoin("shice.organisation as o", "o.id", "i.organisation_id")
      .select([
        "i.id",
        "i.role",
        "o.name as organisation",
        "i.name",
        "i.invited_at",
        "i.expires_at",
        "i.accepted_at",
        "i.withdrawn_at",
      ])
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
      withdrawnAt: row.withdrawn_at?.toString() ?? null,
    }),
    (row) => [row.id],
  );
}

/**
 * Takes back an invitation that nobody has accepted: its link no longer works.
 * @throws RefusalError request.not-found
 */
export async function withdrawInvitation(context: RequestContext, id: string): Promise<void> {
  await context.services.database.inScope({ kind: "accounts" }, async (tx) => {
    const withdrawn = await tx
      .updateTable("shice.invitation")
      .set({ withdrawn_at: context.services.clock.now() })
      .where("id", "=", id)
      .where("accepted_at", "is", null)
      .where("withdrawn_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (withdrawn === undefined) throw new RefusalError({ code: "request.not-found" });
    await auditRequest(tx, context, { action: "withdraw-invitation", subjectKind: "invitation", subjectId: id });
  });
}

/** All that is kept of a token. */
export function tokenHashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
