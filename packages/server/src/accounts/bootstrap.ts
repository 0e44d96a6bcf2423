import { auditRequest } from "../request/audit-request.ts";
import type { Services } from "../request/context.ts";
import { writeInvitation } from "./invitations.ts";

/**
 * The invitation of the first account administrator of a fresh installation, to be shown once to whoever starts it:
 * there is no default account and no default password. Name and address are given by whoever accepts it. Undefined where staff are known or no body exists yet.
 */
export async function inviteFirstAdministrator(services: Services): Promise<string | undefined> {
  return await services.database.inScope({ kind: "accounts" }, async (tx) => {
    const staff = await tx
      .selectFrom("shice.account")
      .select("id")
      .where("kind", "=", "staff")
      .limit(1)
      .executeTakeFirst();
    if (staff !== undefined) return undefined;
    const body = await tx
      .selectFrom("shice.organisation")
      .select("id")
      .where("kind", "!=", "school")
      .where("valid_to", "is", null)
      // The commission, else a centre, else a district's authority: a county may run this alone.
      .orderBy("kind", "desc")
      .orderBy("id")
      .limit(1)
      .executeTakeFirst();
    if (body === undefined) return undefined;
    // An earlier one that nobody took up is withdrawn: the newest alone counts.
    await tx
      .updateTable("shice.invitation")
      .set({ withdrawn_at: services.clock.now() })
      .where("accepted_at", "is", null)
      .execute();
    const invitation = {
      role: "account-administrator" as const,
      organisation: body.id,
      name: "系统管理员",
      email: "administrator@shice.invalid",
    };
    const { token, invitation: id } = await writeInvitation(tx, services, invitation, null);
    const by = { accountId: null, role: "system" as const };
    const context = { services, session: null, requestId: "start" };
    await auditRequest(tx, context, { action: "invite", subjectKind: "invitation", subjectId: id, by });
    return token;
  });
}
