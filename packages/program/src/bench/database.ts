import { startEmbeddedPostgres } from "@shice/server/platform/embedded-postgres.ts";
import { openSecrets } from "@shice/server/platform/secrets.ts";
import { sessionCookieOf } from "@shice/server/request/find-session.ts";
import pg from "pg";

/** With `statements`, PostgreSQL records the planning and execution time of each statement. */
export async function startDatabase(folder: string, statements: boolean) {
  const server = await startEmbeddedPostgres({ folder, durable: true });
  if (!statements) return server;
  const client = new pg.Client(server.connection);
  await client.connect();
  await client.query("alter system set shared_preload_libraries = 'pg_stat_statements'");
  await client.end();
  await server.stop();
  const again = await startEmbeddedPostgres({ folder, durable: true });
  const owner = new pg.Client(again.connection);
  await owner.connect();
  await owner.query("create extension pg_stat_statements");
  await owner.query("alter system set pg_stat_statements.track_planning = on");
  await owner.query("select pg_reload_conf()");
  await owner.end();
  return again;
}

/** The statements with the longest planning and execution time, one line each. */
export async function slowestStatements(database: pg.Pool): Promise<string> {
  const { rows } = await database.query(`
    select calls, round(total_plan_time)::int as plan, round(total_exec_time)::int as exec,
      r.rolname as role, left(regexp_replace(query, '\\s+', ' ', 'g'), 150) as query
    from public.pg_stat_statements s join pg_roles r on r.oid = s.userid
    where calls > 1000 order by total_plan_time + total_exec_time desc limit 30`);
  return rows
    .map(({ calls, plan, exec, role, query }) => `${calls}次 计划${plan} 执行${exec}毫秒 ${role}: ${query}`)
    .join("\n");
}

/** Creates a session for a member of staff and returns its cookie. */
export async function openSession(database: pg.Pool, account: string, secret: string): Promise<string> {
  const authSecret = openSecrets({ secret, cipher: "aes-256-gcm" }).deriveKey("better-auth").toString("hex");
  const token = `bench-${account}`;
  await database.query(
    `insert into auth.session (expires_at, token, created_at, updated_at, user_id) values (now() + interval '12 hours', $1, now(), now(), $2)`,
    [token, account],
  );
  return sessionCookieOf(token, authSecret, false).split(";")[0] ?? "";
}
