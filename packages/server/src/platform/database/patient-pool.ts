import type pg from "pg";
import { isDatabaseAway } from "./away.ts";

/**
 * The pool as the queue of jobs needs it: a line that broke, and a database that is away, come with the one code that the
 * queue waits for and tries again. Its own list leaves most of them out, and an error that it meets while it notes that a
 * job has failed is heard by nobody, and would end the program.
 */
export function patientPool(pool: pg.Pool): pg.Pool {
  // The queue's ear, which asks with a callback, listens again by itself when its line breaks.
  const connect = (...callback: Parameters<typeof pool.connect>) =>
    callback.length > 0 ? pool.connect(...callback) : pool.connect().then(patientClient, throwToBeTriedAgain);
  return new Proxy(pool, {
    get: (target, name) => (name === "connect" ? connect : memberOf(target, name)),
  });
}

function patientClient(client: pg.PoolClient): pg.PoolClient {
  const query = (...input: unknown[]): Promise<unknown> =>
    Promise.resolve(Reflect.apply(client.query, client, input)).catch(throwToBeTriedAgain);
  return new Proxy(client, {
    get: (target, name) => (name === "query" ? query : memberOf(target, name)),
  });
}

/** A method belongs to what it was taken from, whatever it is called through. */
function memberOf(target: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(target, name, target);
  return typeof member === "function" ? member.bind(target) : member;
}

function throwToBeTriedAgain(error: unknown): never {
  if (!isDatabaseAway(error)) throw error;
  throw Object.assign(new Error("the database is away", { cause: error }), { code: "ETIMEDOUT" });
}
