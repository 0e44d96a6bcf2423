import type { State } from "@shice/rules/lifecycle/state.ts";
import type { BulkActSpec } from "../acts/act-spec.ts";

/** A queue of one role: which cases lie in it, what is done with them, and which acts take many at once. */
export interface QueueView {
  key: string;
  title: string;
  states: readonly State[];
  filter?: { markWith?: "sticker" | "annotation" | "none"; flagged?: "yes" | "no"; withdrawal?: "asked" };
  /** What the holder of the post does with these cases; on the first page and above the list. */
  todo: string;
  /** The role works on these cases; on the others it only looks. */
  mine: boolean;
  bulk?: readonly BulkActSpec[];
  /** The page on which this work is done, where it has one. */
  page?: { key: "hand-over"; label: string; search: { kind: "first" | "again" } };
}
