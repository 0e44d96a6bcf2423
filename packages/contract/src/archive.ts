import { z } from "zod";
import { Applications, BulkOutcome, InCampaign, Instant, PageQuery, pageOf, Uuid } from "./common.ts";
import { call } from "./operation.ts";

const tag = "归档";
const district = ["district-reviewer", "district-lead"] as const;

/** Notice §三(七): one copy to the personal file, one to the district's archive. */
export const archiveContract = {
  archiveMany: call("POST", "/campaigns/{campaign}/archive", {
    callers: district,
    afterClosing: true,
    tag,
    summary: "归档",
  })
    .input(
      InCampaign.extend({
        applications: Applications,
        box: z.string().trim().min(1).max(40),
        /** Number of the first item in the box; the others follow in the given order. */
        firstItem: z.int().min(1).max(100000),
        opinionBy: z.enum(["stamp", "hand"]),
      }),
    )
    .output(BulkOutcome),
  listCatalogue: call("GET", "/campaigns/{campaign}/archive", {
    callers: [...district, "auditor"],
    tag,
    summary: "档案目录",
  })
    .input(
      InCampaign.extend({
        ...PageQuery.shape,
        box: z.string().max(40).optional(),
      }),
    )
    .output(
      pageOf(
        z.object({
          application: Uuid,
          number: z.string(),
          name: z.string(),
          copy: z.int(),
          place: z.enum(["personal-file", "authority-archive"]),
          box: z.string().nullable(),
          item: z.int().nullable(),
          opinionBy: z.enum(["stamp", "hand"]),
          filedAt: Instant,
        }),
      ),
    ),
};
