import { atSchoolStates, isAmong, type State } from "./state.ts";

/**
 * Which office a teacher's words about a case go to: the confirmation point until the papers are handed over, the
 * district from then on. What the district sent back to the school is still the district's question.
 */
export function officeOf(state: State): "school" | "district" {
  return isAmong(state, atSchoolStates) ? "school" : "district";
}

/** The states in which words are that office's to answer. */
export function statesAt(office: "school" | "district", all: readonly State[]): State[] {
  return all.filter((state) => officeOf(state) === office);
}
