import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeClient } from "@shice/contract/client.ts";
import { makeCookieJar } from "@shice/contract/cookie-jar.ts";
import { roles } from "@shice/rules/lifecycle/role.ts";
import { type Running, type StartOptions, start } from "@shice/server/main.ts";
import { readConfig, StartError } from "@shice/server/platform/config.ts";
import { openLog } from "@shice/server/platform/log.ts";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentOf, contentOfPeople } from "../testing/content-of.ts";
import { type FilledDemonstration, openFilledDemonstration } from "../testing/filled-demonstration.ts";
import { type OwnDatabase, ownDatabase } from "../testing/own-database.ts";
import { refusalOf } from "../testing/teacher-acts.ts";
import { fillDemonstration } from "./fill.ts";

const webFolder = mkdtempSync(join(tmpdir(), "shice-web-"));
mkdirSync(join(webFolder, "assets"));
writeFileSync(join(webFolder, "index.html"), "<!doctype html><title>师册</title>");
writeFileSync(join(webFolder, "assets", "app-1a2b3c.js"), "void 0;");
const databases: OwnDatabase[] = [];
const programs: Running[] = [];

afterAll(async () => {
  await Promise.allSettled(programs.map((program) => program.stop()));
  for (const database of databases) await database.drop();
  rmSync(webFolder, { recursive: true });
});

async function fresh(): Promise<OwnDatabase> {
  const database = await ownDatabase();
  databases.push(database);
  return database;
}

async function run(database: Pick<OwnDatabase, "env">, env: Record<string, string> = {}, options: StartOptions = {}) {
  const read = readConfig({ ...database.env, PORT: "0", SHICE_DEMO_TEACHERS: "40", ...env });
  if ("problems" in read) throw new Error(read.problems.join());
  const program = await start(read.config, openLog("silent"), { webFolder, fill: fillDemonstration, ...options });
  programs.push(program);
  return program;
}

/** A visitor with cookies, who acts under the first post if there is one. */
function visitor(url: string) {
  const jar = makeCookieJar();
  let post: string | undefined;
  const client = makeClient(url, { cookies: jar, post: () => post });
  const signInAs = async (persona: string) => {
    post = undefined;
    const me = await client.training.signInAs({ persona });
    post = me.posts[0]?.id;
    return me.posts[0]?.role ?? me.kind;
  };
  return { jar, client, signInAs };
}

/** Behind the program's back. */
async function onOwner({ connection }: FilledDemonstration, statement: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(statement);
  await client.end();
}

describe("the demonstration", () => {
  let database: FilledDemonstration;
  let program: Running;
  let campaign: string;

  // The template may have to be filled first.
  beforeAll(async () => {
    database = await openFilledDemonstration(`${webFolder}-filled`);
    program = await run(database);
  }, 600_000);

  afterAll(async () => {
    await program.stop();
    await database.remove();
  });

  test("starts on 9 October 2017, 9:00, with people in many states in all seventeen areas", async () => {
    const state = await visitor(program.url).client.training.getState();
    campaign = state.campaign ?? "";
    expect(state).toMatchObject({ now: "2017-10-09T01:00:00Z", runs: false, preparing: null, resettable: true });
    const people = state.standing.reduce((sum, { people }) => sum + people, 0);
    expect(people).toBeGreaterThanOrEqual(40);
    expect(state.standing.filter(({ people }) => people > 0).length).toBeGreaterThanOrEqual(4);
    const client = new pg.Client(database.connection);
    await client.connect();
    const { rows } = await client.query(
      "select count(distinct authority_id)::int as areas from shice.application where authority_id is not null",
    );
    await client.end();
    expect(rows[0].areas).toBe(17);
  });

  test("every role has a persona, and one call signs in as it", async () => {
    const { personas } = await visitor(program.url).client.training.getState();
    const staffed = roles.filter((role) => role !== "system");
    expect(new Set(personas.map(({ role }) => role))).toEqual(new Set(staffed));
    for (const persona of personas) {
      const guest = visitor(program.url);
      expect(await guest.signInAs(persona.key)).toBe(persona.role);
      expect((await guest.client.accounts.me()).account).toBe(persona.account);
      expect(persona.task).not.toBe("");
    }
    const nobody = visitor(program.url).client.training.signInAs({ persona: "headmaster-of-the-moon" });
    expect(await refusalOf(nobody)).toMatchObject({ code: "training.persona-unknown" });
  });

  test("the clock moves to its marks and lists what happened; it does not go back before an act", async () => {
    const guest = visitor(program.url);
    const { marks } = await guest.client.training.getState();
    expect(marks.map(({ key }) => key)).toEqual(expect.arrayContaining(["last-apply", "after-confirm"]));
    const end = marks.find(({ key }) => key === "after-confirm");
    const moved = await guest.client.training.setClock({ at: end?.at ?? "" });
    expect(moved.lapsed).toBeGreaterThan(0);
    expect(moved.since.join("")).toMatch(/放弃/);
    const back = guest.client.training.setClock({ at: "2017-10-09T01:00:00Z" });
    expect(await refusalOf(back)).toMatchObject({ code: "training.clock-back" });
  });

  test("reset restores every row, with chains that verify, whatever was done", async () => {
    const guest = visitor(program.url);
    await guest.signInAs("campaign-manager");
    expect(await contentOf(database.connection)).not.toEqual(database.content.all);
    // A beginning that was kept before a table came, or a column, serves on after the upgrade.
    await onOwner(database, 'drop table shice_beginning."shice.assisted_reset"');
    await onOwner(database, 'alter table shice_beginning."shice.message" drop column due_at');
    // Jobs started under the later clock must not let restored cases lapse.
    await onOwner(database, "select worker.add_job('sweep-what-is-due') from generate_series(1, 60)");
    const clock = await guest.client.training.reset();
    expect(clock).toEqual({ now: "2017-10-09T01:00:00Z", runs: false });
    expect(await contentOfPeople(database.connection)).toEqual(database.content.people);
    // Every row and column; once more where a minute's jobs fell in between.
    await expect
      .poll(async () => {
        await guest.client.training.reset();
        return await contentOf(database.connection);
      })
      .toEqual(database.content.all);
    const auditor = visitor(program.url);
    await auditor.signInAs("auditor");
    const verified = await auditor.client.audit.verifyChains({ campaign });
    expect(verified.faults).toEqual([]);
    expect(verified.rows).toBeGreaterThan(40);
  });

  test("the web application serves every view's address, but nothing under /api and no missing files", async () => {
    const get = (path: string) => fetch(`${program.url}${path}`, { redirect: "manual" });
    const [first, view, asset] = [
      await get("/"),
      await get("/queue?state=submitted"),
      await get("/assets/app-1a2b3c.js"),
    ];
    expect([first.status, first.headers.get("location")]).toEqual([302, "/welcome"]);
    expect(await view.text()).toContain("<title>师册</title>");
    expect(view.headers.get("cache-control")).toBe("no-cache");
    expect(view.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(asset.headers.get("cache-control")).toContain("immutable");
    for (const path of ["/api/no-such-call", "/assets/gone-9f8e7d.js", "/favicon.png", "/../package.json"]) {
      expect((await get(path)).status, path).toBe(404);
    }
  });

  test("the next start keeps the demonstration; with training off, no training call and no old session works", async () => {
    const before = visitor(program.url);
    await before.signInAs("campaign-manager");
    await program.stop();
    const again = await run(database);
    expect(again.training).toBe(true);
    expect(await contentOfPeople(database.connection)).toEqual(database.content.people);
    await again.stop();

    const off = await run(database, { SHICE_TRAINING: "off" });
    expect(off.training).toBe(false);
    expect(off.told).toContain("演练数据");
    const guest = visitor(off.url);
    for (const act of [
      () => guest.client.training.getState(),
      () => guest.client.training.getClock(),
      () => guest.client.training.signInAs({ persona: "campaign-manager" }),
      () => guest.client.training.setClock({ at: "2017-11-09T01:00:00Z" }),
      () => guest.client.training.reset(),
      () => guest.client.training.listMails({ to: "somebody@example.invalid" }),
    ]) {
      expect(await refusalOf(act())).toMatchObject({ status: 404 });
    }
    const oldCookie = makeClient(off.url, { cookies: before.jar });
    expect(await refusalOf(oldCookie.accounts.me())).toMatchObject({ status: 401 });
    expect((await fetch(`${off.url}/`, { redirect: "manual" })).status).toBe(200);
    await off.stop();
  });
});

test("a real installation has no training calls and no personas", async () => {
  const database = await fresh();
  const real = await run(database, { SHICE_TRAINING: "off" });
  expect(real).toMatchObject({ training: false, told: undefined, firstInvitation: expect.any(String) });
  const guest = visitor(real.url);
  expect(await refusalOf(guest.client.training.getState())).toMatchObject({ status: 404 });
  expect(await refusalOf(guest.client.training.signInAs({ persona: "campaign-manager" }))).toMatchObject({
    status: 404,
  });
  await real.stop();
  // It stays real: training mode is refused on it, and no invented data are added.
  await expect(run(database, { SHICE_TRAINING: "on" })).rejects.toThrow(StartError);
  const auto = await run(database);
  expect(auto.training).toBe(false);
  await auto.stop();
});
