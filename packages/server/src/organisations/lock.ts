import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { getSchool, type School } from "./schools.ts";
import type { KeepingWork } from "./work.ts";

/** Days of the directory are Beijing's. */
const zone = "Asia/Shanghai";

export function todayTextOf({ now }: Pick<KeepingWork, "now">): string {
  return now.toZonedDateTimeISO(zone).toPlainDate().toString();
}

/**
 * Two keepers who change the same schools come one after the other; locked in the order of ids. Not against those who
 * only point to a school: a clerk's act writes the school into its history, and would wait here while we wait for it.
 */
export async function lockSchools({ tx }: KeepingWork, ids: readonly string[]): Promise<void> {
  await sql`select id from shice.organisation where id = any(${[...ids]}::uuid[]) order by id for no key update`.execute(
    tx,
  );
}

/**
 * A school that goes on, locked for a change.
 * @throws RefusalError request.not-found, school.ended-already
 */
export async function getLiving(keeping: KeepingWork, id: string): Promise<School> {
  const school = await getSchool(keeping.tx, id);
  if (school.validTo !== null) {
    throw new RefusalError({ code: "school.ended-already", name: school.name, on: school.validTo });
  }
  return school;
}

/**
 * From which day a change holds: what follows from it follows at once, so the day has come, and the school was there.
 * @throws RefusalError school.day-to-come, school.day-before-founding
 */
export function mustBeDay(keeping: KeepingWork, school: School, on: string): void {
  if (on > todayTextOf(keeping)) throw new RefusalError({ code: "school.day-to-come", field: "on" });
  if (on < school.validFrom) {
    const { name, validFrom } = school;
    throw new RefusalError({ code: "school.day-before-founding", name, validFrom, field: "on" });
  }
}
