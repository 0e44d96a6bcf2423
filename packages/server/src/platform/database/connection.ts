/** How to reach a database; `host` is a folder where the server listens on a socket. */
export interface ConnectionParameters {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  ssl?: boolean;
}

/** The parts of a DATABASE_URL. */
export function connectionOf(url: string): ConnectionParameters {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const ssl = ["require", "verify-ca", "verify-full"].includes(searchParams.get("sslmode") ?? "");
  return {
    host: searchParams.get("host") ?? (hostname === "" ? "localhost" : decodeURIComponent(hostname)),
    port: port === "" ? 5432 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    ...(ssl ? { ssl } : {}),
  };
}

/** The same as a URL, for tools that want one. */
export function urlOf(connection: ConnectionParameters): string {
  const { host, port, user, password, database } = connection;
  const at = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return host.startsWith("/")
    ? `postgres://${at}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgres://${at}@${host}:${port}/${database}`;
}
