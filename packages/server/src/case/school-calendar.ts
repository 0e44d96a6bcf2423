import type { Calendar } from "@shice/rules/calendar/window.ts";
import type { CaseTransaction } from "./act-context.ts";
import { calendarWith, listExtensions } from "./campaign.ts";

/**
 * The calendar of a school, or of an office that confirms for its schools: the campaign's, with the extensions of the
 * school and its district merged in.
 */
export async function schoolCalendarOf(
  { tx, campaign }: Pick<CaseTransaction, "tx" | "campaign">,
  organisationId: string | null,
): Promise<Calendar> {
  if (organisationId === null) return campaign.calendar;
  const school = await tx
    .selectFrom("shice.school")
    .select("authority_id")
    .where("organisation_id", "=", organisationId)
    .executeTakeFirst();
  const place = { schoolId: organisationId, authorityId: school?.authority_id ?? organisationId };
  return calendarWith(campaign, await listExtensions(tx, campaign.id, place));
}
