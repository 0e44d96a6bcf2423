import { expect, test } from "vitest";
import {
  atSchoolStates,
  certificateFreeStates,
  confirmedByHistoryStates,
  decidedStates,
  everConfirmedStates,
  finalStates,
  inProcessStates,
  isAmong,
  phaseOfState,
  phases,
  states,
  statesIn,
  toHandOverStates,
  unconfirmedStates,
  underWayStates,
  withDistrictStates,
  withoutConclusionStates,
} from "./state.ts";

test("the phases divide the states: each state lies in exactly one, and no phase is empty", () => {
  expect(phases.flatMap((phase) => statesIn(phase)).toSorted()).toEqual(states.toSorted());
  for (const phase of phases) expect(statesIn(phase).length, phase).toBeGreaterThan(0);
  expect(Object.keys(phaseOfState)).toEqual([...states]);
});

test("a case is under way or at its end", () => {
  expect(states.filter((state) => !isAmong(state, underWayStates))).toEqual(finalStates);
});

test("what is with the school, in process or decided is everything", () => {
  expect([...atSchoolStates, ...inProcessStates, ...decidedStates].toSorted()).toEqual(states.toSorted());
});

test("the groups that name single states keep to what they say", () => {
  expect(withDistrictStates).toEqual(["handed-over", "sent-back", "preliminary", "on-notice", "inquiry"]);
  for (const state of certificateFreeStates)
    expect(isAmong(state, [...withoutConclusionStates, "draft"]), state).toBe(true);
  for (const state of toHandOverStates) expect(isAmong(state, everConfirmedStates), state).toBe(true);
  for (const state of confirmedByHistoryStates) expect(isAmong(state, everConfirmedStates), state).toBe(false);
  expect(states.filter((state) => !isAmong(state, everConfirmedStates))).toEqual([
    ...unconfirmedStates,
    ...withoutConclusionStates,
  ]);
});
