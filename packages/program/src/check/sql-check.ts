import type { ConnectionParameters } from "@shice/server/platform/database/connection.ts";
import pg from "pg";
import { compareRows } from "./sql-rows.ts";
import { collectStatements, type Samples } from "./sql-statements.ts";

/** One column of each type that an act may set: the code around it is the same for all columns of a type. */
const columns = [
  { column: "mark_with", type: "text" },
  { column: "flags", type: "text[]" },
  { column: "form", type: "jsonb" },
];
const samples: Samples = {
  "packages/server/src/case/transition.ts": columns,
  "packages/server/src/form/save-form.ts": columns,
};

/**
 * Prepares every SQL statement of the server in a migrated database. Reports what PostgreSQL refuses, and where the columns
 * that come back differ from the row type in the code.
 */
export async function checkStatements(root: string, connection: ConnectionParameters): Promise<string[]> {
  const { statements, failures, checker, close } = collectStatements(root, {
    tsconfig: "tsconfig.json",
    samples,
    isProduct: (path) =>
      path.startsWith("packages/server/src/") &&
      !/\.test\.ts$|\/testing\/|\/platform\/database\/migrate\.ts$/.test(path),
  });
  const client = new pg.Client({ ...connection, options: "-c search_path=shice,public" });
  try {
    await client.connect();
    return [...failures, ...(await compareRows(client, statements, checker))];
  } finally {
    close();
    await client.end();
  }
}
