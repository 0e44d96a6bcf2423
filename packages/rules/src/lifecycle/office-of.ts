import { atSchoolStates, isAmong, type State } from "./state.ts";

/**
 * The office that answers a teacher's questions about a case: the confirmation point until the hand-over, then the
 * district. A case that the district sent back stays with the district.
 */
export function officeOf(state: State): "school" | "district" {
  return isAmong(state, atSchoolStates) ? "school" : "district";
}

/** The states in which this office answers. */
export function statesAt(office: "school" | "district", all: readonly State[]): State[] {
  return all.filter((state) => officeOf(state) === office);
}
