/** The name of the constraint that a statement broke, as PostgreSQL reports it; undefined for any other error. */
export function brokenConstraintOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("constraint" in error)) return undefined;
  return typeof error.constraint === "string" ? error.constraint : undefined;
}
