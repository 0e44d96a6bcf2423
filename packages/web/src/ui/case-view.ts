import type { client } from "./client.ts";

/** One case as the office reads it. */
export type CaseView = Awaited<ReturnType<typeof client.cases.getCase>>;
