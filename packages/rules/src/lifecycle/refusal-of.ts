import type { Calendar } from "../calendar/window.ts";
import type { ActInput, CaseFacts } from "./facts.ts";
import { guards } from "./guards.ts";
import { destinations, transitionOf } from "./lifecycle.ts";
import { type LifecycleRefusal, lastActOf } from "./refusal.ts";
import type { Actor } from "./role.ts";
import type { State } from "./state.ts";
import { type TransitionName, transitionNames } from "./transition-names.ts";
import { windowRefusalOf } from "./window-refusal.ts";
import type { WindowRule } from "./window-rule.ts";

/** Calendar, conclusions and time that the rules depend on. Extensions are already merged into the calendar. */
export interface RuleSetting {
  calendar: Calendar;
  conclusions: readonly string[];
  now: Temporal.Instant;
  /** When the campaign was closed; null while it runs. */
  closedAt: Temporal.Instant | null;
}

/**
 * Checks whether this actor may do this act on this case now. Returns the first refusal, or undefined if allowed.
 * Order: scope, role, closed campaign, state, version, own case, duty, window, guards. This is the only place that decides.
 */
export function refusalOf(
  name: TransitionName,
  facts: CaseFacts,
  actor: Actor,
  input: ActInput,
  setting: RuleSetting,
): LifecycleRefusal | undefined {
  const row = transitionOf(name);
  const last = lastActOf(facts);

  if (!isInScope(actor, facts)) return { code: "case.out-of-scope" };
  if (!row.by.includes(actor.role)) return { code: "role.not-yours", role: actor.role, roles: row.by };
  if (setting.closedAt !== null && row.afterClosing !== true)
    return { code: "campaign.closed", closedAt: setting.closedAt.toString() };
  if (!row.from.includes(facts.state))
    return {
      code: "case.wrong-state",
      transition: name,
      state: facts.state,
      last,
    };
  if (input.version !== undefined && input.version !== facts.version) {
    return {
      code: "case.changed",
      expected: input.version,
      version: facts.version,
      last,
    };
  }
  if (isOwnCase(actor, facts)) return { code: "case.own" };

  if (row.duty !== undefined) {
    const acted = facts.acts.find(
      (act) =>
        act.duty !== row.duty &&
        (act.accountId === actor.accountId || (act.personId !== null && act.personId === actor.personId)),
    );
    if (acted !== undefined) return { code: "duty.acted-before", duty: row.duty, acted: acted.duty };
  }

  const closed = windowRefusalOf(row.window, facts, setting.calendar, setting.now);
  if (closed !== undefined) return closed;

  const stage = windowStageOf(row.window);
  for (const guard of row.guards) {
    const refusal = guards[guard]({ name, facts, actor, input, stage, ...setting });
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** The state that an allowed act leads to. */
export function destinationOf(name: TransitionName, facts: CaseFacts, now: Temporal.Instant): State {
  const row = transitionOf(name);
  if (row.destination !== undefined) return destinations[row.destination](facts, now);
  const [only] = row.to;
  if (only === undefined) throw new Error(`transition ${name} leads nowhere`);
  return only;
}

interface Action {
  name: TransitionName;
  allowed: boolean;
  refusal?: LifecycleRefusal;
}

/**
 * The acts that this role has in this state, each allowed or with its refusal. The web shows them as buttons; a greyed
 * button shows the refusal's sentence.
 */
export function actionsOf(facts: CaseFacts, actor: Actor, setting: RuleSetting): Action[] {
  return transitionNames
    .filter((name) => {
      const row = transitionOf(name);
      return row.by.includes(actor.role) && row.from.includes(facts.state);
    })
    .map((name) => {
      const refusal = refusalOf(name, facts, actor, {}, setting);
      return refusal === undefined ? { name, allowed: true } : { name, allowed: false, refusal };
    })
    .filter((action) => action.refusal?.code !== "case.out-of-scope");
}

/** Whether the case is in the actor's scope. Row-level security in the database enforces the same. */
function isInScope(actor: Actor, facts: CaseFacts): boolean {
  const { scope } = actor;
  switch (scope.kind) {
    case "applicant":
      return scope.id === facts.personId;
    case "school":
      return scope.id === facts.confirmationPointId;
    case "authority":
      return scope.id === facts.authorityId;
    case "review":
      return scope.id === facts.reviewBodyId;
    case "all":
    case "system":
    case "auditor":
      return true;
    case "accounts":
      return false;
  }
}

function isOwnCase(actor: Actor, facts: CaseFacts): boolean {
  return actor.role !== "applicant" && actor.personId !== null && actor.personId === facts.personId;
}

function windowStageOf(rule: WindowRule) {
  return rule !== "any time" && "open" in rule ? rule.open : undefined;
}
