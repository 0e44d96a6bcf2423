/** Who saves a form: its teacher, or the school's clerk for the teacher. */
export type Writer = "teacher" | "school";

/**
 * The entries that stand as the school made them, after a save: what the clerk changed is the school's, what the teacher
 * changed is the teacher's own again. Entries are fields of the form and scans (`material:certificate`), in order.
 */
export function assistedAfter(before: readonly string[], changed: readonly string[], writer: Writer): string[] {
  const touched = new Set(changed);
  const left = before.filter((entry) => !touched.has(entry));
  return [...new Set(writer === "school" ? [...left, ...changed] : left)].sort();
}

/** One save of a clerk's: who, from which office, when, which entries. */
export interface AssistedSave {
  by: string;
  organisation: string | null;
  at: Temporal.Instant;
  fields: readonly string[];
}

/** What a clerk entered in one go. */
interface Sitting {
  by: string;
  organisation: string | null;
  from: Temporal.Instant;
  until: Temporal.Instant;
  fields: string[];
}

const pause = Temporal.Duration.from({ minutes: 30 });

/**
 * A form saves itself every few seconds; people read of sittings. Saves of one clerk with less than half an hour between
 * them, nobody else's in between, are one. Oldest first, as the saves are given.
 */
export function sittingsOf(saves: readonly AssistedSave[]): Sitting[] {
  const sittings: Sitting[] = [];
  for (const { by, organisation, at, fields } of saves) {
    const last = sittings.at(-1);
    const goesOn =
      last !== undefined &&
      last.by === by &&
      last.organisation === organisation &&
      Temporal.Instant.compare(at, last.until.add(pause)) < 0;
    if (goesOn) {
      last.until = at;
      last.fields = [...new Set([...last.fields, ...fields])].sort();
    } else sittings.push({ by, organisation, from: at, until: at, fields: [...new Set(fields)].sort() });
  }
  return sittings;
}
