import { createHash } from "node:crypto";
import { bulkOutcomeOf, type Room } from "../application/act.ts";
import { canonicalJson } from "../application/history.ts";
import { transition } from "../application/transition.ts";
import { closeReturns, insertManifest, nextManifestNumber } from "./queries.ts";

/**
 * Hands confirmed cases over to the district, with a manifest of numbered rows in the order given
 * (Notice §三(二): 将本校教师申请材料统一报送). What is refused does not enter the manifest; nothing is handed over twice.
 */
export async function handOver(room: Room, name: "hand-over" | "hand-over-again", applications: readonly string[]) {
  const { tx, campaign, now } = room;
  const pointId = room.actor.scope.kind === "school" ? room.actor.scope.id : "";
  const day = now.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate();
  const number = await nextManifestNumber(tx, day);
  const outcomes = await transition(
    room,
    name,
    [...new Set(applications)].map((applicationId) => ({
      applicationId,
      record: { manifest: number },
      set: name === "hand-over-again" ? { reply_by: null, answer_to: null } : {},
    })),
  );
  const outcome = bulkOutcomeOf(outcomes);
  const handed = outcomes.filter((row) => row.ok);
  const [first] = handed;
  if (first === undefined || first.before.row.authority_id === null) return { manifest: null, number: null, outcome };

  const items = handed.map((row, at) => ({ position: at + 1, applicationId: row.applicationId }));
  const list = handed.map(({ before }, at) => ({ position: at + 1, number: before.row.number, name: before.row.name }));
  const manifest = await insertManifest(room, {
    pointId,
    authorityId: first.before.row.authority_id,
    number,
    listHash: createHash("sha256").update(canonicalJson(list)).digest(),
    items,
  });
  if (name === "hand-over-again")
    await closeReturns(
      room,
      items.map((item) => item.applicationId),
      "answered",
    );
  return { manifest, number, outcome };
}
