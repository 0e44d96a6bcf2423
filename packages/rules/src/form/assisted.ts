/** Who saves a form: the teacher, or the school's clerk for the teacher. */
export type Writer = "teacher" | "school";

/**
 * The list of school-made entries after a save: entries that the clerk changed are added, entries that the teacher
 * changed are removed. Entries are form fields and scans (`material:certificate`), in order.
 */
export function assistedAfter(before: readonly string[], changed: readonly string[], writer: Writer): string[] {
  const touched = new Set(changed);
  const left = before.filter((entry) => !touched.has(entry));
  return [...new Set(writer === "school" ? [...left, ...changed] : left)].sort();
}

/** One save by a clerk: who, from which office, when, and the entries saved. */
export interface AssistedSave {
  by: string;
  organisation: string | null;
  at: Temporal.Instant;
  fields: readonly string[];
}

/** The entries of a clerk in one sitting. */
interface Sitting {
  by: string;
  organisation: string | null;
  from: Temporal.Instant;
  until: Temporal.Instant;
  fields: string[];
}

const pause = Temporal.Duration.from({ minutes: 30 });

/**
 * Groups saves into sittings, because a form saves itself every few seconds. Saves of one clerk with less than half an
 * hour between them, and nobody else's in between, form one sitting. Oldest first, in the order of the saves.
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
