import type { Finding } from "../finding.ts";
import type { Plan } from "../plan/plan.ts";

/** A reviewed entry of the restriction list (限制库) about one person. */
export interface RestrictionEntry {
  kind: string;
  from: Temporal.PlainDate;
  /** Absent: for life. */
  until?: Temporal.PlainDate | undefined;
  source: string;
}

/** Entries that bar a registration on this day. */
export function checkRestrictions(entries: readonly RestrictionEntry[], today: Temporal.PlainDate): Finding[] {
  return entries
    .filter(
      (entry) =>
        Temporal.PlainDate.compare(entry.from, today) <= 0 &&
        (entry.until === undefined || Temporal.PlainDate.compare(today, entry.until) <= 0),
    )
    .map((entry) => ({
      level: "blocks",
      field: "scope",
      code: "eligibility.restricted",
      kind: entry.kind,
      until: entry.until?.toString() ?? null,
      source: entry.source,
    }));
}

/** The last day of a restriction by the plan's years for its kind; undefined for life or an unknown kind. */
export function endOfRestriction(plan: Plan, kind: string, from: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const years = plan.restrictions.find((restriction) => restriction.kind === kind)?.years;
  return years === undefined ? undefined : from.add({ years }).subtract({ days: 1 });
}
