/** The name of the constraint that a statement broke, as PostgreSQL reports it; undefined for any other error. */
export function brokenConstraintOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("constraint" in error)) return undefined;
  return typeof error.constraint === "string" ? error.constraint : undefined;
}

/** Unique keys of partitioned tables, by what PostgreSQL leaves of them in the names of the partitions' indexes. */
const partitionedKeys = {
  _campaign_id_person_id_: "campaign_id, person_id",
  _campaign_id_certificate_: "campaign_id, certificate_number_index",
} as const;

/**
 * The columns of the unique key that a statement broke on a partition. PostgreSQL makes the names of partitions' indexes
 * itself, cut to 63 bytes, and where rows are guarded it does not tell the key: what is left of the name must do.
 */
export function brokenKeyOf(error: unknown): string | undefined {
  const name = brokenConstraintOf(error) ?? "";
  return Object.entries(partitionedKeys).find(([part]) => name.includes(part))?.[1];
}
