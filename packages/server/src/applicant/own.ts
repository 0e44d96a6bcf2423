import { replyByOf } from "@shice/rules/lifecycle/reply.ts";
import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import type { Room } from "../application/act.ts";
import { actionViewsOf, findingViewOf } from "../application/action-view.ts";
import { loadCases } from "../application/facts.ts";
import { findingsOf } from "../application/findings.ts";
import { openForm } from "../application/form-store.ts";
import { findSchoolName } from "../application/school-name.ts";
import { standingViewOf } from "../application/standing.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { findOpenReturn } from "./queries.ts";

/** The applicant's view of the own application. */
export async function ownViewOf(room: Room, applicationId: string) {
  const { tx, campaign, now, secrets } = room;
  const cases = await loadCases(tx, campaign, [applicationId], { lock: false, now, secrets, checkForm: true });
  const found = cases.get(applicationId);
  if (found === undefined) throw new RefusalError({ code: "case.out-of-scope" });
  const { row, facts } = found;
  const open = facts.state === "returned" ? await findOpenReturn(tx, campaign.id, applicationId) : undefined;
  const isOpen = facts.state === "draft" || facts.state === "returned";
  return {
    id: row.id,
    number: row.number,
    state: facts.state,
    stateTitle: stateTitles[facts.state],
    version: facts.version,
    school: await findSchoolName(room, row.school_id),
    form: { ...openForm(row, secrets) },
    findings: isOpen ? findingsOf(row, campaign, secrets, now).map(findingViewOf) : [],
    submittedAt: row.submitted_at?.toString() ?? null,
    replyBy: facts.state === "returned" ? (replyByOf(facts, found.calendar)?.toString() ?? null) : null,
    asked: (open?.asked ?? []).map(({ code, text, opens }) => ({ code, text, opens })),
    askedText: open?.text ?? null,
    // An opinion is no conclusion: nothing is told before the commission has decided.
    conclusion: row.final_conclusion,
    standing: standingViewOf(room, found),
    actions: actionViewsOf(room, found),
  };
}
