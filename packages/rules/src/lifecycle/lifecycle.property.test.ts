import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Calendar, calendarOf, type Extension, endOfStage } from "../calendar/window.ts";
import { parsePlan } from "../plan/parse.ts";
import { windowedStages } from "../plan/stage.ts";
import { runsOf } from "../testing/size.ts";
import { type ActInput, type CaseFacts, duties, sightings } from "./facts.ts";
import { transitionOf } from "./lifecycle.ts";
import { actionsOf, destinationOf, type RuleSetting, refusalOf } from "./refusal-of.ts";
import { latestReplyOf, replyByOf } from "./reply.ts";
import { type Actor, type Role, roles } from "./role.ts";
import { isFinal, type State, states } from "./state.ts";
import { actorAs, caseFacts } from "./testing.ts";
import { type TransitionName, transitionNames } from "./transition-names.ts";

function readPlan(path: string) {
  const { plan } = parsePlan(readFileSync(new URL(path, import.meta.url), "utf8"));
  if (plan === undefined) throw new Error(`${path} cannot be read`);
  return plan;
}
const plans = [
  readPlan("../../../../campaigns/2017-chongqing-second-batch.yaml"),
  readPlan("../plan/examples/county.yaml"),
];
const firstDay = (plan: (typeof plans)[number]) =>
  Temporal.PlainDate.from(plan.stages.apply.windows[0]?.from ?? "2017-09-12")
    .toZonedDateTime({ timeZone: plan.timeZone, plainTime: "00:00" })
    .toInstant();

/** Few people hold these offices, so that the same person meets a case again in another office. */
const people = ["an", "bo", "cao", "deng", "er"];
const actors: Actor[] = [
  actorAs("applicant"),
  actorAs("system"),
  ...people.flatMap((who) =>
    roles.filter((role) => role !== "applicant" && role !== "system").map((role) => actorAs(role, who)),
  ),
  // The applicant also holds a post.
  ...(["school-clerk", "district-reviewer", "commission-approver"] as const).map((role) => ({
    ...actorAs(role, "self"),
    personId: "teacher-1",
  })),
  // The same person with a second account.
  { ...actorAs("commission-approver", "an"), accountId: "account-an-2" },
];

/** A case that moves through the table, with the effects of its acts as the store keeps them. */
interface Walk {
  facts: CaseFacts;
  now: Temporal.Instant;
  extensions: Extension[];
  exercised: { duty: string; human: string }[];
  /** Whether the teacher attests the school's entries. */
  attests: boolean;
}

function calendarIn(plan: (typeof plans)[number], walk: Walk): Calendar {
  return calendarOf(plan, walk.extensions);
}

function settingOf(plan: (typeof plans)[number], walk: Walk): RuleSetting {
  return {
    calendar: calendarIn(plan, walk),
    conclusions: plan.conclusions.map(({ key }) => key),
    now: walk.now,
    closedAt: null,
  };
}

function after(walk: Walk, name: TransitionName, actor: Actor, input: ActInput, calendar: Calendar): CaseFacts {
  const { facts, now } = walk;
  const row = transitionOf(name);
  const to = destinationOf(name, facts, now);
  const { duty } = row;
  const stage = typeof row.window === "object" && "open" in row.window ? row.window.open : undefined;
  const replyBy = row.records.includes("reply-by")
    ? (input.replyBy ?? latestReplyOf(facts, stage, calendar) ?? null)
    : facts.replyBy;
  const answerTo = { "return-to-applicant": "submitted", "send-back": "sent-back" } as const;
  return {
    ...facts,
    state: to,
    version: facts.version + 1,
    stateBefore: to === facts.state ? facts.stateBefore : facts.state,
    withdrawalAsked: facts.withdrawalAsked || name === "ask-withdrawal",
    withdrawalReleased: facts.withdrawalReleased || name === "release-withdrawal",
    hasEntries: facts.hasEntries && name !== "erase",
    signedFor: facts.signedFor || name === "sign-for",
    appeal:
      name === "appeal" ? "open" : name === "dismiss-appeal" ? "dismissed" : to === facts.state ? facts.appeal : null,
    last: { transition: name, role: actor.role, at: now },
    acts:
      duty === undefined || actor.accountId === null
        ? facts.acts
        : [...facts.acts, { duty, accountId: actor.accountId, personId: actor.personId }],
    replyBy,
    assisted: facts.assisted || name === "assist",
    // The new school has not seen the case, and a re-opened case must be seen again.
    sight:
      name === "transfer" || name === "reopen"
        ? null
        : actor.role === "school-clerk"
          ? { how: "acted", by: actor.accountId, at: now }
          : facts.sight,
    answerTo: name === "return-to-applicant" || name === "send-back" ? answerTo[name] : facts.answerTo,
    notice: name === "publish" ? { endsAt: now.add({ hours: 24 * 8 }), undecidedObjections: 0 } : facts.notice,
    markWith:
      name === "conclude"
        ? ((["sticker", "annotation", "none"] as const)[facts.version % 3] ?? "none")
        : facts.markWith,
  };
}

/** Acts that end a case early. Tame steps choose them rarely, or walks would be short. */
const exits: TransitionName[] = ["discard", "withdraw", "withdraw-for-teacher", "refuse", "lapse"];

const anyStep = fc.record({
  hours: fc.constantFrom(0, 0, 1, 5, 24, 60, 200),
  pick: fc.nat(),
  who: fc.nat(),
  wild: fc.nat(3).map((quarter) => quarter === 0),
  leave: fc.nat(12).map((chance) => chance === 0),
  replyInHours: fc.constantFrom(undefined, 12, 72),
  extend: fc.option(fc.constantFrom(...windowedStages), { freq: 4 }),
  release: fc.boolean(),
});

type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never;

function walkOf(
  plan: (typeof plans)[number],
  steps: readonly Step[],
  look: (walk: Walk, done?: { name: TransitionName; actor: Actor; from: State }) => void,
) {
  const hasReview = plan.stages.review !== undefined;
  const walk: Walk = {
    facts: caseFacts({ hasReview, sight: null }),
    now: firstDay(plan).add({ hours: 8 }),
    extensions: [],
    exercised: [],
    attests: false,
  };
  look(walk);
  for (const step of steps) {
    walk.now = walk.now.add({ hours: step.hours });
    if (step.extend !== null) {
      walk.extensions.push({ stage: step.extend, from: walk.now, until: walk.now.add({ hours: 24 * 10 }) });
    }
    const extended = walk.extensions
      .filter(({ until }) => Temporal.Instant.compare(walk.now, until) < 0)
      .map(({ stage }) => stage);
    const how = sightings[step.pick % (2 * sightings.length)];
    const seen = how === undefined ? {} : { sight: { how, by: "account-an", at: walk.now } };
    walk.facts = { ...walk.facts, extended, withdrawalReleased: step.release, ...seen };
    const setting = settingOf(plan, walk);
    // Rarely unattested: a separate step for it would end more walks early.
    walk.attests = step.pick % 7 !== 0;
    const input: ActInput = {
      ...(step.replyInHours === undefined ? {} : { replyBy: walk.now.add({ hours: step.replyInHours }) }),
      attested: walk.attests,
    };
    // A wild step tries any act; a tame step tries an allowed act that leads onwards, so that walks get far.
    const names = step.wild
      ? transitionNames
      : transitionNames.filter(
          (name) =>
            transitionOf(name).from.includes(walk.facts.state) &&
            transitionOf(name).destination !== "same" &&
            exits.includes(name) === step.leave &&
            actors.some((actor) => refusalOf(name, walk.facts, actor, input, setting) === undefined),
        );
    const name = names[step.pick % Math.max(1, names.length)];
    if (name === undefined) continue;
    const able = step.wild
      ? actors
      : actors.filter((actor) => refusalOf(name, walk.facts, actor, input, setting) === undefined);
    const actor = able[step.who % able.length];
    if (actor === undefined || refusalOf(name, walk.facts, actor, input, setting) !== undefined) continue;
    const from = walk.facts.state;
    walk.facts = after(walk, name, actor, input, setting.calendar);
    const { duty } = transitionOf(name);
    if (duty !== undefined) walk.exercised.push({ duty, human: actor.personId ?? actor.accountId ?? "" });
    look(walk, { name, actor, from });
  }
  return walk;
}

const anyPlan = fc.constantFrom(...plans);
const anySteps = fc.array(anyStep, { minLength: 5, maxLength: 50 });

test("N51: property: no walk takes a step that the table lacks", () => {
  fc.assert(
    fc.property(anyPlan, anySteps, (plan, steps) => {
      walkOf(plan, steps, ({ facts }, done) => {
        if (done === undefined) return;
        const row = transitionOf(done.name);
        expect(row.from).toContain(done.from);
        expect(row.to).toContain(facts.state);
        if (row.destination === "same") expect(facts.state).toBe(done.from);
        expect(row.by).toContain(done.actor.role);
      });
    }),
    { numRuns: runsOf(150) },
  );
});

test("N49: property: on no walk does a person exercise two duties or act on their own case in an office", () => {
  fc.assert(
    fc.property(anyPlan, anySteps, (plan, steps) => {
      const walk = walkOf(plan, steps, (_, done) => {
        if (done !== undefined && done.actor.role !== "applicant") expect(done.actor.personId).not.toBe("teacher-1");
      });
      for (const [, acts] of Map.groupBy(walk.exercised, ({ human }) => human)) {
        expect(new Set(acts.map(({ duty }) => duty)).size).toBe(1);
      }
    }),
    { numRuns: runsOf(150) },
  );
});

test("property: a form that the school filled in is never submitted without the teacher's attestation", () => {
  fc.assert(
    fc.property(anyPlan, anySteps, (plan, steps) => {
      walkOf(plan, steps, ({ facts, attests }, done) => {
        if (done?.name !== "submit" || !facts.assisted) return;
        expect([done.actor.role, attests]).toEqual(["applicant", true]);
      });
    }),
    { numRuns: runsOf(150) },
  );
});

test("walks reach every state, so that the properties of walks cover all states", () => {
  const reached = new Set<State>();
  fc.assert(
    fc.property(anyPlan, fc.array(anyStep, { minLength: 30, maxLength: 60 }), (plan, steps) => {
      walkOf(plan, steps, ({ facts }) => reached.add(facts.state));
    }),
    { numRuns: runsOf(250), seed: 2017 },
  );
  expect(states.filter((state) => !reached.has(state))).toEqual([]);
});

/** Arbitrary facts, even combinations that cannot occur: a rule must answer whatever the store holds. */
const anyInstant = fc
  .integer({ min: 0, max: 100 * 24 * 60 })
  .map((minutes) => Temporal.Instant.from("2017-09-01T00:00:00Z").add({ minutes }));
const anyFacts: fc.Arbitrary<CaseFacts> = fc.record({
  state: fc.constantFrom(...states),
  version: fc.integer({ min: 1, max: 9 }),
  personId: fc.constant("teacher-1"),
  confirmationPointId: fc.constantFrom("school-1", "school-2", null),
  authorityId: fc.constantFrom("district-1", null),
  reviewBodyId: fc.constantFrom("centre-1", null),
  last: fc.option(
    fc.record({ transition: fc.constantFrom(...transitionNames), role: fc.constantFrom(...roles), at: anyInstant }),
  ),
  stateBefore: fc.constantFrom("draft" as const, "submitted" as const, "returned" as const, null),
  acts: fc.array(
    fc.record({
      duty: fc.constantFrom(...duties),
      accountId: fc.constantFrom(...people.map((who) => `account-${who}`)),
      personId: fc.constantFrom(null, ...people.map((who) => `person-${who}`)),
    }),
    { maxLength: 4 },
  ),
  replyBy: fc.option(anyInstant),
  answerTo: fc.constantFrom("submitted" as const, "sent-back" as const, null),
  blockingFindings: fc.constantFrom([], ["form.missing"]),
  missingChecks: fc.constantFrom([], ["certificate"]),
  notice: fc.option(fc.record({ endsAt: anyInstant, undecidedObjections: fc.nat(2) })),
  withdrawalAsked: fc.boolean(),
  withdrawalReleased: fc.boolean(),
  hasEntries: fc.boolean(),
  appeal: fc.constantFrom(null, "open" as const, "dismissed" as const),
  signedFor: fc.boolean(),
  assisted: fc.boolean(),
  sight: fc.option(fc.record({ how: fc.constantFrom(...sightings), by: fc.constant("account-an"), at: anyInstant })),
  extended: fc.subarray([...windowedStages]),
  markWith: fc.constantFrom("sticker" as const, "annotation" as const, "none" as const, null),
  carriedOver: fc.boolean(),
  hasReview: fc.boolean(),
});
const anyInput: fc.Arbitrary<ActInput> = fc.record({
  version: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  replyBy: fc.option(anyInstant, { nil: undefined }),
  conclusion: fc.constantFrom(undefined, "pass", "nonsense"),
  attested: fc.constantFrom(undefined, false, true),
  markWith: fc.constantFrom(undefined, "sticker" as const, "annotation" as const),
});
const anyActor = fc.constantFrom(...actors);
const settingAt = (plan: (typeof plans)[number], now: Temporal.Instant): RuleSetting => ({
  calendar: calendarOf(plan),
  conclusions: plan.conclusions.map(({ key }) => key),
  now,
  closedAt: null,
});

test("property: in a closed campaign an act that was allowed goes on only where its row says so", () => {
  const goesOn = ["erase", "archive", "revoke", "sign-for", "appeal", "dismiss-appeal", "reopen", "carry-over"];
  expect(transitionNames.filter((name) => transitionOf(name).afterClosing === true).toSorted()).toEqual(
    goesOn.toSorted(),
  );
  const refused = new Set<string>();
  const stillDone = new Set<string>();
  fc.assert(
    fc.property(anyPlan, fc.array(anyStep, { minLength: 20, maxLength: 40 }), (plan, steps) => {
      walkOf(plan, steps, (walk) => {
        const open = settingOf(plan, walk);
        for (const name of transitionNames) {
          for (const actor of actors.slice(0, 12)) {
            const input = { attested: true };
            if (refusalOf(name, walk.facts, actor, input, open) !== undefined) continue;
            const refusal = refusalOf(name, walk.facts, actor, input, { ...open, closedAt: walk.now });
            if (goesOn.includes(name)) expect(refusal).toBeUndefined();
            else expect(refusal).toEqual({ code: "campaign.closed", closedAt: walk.now.toString() });
            (goesOn.includes(name) ? stillDone : refused).add(name);
          }
        }
      });
    }),
    { numRuns: runsOf(40), seed: 31 },
  );
  expect(stillDone.size).toBeGreaterThan(3);
  expect(refused.size).toBeGreaterThan(15);
});

test("property: for any facts a rule allows a state of the row or refuses with a code", () => {
  fc.assert(
    fc.property(anyPlan, anyFacts, anyActor, anyInput, anyInstant, (plan, facts, actor, input, now) => {
      const setting = settingAt(plan, now);
      for (const name of transitionNames) {
        const refusal = refusalOf(name, facts, actor, input, setting);
        if (refusal === undefined) expect(transitionOf(name).to).toContain(destinationOf(name, facts, now));
        else expect(refusal.code).toMatch(/^[a-z]+\.[a-z-]+$/);
      }
    }),
    { numRuns: runsOf(400) },
  );
});

test("N24: property: a case lapses exactly if its time is over, it is not carried over, owes the district no answer, and no sighting is missing", () => {
  const unconfirmed = fc.constantFrom("draft" as const, "submitted" as const, "returned" as const);
  let lapsed = 0;
  fc.assert(
    fc.property(anyPlan, anyFacts, unconfirmed, anyInstant, (plan, any, state, now) => {
      const facts = { ...any, state };
      const setting = settingAt(plan, now);
      const refusal = refusalOf("lapse", facts, actorAs("system"), {}, setting);
      const end = endOfStage(setting.calendar, "confirm");
      const due = state === "returned" ? replyByOf(facts, setting.calendar) : end;
      const timeIsUp = due !== undefined && Temporal.Instant.compare(now, due) >= 0;
      const isTheSchools = state !== "returned" || facts.answerTo !== "sent-back";
      const seen = facts.sight !== null || facts.confirmationPointId === null;
      expect(refusal === undefined).toBe(timeIsUp && isTheSchools && seen && !facts.carriedOver);
      if (refusal === undefined) lapsed += 1;
    }),
    { numRuns: runsOf(400), seed: 24 },
  );
  expect(lapsed).toBeGreaterThan(20);
});

test("property: the listed actions agree with the refusal of the transition", () => {
  fc.assert(
    fc.property(anyPlan, anyFacts, anyActor, anyInstant, (plan, facts, actor, now) => {
      const setting = settingAt(plan, now);
      const shown = new Map(actionsOf(facts, actor, setting).map((action) => [action.name, action]));
      for (const name of transitionNames) {
        const refusal = refusalOf(name, facts, actor, {}, setting);
        const action = shown.get(name);
        if (action === undefined) expect(refusal).toBeDefined();
        else expect([action.allowed, action.refusal]).toEqual([refusal === undefined, refusal]);
      }
    }),
    { numRuns: runsOf(200) },
  );
});

test("property: two people in one role who ask at the same time get the same answer", () => {
  fc.assert(
    fc.property(anyInstant, fc.constantFrom(...people), fc.constantFrom(...people), (now, one, other) => {
      const [plan] = plans;
      if (plan === undefined) return;
      const setting = settingAt(plan, now);
      const facts = caseFacts({ state: "submitted" });
      const ask = (who: string) => refusalOf("confirm", facts, actorAs("school-clerk", who), {}, setting);
      expect(ask(one)).toEqual(ask(other));
    }),
  );
});

/** The acts that the calendar allows at some time in this state, when nothing else refuses them. */
function waysOn(plan: (typeof plans)[number], state: State): Set<State> {
  const start = firstDay(plan);
  const instants = Array.from({ length: 130 }, (_, day) => start.add({ hours: day * 24 + 10 }));
  const found = new Set<State>();
  const hasReview = plan.stages.review !== undefined;
  for (const now of instants) {
    for (const answerTo of ["submitted", "sent-back"] as const) {
      for (const markWith of ["sticker", "none"] as const) {
        const facts = caseFacts({
          state,
          answerTo,
          markWith,
          hasReview,
          notice: { endsAt: start.add({ hours: 24 * 75 }), undecidedObjections: 0 },
          stateBefore: "submitted",
          extended: ["confirm"],
        });
        for (const name of transitionNames) {
          const row = transitionOf(name);
          if (row.destination === "same" || !row.from.includes(state)) continue;
          const allowed = row.by.some(
            (role: Role) =>
              refusalOf(name, facts, actorAs(role, `${role}-alone`), {}, settingAt(plan, now)) === undefined,
          );
          if (allowed) found.add(destinationOf(name, facts, now));
        }
      }
    }
  }
  return found;
}

test.each([
  ["the reference plan", plans[0]],
  ["a plan without re-review", plans[1]],
] as const)("%s: from every state a final state can be reached without an extension", (_, plan) => {
  if (plan === undefined) throw new Error("no plan");
  const ways = new Map(states.map((state) => [state, waysOn(plan, state)]));
  const unreachable = plan.stages.review === undefined ? ["reported", "review-returned"] : [];
  for (const state of states) {
    if (isFinal(state) || unreachable.includes(state)) continue;
    expect([state, ways.get(state)?.size]).not.toEqual([state, 0]);
    const reached = new Set([state]);
    for (const place of reached) for (const to of ways.get(place) ?? []) reached.add(to);
    expect([state, [...reached].some(isFinal)]).toEqual([state, true]);
    expect([state, [...reached].filter((place) => unreachable.includes(place))]).toEqual([state, []]);
  }
});
