import type { WindowedStage } from "@shice/rules/plan/stage.ts";
import type { BatchDayRefusal } from "@shice/rules/roster/batch.ts";
import type { ParkingRefusal } from "@shice/rules/roster/parking.ts";
import type { StatementRefusal } from "@shice/rules/roster/statement.ts";

/**
 * Refusals from a module's own records, beyond the rules of the lifecycle. Instants are ISO strings in UTC. Each has a
 * sentence in sentences/modules.zh.ts.
 */
export type ModuleRefusal =
  | ReasonRefusal
  | DeskRefusal
  | PreliminaryRefusal
  | NoticeRefusal
  | ReportRefusal
  | ReviewRefusal
  | DecisionRefusal
  | StickerRoomRefusal
  | ArchiveRefusal
  | CampaignRefusal
  | TrainingRefusal
  | OrganisationRefusal
  | RosterRefusal
  | AccountRefusal
  | ApplicantRefusal
  | AssistanceRefusal
  | MessageRefusal;

type ReasonRefusal =
  | { code: "reason.unknown"; reason: string; field: "reasons" }
  | { code: "reason.needs-text"; field: "text" };

type DeskRefusal = { code: "desk.held"; by: string; since: string };

type PreliminaryRefusal =
  | { code: "manifest.received-already"; at: string }
  | { code: "manifest.not-on-list"; field: "differences" | "rows" }
  | { code: "manifest.settled-already"; name: string; by: string; at: string }
  | { code: "manifest.difference-needed"; name: string; field: "difference" }
  | { code: "manifest.unsettled"; left: number }
  | { code: "manifest.nothing-short"; name: string }
  | { code: "manifest.supplemented-already"; name: string; at: string }
  | { code: "correction.field-unknown"; fields: readonly string[]; field: "changes" }
  | { code: "correction.nothing-changed"; field: "changes" }
  | { code: "correction.value-unfit"; fields: readonly string[]; field: "changes" }
  | { code: "correction.same-person" }
  | { code: "correction.decided-already"; at: string }
  | { code: "opinion.unchanged"; field: "conclusion" };

type NoticeRefusal =
  | { code: "notice.over"; endsAt: string }
  | { code: "objection.of-another-case"; field: "objection" }
  | { code: "objection.decided-already"; at: string };

type ReportRefusal =
  | { code: "report.same-person" }
  | { code: "report.figures-changed" }
  | { code: "report.unbalanced"; violations: readonly string[] }
  | { code: "report.nothing-ready"; pending: number }
  | { code: "report.reported-already"; at: string }
  | { code: "report.not-reported" }
  | { code: "report.paper-already"; at: string }
  | { code: "report.accepted-already"; at: string };

type ReviewRefusal =
  | { code: "sample.open-already" }
  | { code: "sample.drawn-already"; at: string }
  | { code: "sample.nothing-to-draw" }
  | { code: "sample.not-drawn" }
  | { code: "sample.unchecked" }
  | { code: "sample.differs" };

type DecisionRefusal = { code: "decision.number-taken"; number: string; field: "number" };

type StickerRoomRefusal =
  | { code: "sticker.series-taken"; prefix: string; field: "prefix" }
  | { code: "sticker.partner-without-post"; role: "sticker-custodian" | "sticker-handler"; field: "partner" }
  | { code: "sticker.centre-only" }
  | { code: "sticker.district-only" }
  | { code: "sticker.authority-unknown"; field: "authority" }
  | { code: "sticker.nothing-to-recall" }
  | { code: "sticker.count-unexplained"; expected: string; counted: string; field: "remark" };

type ArchiveRefusal = { code: "archive.item-taken"; box: string; item: number; field: "firstItem" };

type CampaignRefusal =
  | { code: "campaign.known"; field: "plan" }
  | { code: "campaign.other-key"; field: "plan" }
  | { code: "campaign.cases-pending"; pending: number }
  | { code: "campaign.imports-pending"; files: number }
  | { code: "plan.deadline-shortened"; stage: WindowedStage; field: "plan" }
  | { code: "extension.empty"; field: "until" }
  | { code: "extension.for-exactly-one"; field: "application" }
  | { code: "restriction.kind-unknown"; field: "kind" }
  | { code: "restriction.same-person" };

type TrainingRefusal =
  | { code: "account.own" }
  | { code: "training.clock-back"; field: "at" }
  | { code: "training.persona-unknown"; field: "persona" }
  | { code: "training.no-beginning" };

type OrganisationRefusal =
  | { code: "school.authority-unknown"; row: number; field: "authority" }
  | { code: "school.known"; name: string; field: "name" | "authority" | "parts" }
  | { code: "school.closed"; field: "school" }
  | { code: "school.not-in-campaign"; field: "school" }
  | { code: "school.ended-already"; name: string; on: string }
  | { code: "school.day-to-come"; field: "on" }
  | { code: "school.day-before-founding"; name: string; validFrom: string; field: "on" }
  | { code: "school.into-itself"; field: "into" }
  | { code: "school.no-such-authority"; field: "authority" }
  | { code: "school.authority-same"; name: string; field: "authority" }
  | { code: "school.cases-cannot-follow"; campaign: string; cases: number }
  | { code: "school.alias-known"; name: string; field: "name" }
  | { code: "school.alias-unknown"; name: string; field: "name" }
  | { code: "school.nothing-changed" }
  | { code: "school.parts-alike"; field: "parts" }
  | { code: "school.rest-unassigned"; field: "rest" }
  | { code: "school.part-unknown"; field: "assigned" }
  | { code: "school.people-gone"; people: number; field: "assigned" }
  | { code: "directory.too-many-rows"; most: number };

type RosterRefusal =
  | { code: "roster.school-unknown"; field: "school" }
  | { code: "roster.elsewhere"; field: "idNumber" }
  | { code: "roster.reason-needed"; field: "reason" }
  | { code: "roster.count-changed"; count: number }
  | { code: "statement.of-nobody" }
  | StatementRefusal
  | { code: "silence.too-early"; endsAt: string | null }
  | { code: "silence.nobody" }
  | BatchDayRefusal
  | { code: "batch.name-taken"; name: string; field: "name" }
  | { code: "batch.of-another-school"; field: "batch" }
  | { code: "batch.nobody" }
  | { code: "parking.kind-unknown"; field: "kind" }
  | { code: "parking.ended" }
  | ParkingRefusal
  | { code: "reminder.nobody" }
  | { code: "import.part-missing"; field: "part" }
  | { code: "import.not-checked" }
  | { code: "import.over" }
  | { code: "import.nothing-wrong" }
  | { code: "import.check-failed" }
  | { code: "import.write-failed" }
  | { code: "export.too-many"; most: number }
  | { code: "filter.too-many"; most: number }
  | WorkbookRefusal;

/** Reasons why a spreadsheet cannot be read at all. */
type WorkbookRefusal =
  | { code: "workbook.empty" }
  | { code: "workbook.broken" }
  | { code: "workbook.encrypted" }
  | { code: "workbook.not-a-table" }
  | { code: "workbook.web-page" }
  | { code: "workbook.too-old" }
  | { code: "workbook.too-large-inside"; most: number }
  | { code: "workbook.too-many-rows"; most: number }
  | { code: "workbook.too-much-text" }
  | { code: "workbook.stray-cell" }
  | { code: "workbook.took-too-much" }
  | { code: "workbook.took-too-long"; seconds: number }
  | { code: "workbook.no-heading"; missing: readonly string[] }
  | { code: "workbook.no-rows" };

type AccountRefusal =
  | { code: "account.id-number"; sentence: string; field: "idNumber" }
  | { code: "account.name"; field: "name" }
  | { code: "account.mobile"; field: "mobile" }
  | { code: "account.email"; field: "email" }
  | { code: "account.person-differs"; field: "idNumber" }
  | { code: "account.taken" }
  | { code: "account.being-made" }
  | { code: "account.password-weak"; field: "password" }
  | { code: "account.sign-in-failed" }
  | { code: "account.locked"; until: string }
  | { code: "account.password-wrong"; field: "password" | "current" }
  | { code: "account.email-taken"; field: "email" }
  | { code: "account.proof-missing" }
  | { code: "account.proof-wrong" }
  | { code: "account.reset-code"; left: number; field: "code" }
  | { code: "account.reset-over"; field: "code" }
  | { code: "account.not-of-your-school"; field: "idNumber" }
  | { code: "account.verified-already" }
  | { code: "token.spent" }
  | { code: "post.role-unfit"; field: "organisation" }
  | { code: "post.powers-separated"; field: "role" }
  | { code: "post.held-already" }
  | { code: "post.last-administrator" };

type MessageRefusal =
  | { code: "circular.nobody"; field: "groups" }
  | { code: "wording.unknown"; field: "template" }
  | { code: "wording.placeholder"; placeholder: string; known: readonly string[]; field: "words" }
  | { code: "wording.too-long"; longest: number; field: "words" }
  | { code: "wording.short-missing"; field: "words" }
  | { code: "conversation.no-office" }
  | { code: "conversation.too-many"; most: number };

type ApplicantRefusal =
  | { code: "application.live-already" }
  | { code: "application.certificate-taken"; field: "certificateNumber" }
  | { code: "application.draft-closed" }
  | { code: "application.not-opened"; fields: readonly string[] }
  | { code: "application.not-on-notice" }
  | { code: "attachment.not-an-image"; field: "content" }
  | { code: "attachment.too-many-pixels"; field: "content" }
  | { code: "attachment.broken"; field: "content" }
  | { code: "attachment.slot-unknown"; field: "slot" }
  | { code: "attachment.too-many"; most: number; field: "slot" }
  | { code: "attachment.pages-changed"; field: "pages" }
  | { code: "attachment.lost" }
  | { code: "proof.no-conclusion" }
  | { code: "proof.contradicted" };

/** Reasons why the school cannot fill in for a teacher or ask for the attestation. */
type AssistanceRefusal =
  | { code: "assistance.whom"; field: "person" }
  | { code: "assistance.elsewhere" }
  | { code: "assistance.name-differs"; field: "name" }
  | { code: "assistance.not-begun" }
  | { code: "assistance.other-school"; field: "schoolId" }
  | { code: "assistance.no-account" }
  | { code: "assistance.asked-today" };
