import { lifecycle } from "@shice/rules/lifecycle/lifecycle.ts";
import { staffRoles } from "@shice/rules/lifecycle/role.ts";
import { statesSeenBy } from "@shice/rules/lifecycle/seen-by.expected.ts";
import { states } from "@shice/rules/lifecycle/state.ts";
import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
import { expect, test } from "vitest";
import { findAct } from "./act-registry.ts";
import { caseActs } from "./cases/acts.ts";
import { decisionActs } from "./decision/acts.ts";
import { deskActs } from "./desk/acts.ts";
import { handOverActs } from "./hand-over/acts.ts";
import { markingActs } from "./marking/acts.ts";
import { preliminaryActs } from "./preliminary/acts.ts";
import { queuesOf } from "./queue-registry.ts";
import { reviewActs } from "./review/acts.ts";

const queues = staffRoles.flatMap((role) => queuesOf(role).map((queue) => ({ role, queue })));

test("the acts of all modules are collected, each transition from one module", () => {
  const names = [caseActs, deskActs, handOverActs, markingActs, preliminaryActs, reviewActs, decisionActs].flatMap(
    (module) => Object.keys(module),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(transitionNames.filter((name) => findAct(name) !== undefined).toSorted()).toEqual(names.toSorted());
});

test("an act on many stands in a queue of a role that may do it, with a state it starts from", () => {
  const wrong = queues.flatMap(({ role, queue }) =>
    (queue.bulk ?? []).flatMap(({ transition }) => {
      const { by, from } = lifecycle[transition];
      const fits = by.some((each) => each === role) && from.some((state) => queue.states.includes(state));
      return fits ? [] : [`${role} ${queue.key} ${transition}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test.each(staffRoles)("every state that a %s sees lies in one of its queues, and no other does", (role) => {
  const queued = new Set(queuesOf(role).flatMap((queue) => queue.states));
  expect(states.filter((state) => queued.has(state))).toEqual(statesSeenBy(role));
});

test("the queues of a role have different keys", () => {
  for (const role of staffRoles) {
    const keys = queuesOf(role).map(({ key }) => key);
    expect(new Set(keys).size, role).toBe(keys.length);
  }
});
