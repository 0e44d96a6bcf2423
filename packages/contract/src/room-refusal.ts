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
  | StickerRefusal
  | ArchiveRefusal;

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

type StickerRefusal =
  | { code: "sticker.range-reversed"; field: "to" }
  | { code: "sticker.serial-too-long"; digits: number; field: "to" }
  | { code: "sticker.series-taken"; prefix: string; field: "prefix" }
  | { code: "sticker.received-already" }
  | { code: "sticker.not-there" }
  | { code: "sticker.shows-otherwise"; conclusion: string }
  | { code: "sticker.printed-already" }
  | { code: "sticker.on-certificate-already" }
  | { code: "sticker.two-people"; field: "partner" }
  | { code: "sticker.partner-without-post"; role: "sticker-custodian" | "sticker-handler"; field: "partner" }
  | { code: "sticker.books-differ" }
  | { code: "sticker.centre-only" }
  | { code: "sticker.district-only" }
  | { code: "sticker.authority-unknown"; field: "authority" }
  | { code: "sticker.count-unexplained"; expected: string; counted: string; field: "remark" };

type ArchiveRefusal = { code: "archive.item-taken"; box: string; item: number; field: "firstItem" };
