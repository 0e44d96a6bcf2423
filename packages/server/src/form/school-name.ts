import type { ActContext } from "../request/run-act.ts";

/** The name of a school as the directory holds it; null where none is chosen yet. */
export async function findSchoolName({ tx }: ActContext, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const row = await tx.selectFrom("shice.organisation").select("name").where("id", "=", id).executeTakeFirst();
  return row?.name ?? null;
}
