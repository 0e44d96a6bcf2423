import { Writable } from "node:stream";
import { Kysely, PostgresDialect, type PostgresPool } from "kysely";
import type pg from "pg";
import type { ConnectionParameters } from "./connection.ts";
import { openPool } from "./pool.ts";
import { readersOf } from "./readers.ts";
import { type ScopeKind, scopeRoles } from "./roles.ts";
import type { DB } from "./types.ts";

/** How far one transaction sees; `id` is the person, confirmation point, authority or review body. */
export type Scope =
  | { kind: "applicant" | "school" | "authority" | "review"; id: string }
  | { kind: Exclude<ScopeKind, "applicant" | "school" | "authority" | "review"> };

/** A Kysely bound to one transaction. */
export type Tx = Kysely<DB>;

interface ScopeOptions {
  /** The account that acts; policies and triggers read it. */
  actorId?: string;
  /** The database then refuses every change. */
  readOnly?: boolean;
}

export interface Database {
  /**
   * Runs `work` in one transaction confined to a scope: under the scope's database role, with its id set.
   * Commits when `work` returns, rolls back when it throws; when it returns after a statement of its own had failed,
   * that is an error too, since nothing of it can be kept. Takes exactly one connection, whatever the pool's size.
   * Repeats the whole of it, up to three times, where the database asks for that (serialisation, deadlock).
   */
  inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>, options?: ScopeOptions): Promise<T>;
  /** One reading statement in a scope, in one round trip: begin, statement and commit go in one message. */
  readOnce<Row extends pg.QueryResultRow>(scope: Scope, text: string, values: readonly unknown[]): Promise<Row[]>;
  /** How the pool stands: open connections, idle ones, and requests that wait for one. */
  connections(): { open: number; idle: number; waiting: number };
  close(): Promise<void>;
}

const endings = new WeakMap<Tx, (() => Promise<void>)[]>();

/** Runs `ending` as the last statements of the transaction, after its work has returned and before the commit. */
export function beforeCommit(tx: Tx, ending: () => Promise<void>): void {
  const known = endings.get(tx);
  if (known === undefined) endings.set(tx, [ending]);
  else known.push(ending);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const repeatable = new Set(["40001", "40P01"]);
const attempts = 3;
/** How long a request waits for a free connection before it is told that the server is busy. */
const patienceMs = 20_000;
/** The transaction is begun and ended here alone; a savepoint may be rolled back to. */
const transactionControl = /^\s*(?:begin|start\s|commit|end\b|abort|rollback(?!\s+to\b)|prepare\s+transaction)/i;

/** Opens the pool of the program, as the login that may only take up scope roles. */
export function openDatabase(connection: ConnectionParameters, { connections }: { connections: number }): Database {
  const pool = openPool({
    ...connection,
    max: connections,
    pipeline: true,
    types: readersOf(),
    // Our statements are the same for every value: a plan made for these values alone would cost more than it saves.
    options: "-c search_path=shice,public -c plan_cache_mode=force_generic_plan",
    connectionTimeoutMillis: patienceMs,
    application_name: "shice",
  });
  const statements = makeStatementNames();
  return {
    async inScope(scope, work, options = {}) {
      const begin = beginText(scope, options);
      for (let attempt = 1; ; attempt++) {
        try {
          return await inTransaction(pool, { begin, role: scope.kind, statements }, work);
        } catch (error) {
          if (attempt === attempts || !isRepeatable(error)) throw error;
        }
      }
    },
    async readOnce<Row extends pg.QueryResultRow>(scope: Scope, text: string, values: readonly unknown[]) {
      const begin = beginText(scope, { readOnly: true });
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        sendTogether(client);
        const name = statements.nameOf(scope.kind, text);
        const query = { text, values: values.map(parameterOf) };
        const [, { rows }] = await Promise.all([
          client.query(begin),
          client.query<Row>(name === undefined ? query : { name, ...query }),
          client.query("commit"),
        ]);
        return rows;
      } catch (error) {
        await client.query("rollback").catch((failure: unknown) => {
          broken = failure instanceof Error ? failure : new Error("rollback failed");
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

interface Beginning {
  begin: string;
  role: ScopeKind;
  statements: StatementNames;
}

interface TransactionSession extends Beginning {
  client: pg.PoolClient;
  isOver: boolean;
}

async function inTransaction<T>(pool: pg.Pool, beginning: Beginning, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { begin } = beginning;
  const client = await pool.connect();
  const session: TransactionSession = { ...beginning, client, isOver: false };
  let broken: Error | undefined;
  sendTogether(client);
  // Not awaited: the first statement of the work is queued behind it. Its failure fails the transaction there.
  const begun = client.query(begin);
  begun.catch(() => undefined);
  try {
    const tx = boundTo(session);
    const result = await work(tx);
    for (const ending of endings.get(tx) ?? []) await ending();
    session.isOver = true;
    await begun;
    const { command } = await client.query("commit");
    // COMMIT of a transaction in which a statement has failed rolls back without an error.
    if (command !== "COMMIT") throw new Error("nothing was committed: a statement failed and its error was swallowed");
    return result;
  } catch (error) {
    session.isOver = true;
    await client.query("rollback").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error("rollback failed");
    });
    // Where the transaction never began, the statements' own errors only follow from that.
    throw await begun.then(
      () => error,
      (failure: unknown) => failure,
    );
  } finally {
    client.release(broken);
  }
}

/**
 * Kysely over one client that is connected already; it neither opens nor releases anything, and is of no use after
 * its transaction: a late statement would run in another one's scope.
 */
function boundTo(session: TransactionSession): Tx {
  const query = async (text: string, values: readonly unknown[]) => {
    if (session.isOver) throw new Error("the transaction is over");
    if (transactionControl.test(text)) throw new Error("only inScope may begin or end a scoped transaction");
    const name = session.statements.nameOf(session.role, text);
    sendTogether(session.client);
    const query = { text, values: values.map(parameterOf) };
    return await session.client.query(name === undefined ? query : { name, ...query });
  };
  return kyselyOn({ query });
}

/** Kysely over one connection whose transaction somebody else begins and ends. */
export function kyselyOn(client: { query(text: string, values: readonly unknown[]): Promise<pg.QueryResult> }): Tx {
  const query = (text: string, values: readonly unknown[]) => client.query(text, values);
  const connection = { query, release: () => undefined };
  const pool = { connect: () => Promise.resolve(connection), end: () => Promise.resolve(), options: {} };
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: pool as unknown as PostgresPool }) });
}

const corked = new WeakSet<Writable>();

/**
 * Holds back what is written to the database until this turn of the program is over, so that all statements of a turn go
 * in one message: each message costs a call to the system, and these were the dearest part of a small request.
 */
function sendTogether(client: pg.PoolClient): void {
  const connection: unknown = Reflect.get(client, "connection");
  const stream: unknown =
    typeof connection === "object" && connection !== null ? Reflect.get(connection, "stream") : undefined;
  if (!(stream instanceof Writable) || corked.has(stream)) return;
  corked.add(stream);
  stream.cork();
  // Behind the promises of this turn, which may still add to it.
  queueMicrotask(() =>
    process.nextTick(() => {
      corked.delete(stream);
      stream.uncork();
    }),
  );
}

interface StatementNames {
  /** The name under which a statement is prepared; undefined: it is planned anew each time. */
  nameOf(role: ScopeKind, text: string): string | undefined;
}

/** How many statements a connection keeps prepared; texts that vary with their input would grow without end. */
const mostPrepared = 400;

/**
 * PostgreSQL plans a prepared statement once a connection and then again only when it must. Row security and partitions
 * make planning the dearer half of a small statement. A plan belongs to the role it was made under, so the role is part
 * of the name; a text is prepared from the second time on, so that one-time texts take up no module.
 */
function makeStatementNames(): StatementNames {
  const seenOnce = new Set<string>();
  const names = new Map<string, string>();
  return {
    nameOf(role, text) {
      const key = `${role} ${text}`;
      const known = names.get(key);
      if (known !== undefined || names.size >= mostPrepared) return known;
      if (!seenOnce.has(key)) {
        if (seenOnce.size >= 10 * mostPrepared) seenOnce.clear();
        seenOnce.add(key);
        return undefined;
      }
      seenOnce.delete(key);
      const name = `${role}_${names.size}`;
      names.set(key, name);
      return name;
    },
  };
}

/** Temporal values go to PostgreSQL as ISO text, in arrays too. */
function parameterOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(parameterOf);
  return value instanceof Temporal.Instant || value instanceof Temporal.PlainDate ? value.toString() : value;
}

/**
 * Everything that opens a scoped transaction, as one text without parameters and so one round trip.
 * Only names of our own and checked UUIDs enter it.
 */
function beginText(scope: Scope, { actorId, readOnly }: ScopeOptions): string {
  if (!scopeRoles.includes(scope.kind)) throw new Error("unknown scope");
  const id = "id" in scope ? scope.id : undefined;
  for (const value of [id, actorId]) {
    if (value !== undefined && !uuid.test(value)) throw new Error("the id of a scope is not a UUID");
  }
  const begin = readOnly === true ? "begin read only" : "begin";
  return `${begin}; select set_config('role', 'shice_${scope.kind}', true), set_config('shice.scope_id', '${id ?? ""}', true), set_config('shice.actor_id', '${actorId ?? ""}', true)`;
}

function isRepeatable(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && repeatable.has(error.code);
}
