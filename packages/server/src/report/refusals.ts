import type { AnyRefusal } from "@shice/contract/sentences.zh.ts";
import type { Actor } from "@shice/rules/lifecycle/role.ts";
import type { ReportRow } from "./queries.ts";

/** Who has to be there for a report, and what the figures say now: asked only where nothing else stands against it. */
interface Reporting {
  ready: number;
  pending: number;
  figures: () => Promise<Buffer>;
}

/** Why this person cannot send the report on: two people, and the very figures that were prepared (Notice §三(三)). */
export async function reportingRefusalOf(
  report: ReportRow,
  actor: Actor,
  { ready, pending, figures }: Reporting,
): Promise<AnyRefusal | undefined> {
  if (report.reported_at !== null) return { code: "report.reported-already", at: report.reported_at.toString() };
  if (report.prepared_by_id === actor.accountId) return { code: "report.same-person" };
  if (ready === 0 && pending > 0) return { code: "report.nothing-ready", pending };
  return (await figures()).equals(report.figures_hash) ? undefined : { code: "report.figures-changed" };
}

/** Why the sealed paper of a report is not taken in now. */
export function paperRefusalOf(report: ReportRow): AnyRefusal | undefined {
  if (report.reported_at === null) return { code: "report.not-reported" };
  if (report.paper_received_at === null) return undefined;
  return { code: "report.paper-already", at: report.paper_received_at.toString() };
}

/** Why a report is not accepted now. */
export function acceptanceRefusalOf(report: ReportRow): AnyRefusal | undefined {
  if (report.reported_at === null) return { code: "report.not-reported" };
  if (report.accepted_at === null) return undefined;
  return { code: "report.accepted-already", at: report.accepted_at.toString() };
}
