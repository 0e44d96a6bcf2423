import { sql } from "kysely";
import { act, look, type Room } from "../application/act.ts";
import { brokenKeyOf } from "../application/constraint.ts";
import type { RequestContext } from "../application/context.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";

/**
 * Does an act; where another's application bears the same certificate number, nothing of it stays, and those who can
 * look at both certificates are told of the two applications: which of them is wrong only the papers show.
 */
export async function tellingOfClashes<T extends object>(
  context: RequestContext,
  { campaign, application }: { campaign: string; application: string },
  work: (room: Room) => Promise<T>,
): Promise<T> {
  try {
    return await act(context, campaign, work);
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === "application.certificate-taken") {
      await look(context, campaign, ({ tx, now }) =>
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
