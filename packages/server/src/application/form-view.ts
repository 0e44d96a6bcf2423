import { replyByOf } from "@shice/rules/lifecycle/reply.ts";
import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Room } from "./act.ts";
import { actionViewsOf, findingViewOf } from "./action-view.ts";
import { assistanceViewOf } from "./assisted.ts";
import { loadCases } from "./facts.ts";
import { findingsOf } from "./findings.ts";
import { openForm } from "./form-store.ts";
import { findOpenReturn } from "./open-return.ts";
import { findSchoolName } from "./school-name.ts";
import { standingViewOf } from "./standing.ts";

/** The application as whoever fills it in sees it: its teacher, or the clerk for the teacher. */
export async function formViewOf(room: Room, applicationId: string) {
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
    assistance: await assistanceViewOf(room, row),
    standing: standingViewOf(room, found),
    actions: actionViewsOf(room, found),
  };
}
