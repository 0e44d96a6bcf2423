import pg from "pg";

const { builtins } = pg.types;

/**
 * How PostgreSQL's texts are read, for one pool only: better-auth and graphile-worker keep their own readers.
 * timestamptz → Temporal.Instant, date → Temporal.PlainDate, int8 → bigint.
 */
export function readersOf(): pg.CustomTypesConfig {
  const readers = new Map<number, (text: string) => unknown>([
    [builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text.replace(" ", "T"))],
    [builtins.DATE, (text) => Temporal.PlainDate.from(text)],
    [builtins.INT8, (text) => BigInt(text)],
  ]);
  return {
    getTypeParser: (oid: number, format?: "text" | "binary") => {
      const reader = format === "binary" ? undefined : readers.get(oid);
      return reader ?? pg.types.getTypeParser(oid, format);
    },
  } as pg.CustomTypesConfig;
}
