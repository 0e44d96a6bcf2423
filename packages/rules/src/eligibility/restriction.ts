import type { Finding } from "../finding.ts";
import type { Plan } from "../plan/plan.ts";

/** A reviewed entry of the restriction list (限制库) about one person. */
export interface RestrictionEntry {
  kind: string;
  from: Temporal.PlainDate;
  /** Last day. Absent: as long as the plan says for its kind, which may be for life. */
  until?: Temporal.PlainDate | undefined;
  source: string;
}

/** Entries that bar a registration on this day, the first and the last day included. */
export function checkRestrictions(
  plan: Plan,
  entries: readonly RestrictionEntry[],
  today: Temporal.PlainDate,
): Finding[] {
  return entries.flatMap(({ kind, from, until, source }) => {
    const last = until ?? endOfRestriction(plan, kind, from);
    const bars =
      Temporal.PlainDate.compare(from, today) <= 0 &&
      (last === undefined || Temporal.PlainDate.compare(today, last) <= 0);
    if (!bars) return [];
    const figures = { kind, until: last?.toString() ?? null, source };
    return [{ level: "blocks", field: "scope", code: "eligibility.restricted", ...figures }];
  });
}

/**
 * The last day of a restriction by the plan's years for its kind. Undefined: for life; also where the plan does not know
 * the kind, for only a person may lift what somebody entered.
 */
export function endOfRestriction(plan: Plan, kind: string, from: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const years = plan.restrictions.find((restriction) => restriction.kind === kind)?.years;
  return years === undefined ? undefined : from.add({ years }).subtract({ days: 1 });
}
