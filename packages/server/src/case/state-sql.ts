import type { State } from "@shice/rules/lifecycle/state.ts";
import { type RawBuilder, sql } from "kysely";

/** A state as a constant of the statement, not a parameter: partial indexes and statistics apply to it. */
export function stateText(state: State): RawBuilder<State> {
  return sql.lit(state);
}

/** A group of states as `('draft', 'submitted')`, for `state in …`; constants for the same reason. */
export function stateList(states: readonly State[]): RawBuilder<unknown> {
  return sql`(${sql.join(states.map((state) => sql.lit(state)))})`;
}
