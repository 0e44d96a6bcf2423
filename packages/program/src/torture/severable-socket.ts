import { mkdirSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";

/** A database connection that can be cut: a socket that forwards to the server's socket. */
export interface SeverableSocket {
  /** The folder in which clients find the socket. */
  folder: string;
  /** Breaks all open connections, even in the middle of a message. */
  sever(): void;
  /** While closed, new connections are refused at once. */
  closed: boolean;
  stop(): Promise<void>;
}

/** Listens in `folder` like PostgreSQL and forwards to the server whose socket is in `to`. */
export async function openSeverableSocket(folder: string, to: string): Promise<SeverableSocket> {
  const name = ".s.PGSQL.5432";
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, name), { force: true });
  const pairs = new Set<readonly [Socket, Socket]>();
  const state = { closed: false };
  const server = createServer((client) => {
    if (state.closed) {
      client.destroy();
      return;
    }
    const database = connect(join(to, name));
    const pair = [client, database] as const;
    pairs.add(pair);
    const end = () => {
      for (const socket of pair) socket.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
    client.pipe(database);
    database.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(join(folder, name), resolve));
  const sever = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    folder,
    sever,
    get closed() {
      return state.closed;
    },
    set closed(closed) {
      state.closed = closed;
    },
    stop: async () => {
      sever();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
