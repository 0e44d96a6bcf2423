import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, expect, onTestFinished, test } from "vitest";
import { endServer } from "../testing/global-setup.ts";
import { StartError } from "./config.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { makeMissingLinks } from "./postgres-binaries.ts";
import { postmasterOf } from "./postmaster.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) {
    await endServer(join(folder, "postgres"));
    rmSync(folder, { recursive: true, force: true });
  }
});

function freshFolder(name = ""): string {
  const folder = mkdtempSync(join(tmpdir(), `shice-pg-${name}`));
  folders.push(folder);
  return folder;
}

let initialised: string | undefined;

/** A folder whose server has been initialised, and has stopped in order: initialising takes longer than most tests here. */
async function initialisedFolder(): Promise<string> {
  if (initialised === undefined) {
    initialised = mkdtempSync(join(tmpdir(), "shice-pg-"));
    await (await startEmbeddedPostgres({ folder: initialised, durable: false })).stop();
  }
  const folder = freshFolder();
  // With its owners: where we are root, the server's files belong to another user.
  execFileSync("cp", ["-a", `${initialised}/.`, folder]);
  return folder;
}

afterAll(() => {
  if (initialised !== undefined) rmSync(initialised, { recursive: true, force: true });
});

async function ask(server: EmbeddedPostgres, text: string): Promise<unknown> {
  const client = new pg.Client(server.connection);
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query({ text, rowMode: "array" });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

function servingPid(folder: string): number {
  const postmaster = postmasterOf(join(folder, "postgres"));
  if (postmaster.state !== "serving") throw new Error("no server");
  return postmaster.pid;
}

async function gone(pid: number): Promise<void> {
  await expect
    .poll(() => {
      try {
        return readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
      } catch {
        return true;
      }
    })
    .toBe(true);
}

test("a fresh folder becomes a durable UTF-8 server by socket alone, and keeps what was committed", async () => {
  const folder = freshFolder();
  const server = await startEmbeddedPostgres({ folder, durable: true });
  expect(await ask(server, "show fsync")).toBe("on");
  expect(await ask(server, "show full_page_writes")).toBe("on");
  expect(await ask(server, "show listen_addresses")).toBe("");
  expect(await ask(server, "show server_encoding")).toBe("UTF8");
  expect(await ask(server, "select datlocale from pg_database where datname = current_database()")).toBe("C.UTF-8");
  await ask(server, "create extension pg_trgm");
  expect(await ask(server, "select cardinality(show_trgm('李建国')) > 0")).toBe(true);
  await ask(server, "create table kept as select '张三' as name");
  await server.stop();
  expect(postmasterOf(join(folder, "postgres")).state).toBe("gone");
  const again = await startEmbeddedPostgres({ folder, durable: true });
  expect(await ask(again, "select name from kept")).toBe("张三");
  await again.stop();
  await again.stop();
});

test("its password is nobody else's to read, and none is needed to lie around after the start", async () => {
  const folder = freshFolder();
  const server = await startEmbeddedPostgres({ folder, durable: false });
  expect(statSync(join(folder, "postgres-password")).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "postgres")).mode & 0o077).toBe(0);
  expect(existsSync(join(folder, "socket", ".initial"))).toBe(false);
  await expect(new pg.Client({ ...server.connection, password: "guessed" }).connect()).rejects.toMatchObject({
    code: "28P01",
  });
  await server.stop();
});

test("the server of a killed program is stopped and started anew, with all that was committed", async () => {
  const folder = await initialisedFolder();
  const left = await startEmbeddedPostgres({ folder, durable: true });
  await ask(left, "create table kept as select 1 as n");
  const before = servingPid(folder);
  const server = await startEmbeddedPostgres({ folder, durable: true });
  expect(servingPid(folder)).not.toBe(before);
  expect(await ask(server, "select n from kept")).toBe(1);
  await server.stop();
});

test("after the server itself was killed, sessions and all, the next start recovers what was committed", async () => {
  const folder = await initialisedFolder();
  const left = await startEmbeddedPostgres({ folder, durable: true });
  await ask(left, "create table kept as select 1 as n");
  const session = new pg.Client(left.connection);
  session.on("error", () => undefined);
  await session.connect();
  const busy = session.query("select count(*) from generate_series(1, 2000000)").catch(() => undefined);
  const pid = servingPid(folder);
  process.kill(pid, "SIGKILL");
  const server = await startEmbeddedPostgres({ folder, durable: true });
  expect(await ask(server, "select n from kept")).toBe(1);
  await busy;
  await session.end();
  await server.stop();
});

test.runIf(existsSync("/proc/self/cwd"))(
  "an innocent program that bears the number of a dead server is left alone",
  async () => {
    const folder = await initialisedFolder();
    const dead = await startEmbeddedPostgres({ folder, durable: false });
    const pid = servingPid(folder);
    const lock = join(folder, "postgres", "postmaster.pid");
    const text = readFileSync(lock, "utf8");
    await dead.stop();
    await gone(pid);
    // It runs as the same user as the server, so that PostgreSQL takes it for one.
    const { uid, gid } = statSync(join(folder, "postgres"));
    const innocent = spawn("sleep", ["60"], { uid, gid, cwd: "/", stdio: "ignore" });
    onTestFinished(() => {
      innocent.kill("SIGKILL");
    });
    await once(innocent, "spawn");
    writeFileSync(lock, text.replace(/^\d+/, String(innocent.pid)), { mode: 0o600 });
    expect(postmasterOf(join(folder, "postgres"))).toEqual({ state: "mistaken", pid: innocent.pid });
    const server = await startEmbeddedPostgres({ folder, durable: false });
    expect(await ask(server, "select 1")).toBe(1);
    await server.stop();
    expect(innocent.exitCode).toBeNull();
    expect(innocent.signalCode).toBeNull();
  },
);

test("an initialisation that was cut off is begun again", async () => {
  const folder = freshFolder();
  mkdirSync(join(folder, "postgres.new"));
  writeFileSync(join(folder, "postgres.new", "PG_VERSION"), "18\n");
  const server = await startEmbeddedPostgres({ folder, durable: false });
  expect(await ask(server, "select 1")).toBe(1);
  await server.stop();
});

test("a folder may have spaces, commas, quotes and Chinese in its name", async () => {
  const folder = freshFolder("数据 '1', 2 ");
  const server = await startEmbeddedPostgres({ folder, durable: false });
  expect(await ask(server, "select 1")).toBe(1);
  await server.stop();
});

test("the server's log is a file in the folder, and holds nothing that people entered", async () => {
  const folder = await initialisedFolder();
  const server = await startEmbeddedPostgres({ folder, durable: false });
  const client = new pg.Client(server.connection);
  await client.connect();
  await expect(client.query("select $1::int", ["李建国"])).rejects.toMatchObject({ code: "22P02" });
  await expect(client.query("select '李建国'::int")).rejects.toMatchObject({ code: "22P02" });
  await client.query("create table person (name text primary key)");
  await client.query("insert into person values ('李建国')");
  await expect(client.query("insert into person values ('李建国')")).rejects.toMatchObject({ code: "23505" });
  await client.end();
  await server.stop();
  const log = readFileSync(join(folder, "postgres.log"), "utf8");
  expect(log).toContain("database system is shut down");
  expect(log).not.toContain("李建国");
});

test.each([`a"b`, "a$HOME", "a`b", "a\\b"])(
  "a path with %j in it, which a shell would read, is refused",
  async (name) => {
    const folder = join(freshFolder(), name);
    await expect(startEmbeddedPostgres({ folder, durable: false })).rejects.toThrow(/不接受的符号/);
    expect(existsSync(folder)).toBe(false);
  },
);

test("a path that is too long for a socket is refused before anything is written", async () => {
  const folder = join(freshFolder(), "a".repeat(100));
  await expect(startEmbeddedPostgres({ folder, durable: false })).rejects.toThrow(/路径过长/);
  expect(existsSync(folder)).toBe(false);
});

test("without its password, with a wrong one, or of another version, the data are left as they are", async () => {
  const folder = await initialisedFolder();
  const password = join(folder, "postgres-password");
  const right = readFileSync(password, "utf8");
  rmSync(password);
  await expect(startEmbeddedPostgres({ folder, durable: false })).rejects.toThrow(/缺少文件 postgres-password/);
  writeFileSync(password, "wrong");
  await expect(startEmbeddedPostgres({ folder, durable: false })).rejects.toThrow(/与数据库不符/);
  expect(postmasterOf(join(folder, "postgres")).state).toBe("gone");
  writeFileSync(password, right);
  const version = join(folder, "postgres", "PG_VERSION");
  writeFileSync(version, "17\n");
  await expect(startEmbeddedPostgres({ folder, durable: false })).rejects.toThrow(/由 PostgreSQL 17 建立/);
  writeFileSync(version, "18\n");
  await (await startEmbeddedPostgres({ folder, durable: false })).stop();
});

test("a server that does not start points to its log", async () => {
  const folder = await initialisedFolder();
  rmSync(join(folder, "postgres", "global", "pg_control"));
  await expect(startEmbeddedPostgres({ folder, durable: false })).rejects.toThrow(/postgres\.log/);
});

test.runIf(process.getuid?.() === 0)("root: a folder that the server's user cannot enter is named", async () => {
  const parent = freshFolder();
  chmodSync(parent, 0o700);
  const start = startEmbeddedPostgres({ folder: join(parent, "data"), durable: false });
  await expect(start).rejects.toThrow(StartError);
  await expect(start).rejects.toThrow(`不能进入目录 ${parent}。`);
});

test("links to libraries that no install script has made are made", () => {
  const folder = freshFolder();
  mkdirSync(join(folder, "native", "lib"), { recursive: true });
  writeFileSync(join(folder, "native", "lib", "libicuuc.so.60.2"), "library");
  const links = [{ source: "native/lib/libicuuc.so.60.2", target: "native/lib/libicuuc.so.60" }];
  writeFileSync(join(folder, "native", "pg-symlinks.json"), JSON.stringify(links));
  makeMissingLinks(folder);
  makeMissingLinks(folder);
  const link = join(folder, "native", "lib", "libicuuc.so.60");
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(link, "utf8")).toBe("library");
});
