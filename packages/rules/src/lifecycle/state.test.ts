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

test("each state is in exactly one phase, and no phase is empty", () => {
  expect(phases.flatMap((phase) => statesIn(phase)).toSorted()).toEqual(states.toSorted());
  for (const phase of phases) expect(statesIn(phase).length, phase).toBeGreaterThan(0);
  expect(Object.keys(phaseOfState)).toEqual([...states]);
});

test("every state is either under way or final", () => {
  expect(states.filter((state) => !isAmong(state, underWayStates))).toEqual(finalStates);
});

test("every state is at the school, in process or decided", () => {
  expect([...atSchoolStates, ...inProcessStates, ...decidedStates].toSorted()).toEqual(states.toSorted());
});

test("the groups that list single states agree with their phases", () => {
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
