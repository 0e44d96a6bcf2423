import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../testing/test-database.ts";
import { openPool } from "./pool.ts";

const { superuser, owner } = await testDatabase();
const pool = openPool({ ...superuser, max: 2 });
afterAll(() => pool.end());

test("a connection that breaks while it is held between two statements fails the next one, and nothing else", async () => {
  const client = await pool.connect();
  const { rows } = await client.query("select pg_backend_pid() as pid");
  const broken = new Promise<void>((resolve) => client.once("end", () => resolve()));
  await owner.query("set role none; select pg_terminate_backend($pid)".replace("$pid", String(rows[0].pid)));
  await broken;
  await expect(client.query("select 1")).rejects.toThrow();
  client.release(true);
  // The next to ask gets another one.
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});
