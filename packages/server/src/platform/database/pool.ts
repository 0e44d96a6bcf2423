import pg from "pg";

/**
 * A pool whose connections may break at any moment: an idle one is dropped, and one in use fails the statement under
 * way, for whoever waits for it. Unheard, the same error would end the program.
 */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
