import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../testing/test-database.ts";
import { patientPool } from "./patient-pool.ts";
import { openPool } from "./pool.ts";

const { superuser } = await testDatabase();
const other = openPool({ ...superuser, max: 1 });
afterAll(() => other.end());

test("a line that breaks under a statement is to be tried again, and the next one is whole", async () => {
  const plain = openPool({ ...superuser, max: 1 });
  const pool = patientPool(plain);
  const client = await pool.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const waiting = client.query("select pg_sleep(30)");
  await Promise.all([
    expect(waiting).rejects.toMatchObject({ code: "ETIMEDOUT", cause: expect.any(Error) }),
    other.query("select pg_terminate_backend($1)", [rows[0]?.pid]),
  ]);
  await expect(client.query("select 1")).rejects.toMatchObject({ code: "ETIMEDOUT" });
  client.release();
  const next = await pool.connect();
  expect((await next.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  next.release();
  await plain.end();
});

test("a database that is not there is to be tried again; a statement that is wrong is not", async () => {
  const gone = openPool({ host: "127.0.0.1", port: 1, connectionTimeoutMillis: 5000 });
  await expect(patientPool(gone).connect()).rejects.toMatchObject({ code: "ETIMEDOUT" });
  await gone.end();
  const plain = openPool({ ...superuser, max: 1 });
  const client = await patientPool(plain).connect();
  await expect(client.query("select nonsense")).rejects.toMatchObject({ code: "42703" });
  client.release();
  await plain.end();
});
