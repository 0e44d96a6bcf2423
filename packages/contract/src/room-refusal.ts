import type { WindowedStage } from "@shice/rules/plan/stage.ts";

/**
 * Refusals that a room finds in its own records, beyond the rules of the lifecycle. Instants are ISO strings in UTC.
 * One sentence each in sentences/rooms.zh.ts.
 */
export type RoomRefusal =
  | ReasonRefusal
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
  | ApplicantRefusal;

type ReasonRefusal =
  | { code: "reason.unknown"; reason: string; field: "reasons" }
  | { code: "reason.needs-text"; field: "text" };

type PreliminaryRefusal =
  | { code: "manifest.received-already"; at: string }
  | { code: "manifest.not-on-list"; field: "differences" }
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
  | { code: "school.known"; name: string; field: "name" }
  | { code: "school.closed"; field: "school" }
  | { code: "school.not-in-campaign"; field: "school" };

type RosterRefusal =
  | { code: "roster.school-unknown"; field: "school" }
  | { code: "roster.elsewhere"; field: "idNumber" }
  | { code: "roster.reason-needed"; field: "reason" };

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

type ApplicantRefusal =
  | { code: "application.live-already" }
  | { code: "application.certificate-taken"; field: "certificateNumber" }
  | { code: "application.draft-closed" }
  | { code: "application.not-opened"; fields: readonly string[] }
  | { code: "application.not-on-notice" }
  | { code: "application.nothing-to-erase" }
  | { code: "attachment.not-an-image"; field: "content" }
  | { code: "attachment.too-many-pixels"; field: "content" }
  | { code: "attachment.broken"; field: "content" }
  | { code: "attachment.slot-unknown"; field: "slot" }
  | { code: "attachment.too-many"; most: number; field: "slot" }
  | { code: "attachment.pages-changed"; field: "pages" }
  | { code: "attachment.lost" }
  | { code: "proof.no-conclusion" }
  | { code: "withdrawal.not-asked" };
