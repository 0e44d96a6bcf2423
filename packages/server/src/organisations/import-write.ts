import { sql } from "kysely";
import { type Checked, type FoundSchool, pointOf } from "./import.ts";
import { lockSchools, todayTextOf } from "./lock.ts";
import { insertAlias, insertSchools, writeName } from "./names.ts";
import { passOn } from "./pass.ts";
import type { School } from "./schools.ts";
import { type Change, type DirectoryWork, recordChanges } from "./work.ts";

/** Writes what a checked sheet says that is new or changed; each school's history tells the file and the reason. */
export async function writeSheet(
  work: DirectoryWork,
  { rows, bodies }: Checked,
  { fileName, reason }: { fileName: string; reason: string },
): Promise<number> {
  const on = todayTextOf(work);
  const file = { file: fileName };
  const names = new Map(bodies.map(({ id, name }) => [id, name]));
  const fresh = rows.filter(({ outcome }) => outcome === "new");
  const ids = await insertSchools(
    work.tx,
    fresh.map(({ draft, newAliases }) => ({
      name: draft.name,
      aliases: newAliases,
      kind: draft.kind ?? "primary",
      ownership: draft.ownership ?? "public",
      industryRun: draft.industryRun ?? false,
      authority: draft.authority ?? "",
      confirmationPoint: draft.confirmationPoint ?? "school",
      validFrom: draft.validFrom ?? on,
    })),
    work.now,
  );
  await recordChanges(
    work,
    fresh.map(({ draft }, at) => ({
      school: ids[at] ?? "",
      kind: "added",
      on: draft.validFrom ?? on,
      reason,
      detail: { authority: names.get(draft.authority ?? "") ?? "", ...file },
    })),
  );
  const changed = rows.flatMap((row) =>
    row.outcome === "changed" && row.school !== undefined ? [{ ...row, school: row.school }] : [],
  );
  await lockSchools(
    work,
    changed.map(({ school }) => school.id),
  );
  const passed: School[] = [];
  for (const row of changed) {
    await recordChanges(work, await writeChanged(work, row, { on, reason, ...file }));
    if (row.draft.confirmationPoint !== undefined && row.draft.confirmationPoint !== pointOf(row.school)) {
      passed.push(row.school);
    }
  }
  if (passed.length > 0) {
    const otherOf = (school: School) => (pointOf(school) === "school" ? "authority" : "school");
    await passOn(work, {
      schools: passed,
      on,
      reason,
      changeOf: (school) => ({ kind: "changed", detail: { fields: [pointFieldOf(school, otherOf(school))], ...file } }),
      wordsOf: (school) => pointWordsOf(school, otherOf(school)),
    });
  }
  return fresh.length + changed.length;
}

async function writeChanged(
  { tx }: DirectoryWork,
  { draft, school, newAliases, changes }: FoundSchool & { school: School },
  { on, reason, file }: { on: string; reason: string; file: string },
): Promise<Change[]> {
  const written: Change[] = [];
  const note = (kind: Change["kind"], detail: Change["detail"]) =>
    written.push({ school: school.id, kind, on, reason, detail: { ...detail, file } });
  if (changes.some(({ title }) => title === "学校全称")) {
    await writeName(tx, school.id, draft.name, on);
    note("renamed", { from: school.name, to: draft.name });
  }
  for (const name of newAliases) {
    if (await insertAlias(tx, school.id, name)) note("alias-added", { name });
  }
  const fields = await writeDetails(tx, school, draft);
  if (fields.length > 0) note("changed", { fields });
  return written;
}

/** Changed details of a school as its history keeps them. */
interface ChangedField {
  readonly [key: string]: string | boolean;
  field: string;
  from: string | boolean;
  to: string | boolean;
}

/** Writes what differs of kind, ownership, industry-run, confirmation point and founding day, and tells what it was. */
export async function writeDetails(
  tx: DirectoryWork["tx"],
  school: School,
  to: {
    kind?: string | undefined;
    ownership?: string | undefined;
    industryRun?: boolean | undefined;
    confirmationPoint?: "school" | "authority" | undefined;
    validFrom?: string | undefined;
  },
): Promise<ChangedField[]> {
  const fields: ChangedField[] = [];
  const note = (field: string, from: string | boolean, now: string | boolean | undefined) => {
    if (now !== undefined && now !== from) fields.push({ field, from, to: now });
  };
  note("kind", school.kind, to.kind);
  note("ownership", school.ownership, to.ownership);
  note("industryRun", school.industryRun, to.industryRun);
  note("validFrom", school.validFrom, to.validFrom);
  const moves = to.confirmationPoint !== undefined && to.confirmationPoint !== pointOf(school);
  const point = to.confirmationPoint === "authority" ? school.authorityId : school.id;
  await sql`
    update shice.school set institution_kind = ${to.kind ?? school.kind}, ownership = ${to.ownership ?? school.ownership},
      industry_run = ${to.industryRun ?? school.industryRun},
      confirmation_point_id = ${moves ? point : school.confirmationPointId}::uuid
    where organisation_id = ${school.id}`.execute(tx);
  if (to.validFrom !== undefined) {
    await sql`update shice.organisation set valid_from = ${to.validFrom}::date where id = ${school.id}`.execute(tx);
  }
  return fields;
}

/** A confirmation point that changes, in words: the school itself, or the office's name. */
export function pointWordsOf(school: School, to: "school" | "authority"): { from: string; to: string } {
  const name = (point: "school" | "authority") => (point === "school" ? "本校" : school.authority);
  return { from: name(pointOf(school)), to: name(to) };
}

export function pointFieldOf(school: School, to: "school" | "authority"): ChangedField {
  return { field: "confirmationPoint", ...pointWordsOf(school, to) };
}
