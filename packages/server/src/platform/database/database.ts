import { Kysely, PostgresDialect, type PostgresPool } from "kysely";
import pg from "pg";
import type { ConnectionParameters } from "./connection.ts";
import { readersOf } from "./readers.ts";
import type { ScopeKind } from "./roles.ts";
import type { DB } from "./types.ts";

/** How far one transaction sees; `id` is the person, confirmation point, authority or review body. */
export type Scope =
  | { kind: "applicant" | "school" | "authority" | "review"; id: string }
  | { kind: Exclude<ScopeKind, "applicant" | "school" | "authority" | "review"> };

/** A Kysely bound to one transaction. */
export type Tx = Kysely<DB>;

export interface Database {
  /**
   * Runs `work` in one transaction confined to a scope: under the scope's database role, with its id set.
   * Commits when `work` returns, rolls back when it throws. Takes exactly one connection, whatever the pool's size.
   * Repeats the whole of it, up to three times, where the database asks for that (serialisation, deadlock).
   */
  inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>, options?: { actorId?: string }): Promise<T>;
  close(): Promise<void>;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const repeatable = new Set(["40001", "40P01"]);
const attempts = 3;

/** Opens the pool of the program, as the login that may only take up scope roles. */
export function openDatabase(connection: ConnectionParameters, { connections }: { connections: number }): Database {
  const pool = new pg.Pool({
    ...connection,
    max: connections,
    pipeline: true,
    types: readersOf(),
    application_name: "shice",
  });
  // An idle connection that breaks is dropped by the pool; the next request opens another.
  pool.on("error", () => undefined);
  // One that breaks in a transaction fails the statement under way; unheard, the same error would end the program.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return {
    async inScope(scope, work, options = {}) {
      const begin = beginText(scope, options.actorId);
      for (let attempt = 1; ; attempt++) {
        try {
          return await inTransaction(pool, begin, work);
        } catch (error) {
          if (attempt === attempts || !isRepeatable(error)) throw error;
        }
      }
    },
    close: () => pool.end(),
  };
}

async function inTransaction<T>(pool: pg.Pool, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // Not awaited: the first statement of the work is queued behind it. Its failure fails the transaction there.
    const begun = client.query(begin);
    begun.catch(() => undefined);
    const result = await work(boundTo(client));
    await begun;
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error("rollback failed");
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Kysely over one client that is connected already; it neither opens nor releases anything. */
function boundTo(client: pg.PoolClient): Tx {
  const query = (text: string, values: readonly unknown[]) => client.query(text, values.map(parameterOf));
  const connection = { query, release: () => undefined };
  const pool = { connect: () => Promise.resolve(connection), end: () => Promise.resolve(), options: {} };
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: pool as unknown as PostgresPool }) });
}

/** Temporal values go to PostgreSQL as ISO text. */
function parameterOf(value: unknown): unknown {
  return value instanceof Temporal.Instant || value instanceof Temporal.PlainDate ? value.toString() : value;
}

/**
 * Everything that opens a scoped transaction, as one text without parameters and so one round trip.
 * Only names of our own and checked UUIDs enter it.
 */
function beginText(scope: Scope, actorId: string | undefined): string {
  const id = "id" in scope ? scope.id : "";
  for (const value of [id, actorId ?? ""]) {
    if (value !== "" && !uuid.test(value)) throw new Error("a scope's id is a UUID");
  }
  return `begin; set local role shice_${scope.kind}; set local search_path = shice, public; select set_config('shice.scope_id', '${id}', true), set_config('shice.actor_id', '${actorId ?? ""}', true)`;
}

function isRepeatable(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && repeatable.has(error.code);
}
