import type pg from "pg";
import { type Checker, SymbolFlags, type Type, TypeFlags } from "typescript/unstable/sync";
import type { Statement } from "./sql-statements.ts";

/** What PostgreSQL says of a column that a statement returns. */
interface ReturnedColumn {
  name: string;
  dataTypeID: number;
  tableID: number;
  columnID: number;
}

/** Prepares a text and describes what it returns; nothing is run. @throws DatabaseError */
class Description {
  readonly #text: string;
  readonly #settle: (error: Error | undefined, columns: readonly ReturnedColumn[]) => void;
  #columns: readonly ReturnedColumn[] = [];
  #error: Error | undefined;

  constructor(text: string, settle: (error: Error | undefined, columns: readonly ReturnedColumn[]) => void) {
    this.#text = text;
    this.#settle = settle;
  }

  submit(connection: pg.Connection): void {
    connection.parse({ name: "", text: this.#text, types: [] }, true);
    connection.describe({ type: "S", name: "" }, true);
    connection.sync();
  }

  handleRowDescription({ fields }: { fields: readonly ReturnedColumn[] }): void {
    this.#columns = fields;
  }

  handleError(error: Error): void {
    this.#error = error;
    this.#settle(this.#error, this.#columns);
  }

  handleReadyForQuery(): void {
    if (this.#error === undefined) this.#settle(undefined, this.#columns);
  }
}

function describe(client: pg.Client, text: string): Promise<readonly ReturnedColumn[]> {
  return new Promise((resolve, reject) => {
    client.query(new Description(text, (error, columns) => (error === undefined ? resolve(columns) : reject(error))));
  });
}

/** How the program reads each type of PostgreSQL (see readers.ts); json may be anything that the row type says. */
const kinds: Readonly<Record<number, Kind>> = {
  16: "boolean",
  17: "Buffer",
  20: "bigint",
  21: "number",
  23: "number",
  26: "number",
  114: "json",
  700: "number",
  701: "number",
  1082: "PlainDate",
  1184: "Instant",
  3802: "json",
};
const arrayKinds: Readonly<Record<number, Kind>> = {
  1000: "boolean",
  1007: "number",
  1009: "string",
  1015: "string",
  1016: "bigint",
  1182: "PlainDate",
  1185: "Instant",
  2951: "string",
};
type Kind = "string" | "number" | "boolean" | "bigint" | "Buffer" | "PlainDate" | "Instant" | "json";

/**
 * Prepares each statement in a migrated database and compares the columns that it returns with the row type that its code
 * claims: names, types, and null where a column of a table allows it. Returns what does not agree.
 */
export async function compareRows(
  client: pg.Client,
  statements: readonly Statement[],
  checker: Checker,
): Promise<string[]> {
  const nullable = await listNullableColumns(client);
  const rows = new RowTypes(checker);
  const failures: string[] = [];
  for (const { place, text, row } of statements) {
    let columns: readonly ReturnedColumn[];
    try {
      columns = await describe(client, text);
    } catch (error) {
      failures.push(`${place}: ${error instanceof Error ? error.message : String(error)}\n    ${oneLine(text)}`);
      continue;
    }
    if (row === undefined) continue;
    for (const failure of rows.compare(row, columns, { nullable, text })) failures.push(`${place}: ${failure}`);
  }
  return [...new Set(failures)];
}

/** Names of the columns that may be null, by table and number. */
async function listNullableColumns(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ key: string; name: string }>(
    `select attrelid || ' ' || attnum as key, attname as name from pg_attribute
     where attnum > 0 and not attnotnull and not attisdropped`,
  );
  return new Map(rows.map(({ key, name }) => [key, name]));
}

/** Whether the statement compares the column with something, outside the condition of a left join: then it is not null. */
function isCompared(column: string, text: string): boolean {
  const whole = text.replace(
    /\bleft join\b.*?\bon\b.*?(?=\b(?:left |inner |cross )?join\b|\bwhere\b|\border by\b|$)/gis,
    "",
  );
  const after = new RegExp(`\\b${column}\\s*(?:[=<>]|between\\b|is not null|in\\s*\\()`, "i");
  const before = new RegExp(`[=<>]\\s*(?:\\w+\\.)?${column}\\b`, "i");
  return after.test(whole) || before.test(whole);
}

class RowTypes {
  readonly #checker: Checker;

  constructor(checker: Checker) {
    this.#checker = checker;
  }

  compare(
    row: Type,
    columns: readonly ReturnedColumn[],
    { nullable, text }: { nullable: ReadonlyMap<string, string>; text: string },
  ): string[] {
    const checker = this.#checker;
    const claimed = new Map(checker.getPropertiesOfType(row).map((property) => [property.name, property]));
    const failures: string[] = [];
    for (const [name, property] of claimed) {
      if ((property.flags & SymbolFlags.Optional) === 0 && !columns.some((column) => column.name === name))
        failures.push(`the row type has ${name}, which the statement does not return`);
    }
    for (const column of columns) {
      const property = claimed.get(column.name);
      if (property === undefined) {
        if (!/\*/.test(text)) failures.push(`the statement returns ${column.name}, which the row type does not have`);
        continue;
      }
      const type = checker.getTypeOfSymbol(property);
      if (type === undefined) continue;
      const wanted = kinds[column.dataTypeID] ?? arrayKinds[column.dataTypeID] ?? "string";
      const isArray = column.dataTypeID in arrayKinds;
      if (!this.#holds(type, wanted, isArray, new RegExp(`\\bnull as "?${column.name}\\b`, "i").test(text)))
        failures.push(`${column.name} is ${wanted}${isArray ? "[]" : ""}, not ${checker.typeToString(type)}`);
      const source = nullable.get(`${column.tableID} ${column.columnID}`);
      if (source !== undefined && !this.#hasNull(type) && !isCompared(source, text))
        failures.push(`${column.name} may be null, and ${checker.typeToString(type)} has no null`);
    }
    return failures;
  }

  #membersOf(type: Type): readonly Type[] {
    return type.isUnionType() ? type.getTypes() : [type];
  }

  #hasNull(type: Type): boolean {
    return this.#membersOf(type).some(({ flags }) => (flags & (TypeFlags.Null | TypeFlags.AnyOrUnknown)) !== 0);
  }

  #holds(type: Type, wanted: Kind, isArray: boolean, isNull = false): boolean {
    // A null that stands for a column in one of the variants has no type of its own.
    if (wanted === "json" || isNull) return true;
    const members = this.#membersOf(type).filter(({ flags }) => (flags & TypeFlags.Nullable) === 0);
    return members.every((member) => {
      if ((member.flags & TypeFlags.AnyOrUnknown) !== 0) return true;
      if (!isArray) return this.#isKind(member, wanted);
      const text = this.#checker.typeToString(member);
      if (text === "[]") return true;
      if (!this.#checker.isArrayType(member) || !member.isTypeReference()) return false;
      const [element] = this.#checker.getTypeArguments(member);
      return element !== undefined && this.#holds(element, wanted, false);
    });
  }

  #isKind(type: Type, wanted: Kind): boolean {
    const { flags } = type;
    switch (wanted) {
      case "string":
        return (
          (flags &
            (TypeFlags.String | TypeFlags.StringLiteral | TypeFlags.TemplateLiteral | TypeFlags.Intersection)) !==
          0
        );
      case "number":
        return (flags & (TypeFlags.Number | TypeFlags.NumberLiteral)) !== 0;
      case "boolean":
        return (flags & (TypeFlags.Boolean | TypeFlags.BooleanLiteral)) !== 0;
      case "bigint":
        return (flags & (TypeFlags.BigInt | TypeFlags.BigIntLiteral)) !== 0;
      default:
        return new RegExp(`\\b${wanted === "Buffer" ? "Buffer|Uint8Array" : wanted}\\b`).test(
          this.#checker.typeToString(type),
        );
    }
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
