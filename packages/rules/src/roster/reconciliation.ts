import type { Plan } from "../plan/plan.ts";
import { listBecause, notAppliedBecause } from "../statistics/figures.ts";
import { isDue } from "../statistics/rows.ts";
import { type RosterStanding, standings, standingTitles } from "./standing.ts";

/** One person of a school's roster, with the facts needed for the totals. */
export interface RosterPerson {
  standing: RosterStanding;
  reason: string | null;
  application: "submitted" | "draft" | "none";
  confirmed: boolean;
  /** Whether the person applied at another school. */
  elsewhere: boolean;
}

interface Part {
  key: string;
  title: string;
  people: number;
}

/**
 * Compares a school's roster with the applications: 名册人数 = 应注册 + 不应注册 by standing, 应注册 = 已申请 + 未申请 by reason. Uses the
 * definitions of annex 2, so that the sheet and the district's table agree.
 */
export interface Reconciliation {
  people: number;
  due: number;
  applied: number;
  confirmed: number;
  notApplied: number;
  /** Reasons why people who must register have not applied; reasons that occur for nobody are omitted. */
  because: Part[];
  /** People who need not register here. */
  notDue: Part[];
  /** People who need not register but applied. */
  appliedThough: number;
}

const elsewhere = { because: "elsewhere", title: "已在其他学校申请" };

export function reconcile(plan: Pick<Plan, "reasons">, people: readonly RosterPerson[]): Reconciliation {
  const due = people.filter(({ standing }) => isDue(standing));
  const applied = due.filter(({ application }) => application === "submitted");
  const notApplied = due.filter(({ application }) => application !== "submitted");
  const reasons = Map.groupBy(notApplied, (person) => becauseOf(plan, person));
  const others = Map.groupBy(
    people.filter(({ standing }) => !isDue(standing)),
    ({ standing }) => standing,
  );
  return {
    people: people.length,
    due: due.length,
    applied: applied.length,
    confirmed: due.filter(({ confirmed }) => confirmed).length,
    notApplied: notApplied.length,
    because: [elsewhere, ...listBecause(plan)].flatMap(({ because, title }) => partOf(because, title, reasons)),
    notDue: standings.flatMap((standing) => partOf(standing, standingTitles[standing], others)),
    appliedThough: people.filter(({ standing, application }) => !isDue(standing) && application === "submitted").length,
  };
}

/** The reason in words why somebody who must register has not applied; empty for everybody else. */
export function becauseText(plan: Pick<Plan, "reasons">, person: RosterPerson): string {
  if (!isDue(person.standing) || person.application === "submitted") return "";
  const key = becauseOf(plan, person);
  return [elsewhere, ...listBecause(plan)].find(({ because }) => because === key)?.title ?? "";
}

function becauseOf(plan: Pick<Plan, "reasons">, person: RosterPerson): string {
  if (person.elsewhere && person.application === "none") return elsewhere.because;
  return notAppliedBecause(plan, person) ?? "unexplained";
}

function partOf<Key extends string>(key: Key, title: string, groups: Map<Key, RosterPerson[]>): Part[] {
  const people = groups.get(key)?.length ?? 0;
  return people === 0 ? [] : [{ key, title, people }];
}
