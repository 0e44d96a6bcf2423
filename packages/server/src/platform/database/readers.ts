import pg from "pg";

const { builtins } = pg.types;

/** The types of arrays are not among the named ones: timestamptz[], date[], int8[]. */
const arrays: readonly (readonly [number, number])[] = [
  [1185, builtins.TIMESTAMPTZ],
  [1182, builtins.DATE],
  [1016, builtins.INT8],
];

/**
 * How PostgreSQL's texts are read, for one pool only: better-auth and graphile-worker keep their own readers.
 * timestamptz → Temporal.Instant, date → Temporal.PlainDate, int8 → bigint, and plain arrays of these.
 */
export function readersOf(): pg.CustomTypesConfig {
  const readers = new Map<number, (text: string) => unknown>([
    [builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text.replace(" ", "T"))],
    [builtins.DATE, (text) => Temporal.PlainDate.from(text)],
    [builtins.INT8, (text) => BigInt(text)],
  ]);
  for (const [ofArray, ofElement] of arrays) {
    const read = readers.get(ofElement);
    if (read !== undefined) readers.set(ofArray, (text) => readArray(text, read));
  }
  return {
    getTypeParser: (oid: number, format?: "text" | "binary") => {
      const reader = format === "binary" ? undefined : readers.get(oid);
      return reader ?? pg.types.getTypeParser(oid, format);
    },
  } as pg.CustomTypesConfig;
}

/** An array of one dimension, whose elements hold neither commas nor quotation marks of their own. */
function readArray(text: string, read: (element: string) => unknown): unknown[] {
  if (text === "{}") return [];
  const elements = text.slice(1, -1).replaceAll('"', "").split(",");
  return elements.map((element) => (element === "NULL" ? null : read(element)));
}
