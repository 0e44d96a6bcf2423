import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Room } from "./act.ts";
import { type Case, loadCases } from "./facts.ts";

/**
 * One case, locked for an act that must look at it before it goes through the door.
 * @throws RefusalError case.out-of-scope where the actor's scope does not hold it
 */
export async function getCase(room: Room, applicationId: string): Promise<Case> {
  const cases = await loadCases(room.tx, room.campaign, [applicationId], {
    lock: true,
    now: room.now,
    secrets: room.secrets,
    checkForm: false,
  });
  const found = cases.get(applicationId);
  if (found === undefined) throw new RefusalError({ code: "case.out-of-scope" });
  return found;
}
