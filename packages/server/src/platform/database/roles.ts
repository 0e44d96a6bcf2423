import { setTimeout as sleep } from "node:timers/promises";
import type { ClientBase } from "pg";
import { StartError } from "../config.ts";

/** One database role for each kind of scope; each has plain policies in the migrations. */
export const scopeRoles = [
  "applicant",
  "school",
  "authority",
  "review",
  "all",
  "accounts",
  "auditor",
  "public",
  "system",
] as const;
export type ScopeKind = (typeof scopeRoles)[number];

const attempts = 20;

/** The login of an installation that has its server to itself. */
export const defaultLogin = "shice_login";

/**
 * Makes the cluster's roles where they are missing; they are shared by all databases of a server, so no migration
 * can make them. `shice_owner` owns the schema; the login is what the program connects as: it has no rights of its
 * own and may only take up one of the scope roles, each of which owns nothing and cannot bypass row security.
 * `shice_auth` is better-auth's: it sees the schema `auth` alone.
 * @throws StartError when the connecting user may not make roles, or one of them could bypass row security
 */
export async function ensureRoles(client: ClientBase, loginPassword: string, loginName = defaultLogin): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query("begin");
      await makeRoles(client, loginPassword, loginName);
      await client.query("commit");
      return;
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "42501") {
        throw new StartError(
          "DATABASE_URL 所用的数据库账号无权建立角色。请改用有 CREATEROLE 权限且拥有该数据库的账号。",
        );
      }
      if (attempt === attempts || !isRace(error, code)) throw error;
      await sleep(20 * attempt);
    }
  }
}

async function makeRoles(client: ClientBase, loginPassword: string, loginName: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(7233001)");
  for (const kind of scopeRoles) await ensureRole(client, `shice_${kind}`, "nologin");
  await ensureRole(client, "shice_owner", "nologin");
  await ensureRole(client, "shice_auth", "nologin");
  await ensureRole(client, loginName, "login");
  const { rows } = await client.query("select quote_literal($1) as password", [loginPassword]);
  await client.query(`alter role ${loginName} password ${rows[0].password}`);
  for (const role of [...scopeRoles.map((kind) => `shice_${kind}`), "shice_auth"]) {
    await client.query(`grant ${role} to ${loginName} with inherit false, set true`);
  }
  await client.query("grant shice_owner to current_user with inherit true, set true");
  const { rows: databases } = await client.query("select quote_ident(current_database()) as name");
  await client.query(`grant connect, create, temporary on database ${databases[0].name} to shice_owner`);
  await client.query(`grant connect on database ${databases[0].name} to ${loginName}`);
}

async function ensureRole(client: ClientBase, name: string, login: "login" | "nologin"): Promise<void> {
  const { rows } = await client.query(
    "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as mighty, rolcanlogin from pg_roles where rolname = $1",
    [name],
  );
  if (rows.length === 0) {
    await client.query(`create role ${name} ${login} nosuperuser nocreatedb nocreaterole nobypassrls`);
  } else if (rows[0].mighty || rows[0].rolcanlogin !== (login === "login")) {
    throw new StartError(
      `数据库中已有角色 ${name}，但其权限不对。请执行 alter role ${name} ${login} nosuperuser nocreatedb nocreaterole noreplication nobypassrls 后再启动。`,
    );
  }
}

/** Advisory locks hold within one database; two databases of a cluster can still meet at their common roles. */
function isRace(error: unknown, code: unknown): boolean {
  if (code === "23505" || code === "42710" || code === "40P01") return true;
  return code === "XX000" && error instanceof Error && error.message.startsWith("tuple concurrently");
}
