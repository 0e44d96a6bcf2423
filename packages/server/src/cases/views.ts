import { ReturnView } from "@shice/contract/cases.ts";
import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { formFields } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { maskIdNumber } from "@shice/rules/identity/id-number.ts";
import { transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import { decidedStates, isAmong, type State, stateTitles } from "@shice/rules/lifecycle/state.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { type Stage, stageTitles } from "@shice/rules/plan/stage.ts";
import { actionViewsOf, findingViewOf } from "../case/action-view.ts";
import type { Case, FactsRow } from "../case/facts.ts";
import { findingsOf } from "../case/form-findings.ts";
import { teacherStandingOf } from "../case/missing-checks.ts";
import { listQualificationLost } from "../case/qualification-lost.ts";
import { openForm } from "../case/sealed-form.ts";
import { standingViewOf } from "../case/standing-view.ts";
import { suggestionFor, suggestionViewOf } from "../case/suggestion.ts";
import { attachmentViewOf, listAttachments } from "../form/attachments.ts";
import { findSchoolName } from "../form/school-name.ts";
import type { ActContext } from "../request/run-act.ts";
import {
  findReceipt,
  type HistoryView,
  listCertificateChecks,
  listMaterialChecks,
  listOpinions,
  listReturns,
  type QueueRow,
} from "./queries.ts";

export function queueItemOf(row: QueueRow) {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    nameOnCertificate: row.name_on_certificate,
    state: row.state,
    stateTitle: stateTitles[row.state],
    stateSince: row.state_since.toString(),
    school: row.school_name,
    schoolId: row.school_id,
    authorityId: row.authority_id,
    registrationKind: row.registration_kind,
    certificateKind: row.certificate_kind,
    postKind: row.post_kind,
    subject: row.subject,
    flags: row.flags,
    replyBy: row.reply_by?.toString() ?? null,
    proposedConclusion: row.preliminary_conclusion,
    conclusion: row.final_conclusion,
    markWith: row.mark_with,
    assisted:
      row.assisted_at === null ? null : row.attested_at === null ? ("unattested" as const) : ("attested" as const),
    version: row.version,
  };
}

/** The case page: form, checklist, what was found, what was said, what may be done now. */
export async function caseViewOf(ctx: ActContext, found: Case) {
  const { row, facts } = found;
  // The auditor sees what was done, not the person's numbers, addresses and papers.
  const audits = ctx.actor.role === "auditor";
  const judges = ctx.actor.role !== "school-clerk" && ctx.actor.role !== "sticker-handler";
  const { plan } = ctx.campaign;
  // Asked for all at once: they go to the database in one message and come back in one.
  const [checks, compared, lost, schoolName, opinions, returns, attachments, receivedAt] = await Promise.all([
    listMaterialChecks(ctx, row.id),
    listCertificateChecks(ctx, row.id),
    judges ? listQualificationLost(ctx, [row.id]) : new Set<string>(),
    findSchoolName(ctx, row.school_id),
    judges ? listOpinionViews(ctx, row.id) : [],
    listReturnViews(ctx, row.id),
    audits ? [] : listAttachments(ctx.tx, ctx.campaign.id, row.id),
    findReceipt(ctx, row.id),
  ]);
  return {
    ...queueItemOf({ ...row, school_name: schoolName }),
    form: { ...openForm(row, ctx.secrets) },
    idNumberMasked: maskedNumberOf(ctx, row),
    assistedFields: row.assisted_fields,
    // Of a case that is decided nothing is to be found any more: its own registration would speak against it.
    findings:
      audits || isDecided(facts.state) ? [] : findingsOf(row, ctx.campaign, ctx.secrets, ctx.now).map(findingViewOf),
    receivedAt,
    appeal:
      row.appeal === null
        ? null
        : {
            statement: row.appeal.statement,
            raisedAt: Temporal.Instant.from(row.appeal.raisedAt).toString(),
            answer: row.appeal.answer,
          },
    attachments: attachments.map((attachment) => attachmentViewOf(attachment, ctx.secrets)),
    checklist: checklistOf(plan, teacherStandingOf(row)).map((item) => {
      const check = checks.find((candidate) => candidate.material === item.key);
      const { key, item: number, name, concerns, suppliedBy, originalSeen, copies, copyStamped } = item;
      return {
        key,
        item: number,
        name,
        concerns,
        suppliedBy,
        originalSeen,
        copies,
        copyStamped,
        check: check ?? null,
      };
    }),
    certificateChecks: comparedFields.map((field) => {
      const check = compared.find((candidate) => candidate.field === field);
      return { field, agrees: check?.agrees ?? null, remark: check?.remark ?? null };
    }),
    missing:
      facts.state === "submitted" ? facts.missingChecks.map((key) => ({ key, text: missingTextOf(plan, key) })) : [],
    suggestion: judges
      ? suggestionViewOf(plan, suggestionFor(ctx, row, { qualificationLost: lost.has(row.id) }))
      : null,
    opinions,
    returns,
    standing: standingViewOf(ctx, found),
    actions: actionViewsOf(ctx, found),
  };
}

function isDecided(state: State): boolean {
  return isAmong(state, decidedStates);
}

async function listOpinionViews(ctx: ActContext, id: string) {
  const { plan } = ctx.campaign;
  return (await listOpinions(ctx, id)).map(({ reasons, suggested, ...opinion }) => ({
    ...opinion,
    stageTitle: stageTitleOf(opinion.stage),
    reasons: reasons.map((code) => ({ code, text: plan.reasons.find((known) => known.code === code)?.text ?? code })),
    suggested: plan.conclusions.find(({ key }) => key === suggested)?.name ?? suggested,
  }));
}

async function listReturnViews(ctx: ActContext, id: string) {
  return (await listReturns(ctx, id)).map((row) => ({
    ...row,
    asked: ReturnView.shape.asked.parse(row.asked),
    stageTitle: stageTitleOf(row.stage),
  }));
}

function stageTitleOf(name: Stage): string {
  return stageTitles[name];
}

/** A material by its name in the notice; a field of the certificate by its title on the form. */
function missingTextOf(plan: Plan, key: string): string {
  const field = key.startsWith("certificate:") ? key.slice("certificate:".length) : undefined;
  if (field === undefined) return plan.materials.find((known) => known.key === key)?.variants[0]?.name ?? key;
  const title = formFields.find((known) => known === field);
  return `证书比对（${title === undefined ? "姓名" : fieldTitles[title]}）`;
}

function maskedNumberOf({ secrets }: ActContext, row: FactsRow): string {
  return row.person_id_number_sealed === null
    ? ""
    : maskIdNumber(secrets.decrypt(row.person_id_number_sealed, "person.id-number"));
}

export function historyItemOf(row: HistoryView) {
  return {
    sequence: row.sequence,
    transition: row.transition,
    title: row.transition === "start" ? "开始填报" : transitionOf(row.transition).title,
    from: row.from_state,
    to: row.to_state,
    at: row.at.toString(),
    role: row.role,
    actor: row.actor,
    organisation: row.organisation,
    reason: row.reason,
    record: row.record,
    changes: row.changes,
    planVersion: row.plan_version,
    hash: row.hash.toString("hex"),
  };
}
