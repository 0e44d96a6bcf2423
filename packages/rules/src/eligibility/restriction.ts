import type { Finding } from "../finding.ts";
import type { Plan } from "../plan/plan.ts";

/** One reviewed entry of the restriction list (限制库) about a person. */
export interface RestrictionEntry {
  kind: string;
  from: Temporal.PlainDate;
  /** The last day. If absent, the plan's period for the kind applies, which may be for life. */
  until?: Temporal.PlainDate | undefined;
  source: string;
}

/** The entries that bar a registration on this day, including their first and last day. */
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
 * The last day of a restriction by the plan's years for its kind. Undefined means for life. That is also the answer if
 * the plan does not know the kind: only a person may lift such an entry.
 */
export function endOfRestriction(plan: Plan, kind: string, from: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const years = plan.restrictions.find((restriction) => restriction.kind === kind)?.years;
  return years === undefined ? undefined : from.add({ years }).subtract({ days: 1 });
}
