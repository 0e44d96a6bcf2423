import { sql } from "kysely";
import { brokenKeyOf } from "../platform/database/constraint.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { RequestContext } from "../request/context.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";

/**
 * Does an act; where another's application bears the same certificate number, nothing of it stays, and those who can
 * look at both certificates are told of the two applications: which of them is wrong only the papers show.
 */
export async function tellingOfClashes<T extends object>(
  context: RequestContext,
  { campaign, application }: { campaign: string; application: string },
  work: (ctx: ActContext) => Promise<T>,
): Promise<T> {
  try {
    return await runAct(context, campaign, work);
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === "application.certificate-taken") {
      await runRead(context, campaign, ({ tx, now }) =>
        sql`select shice.tell_certificate_clash(${application}::uuid, ${now.toString()}::timestamptz)`.execute(tx),
      );
    }
    throw error;
  }
}

/** Says it in its own words that another application bears the number. @throws RefusalError application.certificate-taken */
export async function withTakenCertificate<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (brokenKeyOf(error) === "campaign_id, certificate_number_index")
      throw new RefusalError({ code: "application.certificate-taken", field: "certificateNumber" });
    throw error;
  }
}
