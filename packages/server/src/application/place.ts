import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Patch } from "./patch.ts";
import type { Door } from "./transition.ts";

/**
 * The columns that follow from a school: confirmation point, authority, review body (Notice §三(一): 正确选择注册机构和确认点).
 * @throws RefusalError school.not-in-campaign, school.closed
 */
export async function placePatchOf({ tx, campaign }: Pick<Door, "tx" | "campaign">, schoolId: string): Promise<Patch> {
  const row = await tx
    .selectFrom("shice.school as s")
    .innerJoin("shice.organisation as o", "o.id", "s.organisation_id")
    .innerJoin("shice.campaign_body as b", (join) =>
      join
        .onRef("b.organisation_id", "=", "s.authority_id")
        .on("b.campaign_id", "=", campaign.id)
        .on("b.part", "=", "authority"),
    )
    .select(["s.confirmation_point_id", "s.authority_id", "b.review_body_id", "o.valid_to"])
    .where("s.organisation_id", "=", schoolId)
    .executeTakeFirst();
  if (row === undefined) throw new RefusalError({ code: "school.not-in-campaign", field: "school" });
  if (row.valid_to !== null) throw new RefusalError({ code: "school.closed", field: "school" });
  return {
    school_id: schoolId,
    // Where the plan's confirmation point is the county's office, every school's is.
    confirmation_point_id:
      campaign.plan.confirmationPoint === "authority" ? row.authority_id : row.confirmation_point_id,
    authority_id: row.authority_id,
    review_body_id: row.review_body_id,
  };
}
