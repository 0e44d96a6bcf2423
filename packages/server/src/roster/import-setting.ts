import { documentKinds } from "@shice/rules/form/lists.ts";
import { type RosterColumn, rosterColumns } from "@shice/rules/roster/columns.ts";
import { todayOf } from "../case/today.ts";
import type { ActContext } from "../request/run-act.ts";
import { listOwnSchools, type SchoolPlace } from "./schools.ts";

/** What reading a roster of this office depends on: its columns, its schools, the plan's reasons. */
export interface RosterSetting {
  columns: RosterColumn[];
  own: SchoolPlace[];
  /** The one school whose roster this is; a row then need not name it. */
  onlySchool: SchoolPlace | undefined;
  reasons: { code: string; text: string }[];
  /** A statement speaks of this campaign: it is signed between these days. */
  issuedOn: string;
  today: Temporal.PlainDate;
}

export async function settingOf(ctx: ActContext): Promise<RosterSetting> {
  const { plan } = ctx.campaign;
  const own = await listOwnSchools(ctx);
  const onlySchool = own.length === 1 && ctx.actor.scope.kind === "school" ? own[0] : undefined;
  const reasons = plan.reasons
    .filter(({ use }) => use.includes("not-applied"))
    .map(({ code, text }) => ({ code, text }));
  const columns = rosterColumns({
    year: plan.year,
    cycleYears: plan.cycle.years,
    ofOneSchool: onlySchool !== undefined,
    documentKinds: documentKinds.map(({ name }) => name),
    reasons: reasons.map(({ text }) => text),
  });
  return { columns, own, onlySchool, reasons, issuedOn: plan.issuedOn, today: todayOf(ctx) };
}
