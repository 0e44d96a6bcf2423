import type { RosterStanding } from "./standing.ts";

export type StatementRefusal =
  | { code: "statement.day-needed"; field: "statementOn" }
  | { code: "statement.day-wrong"; from: string; to: string; field: "statementOn" };

/** Whether this standing needs a statement signed by the teacher. */
export function needsStatement(standing: RosterStanding): boolean {
  return standing === "unwilling";
}

/**
 * Checks the day of an unwilling teacher's statement: after the notice was published, because it refers to this
 * campaign, and not in the future.
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
