import type { lifecycle } from "./lifecycle.ts";
import type { RecordParts } from "./record-parts.ts";
import type { TransitionName } from "./transition-names.ts";

/** The names that the row of a transition lists. */
export type RecordNameOf<Name extends TransitionName> = (typeof lifecycle)[Name]["records"][number];

type PartNameOf<Name extends TransitionName> = Extract<RecordNameOf<Name>, keyof RecordParts>;
/** Helper type: a function whose parameter type becomes the intersection of all these parts. */
type Taking<Part extends keyof RecordParts> = { [Each in Part]: (part: RecordParts[Each]) => void }[Part];

/** The record that a transition must write: all parts listed in its row. `never` if it lists none. */
export type RecordOf<Name extends TransitionName> = [PartNameOf<Name>] extends [never]
  ? never
  : Taking<PartNameOf<Name>> extends (record: infer Record) => void
    ? Record
    : never;
