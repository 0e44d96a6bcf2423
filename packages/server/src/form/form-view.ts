import { replyByOf } from "@shice/rules/lifecycle/reply.ts";
import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import { actionViewsOf, findingViewOf } from "../case/action-view.ts";
import { loadCases } from "../case/facts.ts";
import { findingsOf } from "../case/form-findings.ts";
import { findOpenReturn } from "../case/open-return.ts";
import { openForm } from "../case/sealed-form.ts";
import { standingViewOf } from "../case/standing-view.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { assistanceViewOf } from "./assisted-fields.ts";
import { findSchoolName } from "./school-name.ts";

/** The application as whoever fills it in sees it: its teacher, or the clerk for the teacher. */
export async function formViewOf(ctx: ActContext, applicationId: string) {
  const { tx, campaign, now, secrets } = ctx;
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
    school: await findSchoolName(ctx, row.school_id),
    form: { ...openForm(row, secrets) },
    findings: isOpen ? findingsOf(row, campaign, secrets, now).map(findingViewOf) : [],
    submittedAt: row.submitted_at?.toString() ?? null,
    replyBy: facts.state === "returned" ? (replyByOf(facts, found.calendar)?.toString() ?? null) : null,
    asked: (open?.asked ?? []).map(({ code, text, opens }) => ({ code, text, opens })),
    askedText: open?.text ?? null,
    // An opinion is no conclusion: nothing is told before the commission has decided.
    conclusion: row.final_conclusion,
    assistance: await assistanceViewOf(ctx, row),
    standing: standingViewOf(ctx, found),
    actions: actionViewsOf(ctx, found),
  };
}
