import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { isHeldByAnother } from "./queries.ts";

/** The two people of a movement, and the place whose stock they keep. */
interface Keepers {
  organisation: string;
  /** Whether the place is the centre, which receives, prints and issues, or a district. */
  place: "centre" | "district";
  custodian: string;
  handler: string;
}

/**
 * The caller and the partner as custodian and handler of one place (Notice §四(三): 负责人及经办人要进行登记).
 * @throws RefusalError sticker.two-people, sticker.partner-without-post, request.forbidden
 */
export async function getKeepers(ctx: ActContext, partner: string): Promise<Keepers> {
  const { actor, now, tx } = ctx;
  const { accountId, organisationId, scope } = actor;
  // The stock lies with a district, a centre, or, where several centres re-check, with the body above them.
  if (accountId === null || organisationId === null || !["authority", "review", "all"].includes(scope.kind)) {
    throw new RefusalError({ code: "request.forbidden" });
  }
  if (partner === accountId) throw new RefusalError({ code: "sticker.two-people", field: "partner" });
  const role = actor.role === "sticker-custodian" ? "sticker-handler" : "sticker-custodian";
  const post = { accountId: partner, role, organisationId, notPersonId: actor.personId };
  if (!(await isHeldByAnother(tx, post, now))) {
    throw new RefusalError({ code: "sticker.partner-without-post", role, field: "partner" });
  }
  return {
    organisation: organisationId,
    place: scope.kind === "authority" ? "district" : "centre",
    custodian: role === "sticker-handler" ? accountId : partner,
    handler: role === "sticker-handler" ? partner : accountId,
  };
}

/** The keepers of the centre's stock. @throws RefusalError sticker.centre-only */
export async function getKeepersOfCentre(ctx: ActContext, partner: string): Promise<Keepers> {
  const keepers = await getKeepers(ctx, partner);
  if (keepers.place !== "centre") throw new RefusalError({ code: "sticker.centre-only" });
  return keepers;
}

/** The keepers of a district's stock. @throws RefusalError sticker.district-only */
export async function getKeepersOfDistrict(ctx: ActContext, partner: string): Promise<Keepers> {
  const keepers = await getKeepers(ctx, partner);
  if (keepers.place !== "district") throw new RefusalError({ code: "sticker.district-only" });
  return keepers;
}
