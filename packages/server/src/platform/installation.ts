import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Config, StartError } from "./config.ts";
import { type DataFolder, takeDataFolder } from "./data-folder.ts";
import { type ConnectionParameters, connectionOf } from "./database/connection.ts";
import { defaultLogin } from "./database/roles.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { openSecrets, type Secrets } from "./secrets.ts";

/** The database and the secret that a program works with, held until closed. */
interface Installation {
  /** Of the user that may make roles and migrate. */
  connection: ConnectionParameters;
  secrets: Secrets;
  secret: string;
  /** Of the login without rights that the program's own pool uses. */
  loginName: string;
  loginPassword: string;
  close(): Promise<void>;
}

/**
 * Opens the installation that the configuration names: the given database, or the embedded one in the data folder.
 * @throws StartError with a sentence for the operator
 */
export async function openInstallation(config: Config): Promise<Installation> {
  if (config.databaseUrl !== undefined) {
    if (config.secret === undefined) throw new StartError("使用 DATABASE_URL 时必须设置 SHICE_SECRET。");
    return installationOf(config, connectionOf(config.databaseUrl), config.secret, async () => undefined);
  }
  const folder = takeDataFolder(config.dataFolder);
  try {
    const server = await startEmbeddedPostgres({ folder: folder.path, durable: true });
    return installationOf(config, server.connection, config.secret ?? secretIn(folder), async () => {
      await server.stop();
      folder.release();
    });
  } catch (error) {
    folder.release();
    throw error;
  }
}

function installationOf(
  config: Config,
  connection: ConnectionParameters,
  secret: string,
  close: () => Promise<void>,
): Installation {
  const secrets = openSecrets({ secret, cipher: config.cipher });
  // Roles belong to a server, not to a database: installations that share one must not set each other's password.
  const shared = config.databaseUrl !== undefined;
  const loginName = shared
    ? `${defaultLogin}_${secrets.deriveKey("login name").toString("hex").slice(0, 8)}`
    : defaultLogin;
  return {
    connection,
    secrets,
    secret,
    loginName,
    loginPassword: secrets.deriveKey("shice_login").toString("hex"),
    close,
  };
}

/** Generated once; whoever loses it can no longer read the sealed fields. */
function secretIn(folder: DataFolder): string {
  const path = join(folder.path, "secret");
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}
