import { hash } from "@node-rs/argon2";
import { listPasswordLacks } from "@shice/rules/account/password.ts";
import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { auditRequest } from "../request/audit-request.ts";
import type { RequestContext, Session } from "../request/context.ts";
import { argon2Cost } from "./auth.ts";
import { checkOwnPassword } from "./contacts.ts";

/**
 * A new password for the one who knows the old; ends all other sessions.
 * @throws RefusalError account.password-weak, account.password-wrong, account.locked
 */
export async function changePassword(
  context: RequestContext,
  session: Session,
  input: { current: string; password: string },
): Promise<void> {
  if (listPasswordLacks(input.password, [session.name]).length > 0) {
    throw new RefusalError({ code: "account.password-weak", field: "password" });
  }
  try {
    await checkOwnPassword(context, session, input.current);
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === "account.password-wrong") {
      throw new RefusalError({ code: "account.password-wrong", field: "current" });
    }
    throw error;
  }
  const passwordHash = await hash(input.password, argon2Cost);
  await context.services.database.inScope({ kind: "accounts" }, async (tx) => {
    await sql`select shice.set_password(${session.accountId}::uuid, ${passwordHash}),
      shice.end_other_sessions(${session.accountId}::uuid, ${session.id}::uuid)`.execute(tx);
    await auditRequest(tx, context, {
      action: "change-password",
      subjectKind: "account",
      subjectId: session.accountId,
    });
  });
}
