import type { RosterStanding } from "./standing.ts";

export type StatementRefusal =
  | { code: "statement.day-needed"; field: "statementOn" }
  | { code: "statement.day-wrong"; from: string; to: string; field: "statementOn" };

/** Whether this standing stands on a statement that the teacher has signed. */
export function needsStatement(standing: RosterStanding): boolean {
  return standing === "unwilling";
}

/**
 * Whether a teacher may be entered as unwilling with a statement of this day: signed after the notice came out, for it
 * speaks of this campaign, and not on a day that is still to come.
 */
export function statementRefusalOf(
  standing: RosterStanding,
  signedOn: string | undefined,
  { issuedOn, today }: { issuedOn: string; today: Temporal.PlainDate },
): StatementRefusal | undefined {
  if (!needsStatement(standing)) return undefined;
  if (signedOn === undefined) return { code: "statement.day-needed", field: "statementOn" };
  const day = Temporal.PlainDate.from(signedOn);
  const tooEarly = Temporal.PlainDate.compare(day, Temporal.PlainDate.from(issuedOn)) < 0;
  const tooLate = Temporal.PlainDate.compare(day, today) > 0;
  return tooEarly || tooLate
    ? { code: "statement.day-wrong", from: issuedOn, to: today.toString(), field: "statementOn" }
    : undefined;
}
