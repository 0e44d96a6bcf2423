import type { ClientBase } from "pg";

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

/**
 * Makes the cluster's roles where they are missing; they are shared by all databases of a server, so no migration
 * can make them. `shice_owner` owns the schema; `shice_login` is what the program connects as: it has no rights of its
 * own and may only take up one of the scope roles, each of which owns nothing and cannot bypass row security.
 * `shice_auth` is better-auth's: it sees the schema `auth` alone.
 */
export async function ensureRoles(client: ClientBase, loginPassword: string): Promise<void> {
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock(7233001)");
    for (const kind of scopeRoles) await ensureRole(client, `shice_${kind}`, "nologin");
    await ensureRole(client, "shice_owner", "nologin");
    await ensureRole(client, "shice_auth", "nologin");
    await ensureRole(client, "shice_login", "login");
    const { rows } = await client.query("select quote_literal($1) as password", [loginPassword]);
    await client.query(`alter role shice_login password ${rows[0].password}`);
    for (const kind of scopeRoles) {
      await client.query(`grant shice_${kind} to shice_login with inherit false, set true`);
    }
    await client.query("grant shice_auth to shice_login with inherit false, set true");
    await client.query("grant shice_owner to current_user with inherit true, set true");
    const { rows: databases } = await client.query("select quote_ident(current_database()) as name");
    await client.query(`grant connect, create, temporary on database ${databases[0].name} to shice_owner`);
    await client.query(`grant connect on database ${databases[0].name} to shice_login`);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

async function ensureRole(client: ClientBase, name: string, login: "login" | "nologin"): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = $1", [name]);
  const attributes = `${login} nosuperuser nocreatedb nocreaterole nobypassrls`;
  if (rowCount === 0) await client.query(`create role ${name} ${attributes}`);
}
