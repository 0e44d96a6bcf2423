import { dayText, fullDayText } from "@shice/contract/sentences/days.zh.ts";
import { maskIdNumber } from "@shice/rules/identity/id-number.ts";
import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import { becauseText, type Reconciliation, type RosterPerson, reconcile } from "@shice/rules/roster/reconciliation.ts";
import { standingTitles } from "@shice/rules/roster/standing.ts";
import { todayOf } from "../case/today.ts";
import type { Sheet } from "../platform/typesetting/typesetter.ts";
import type { ActContext } from "../request/run-act.ts";
import { offRosterOf } from "./off-roster.ts";
import { listPeople, listReach, type Reach, type RosterPersonRow } from "./queries.ts";
import type { SchoolPlace } from "./schools.ts";
import { idNumberPurpose, rosterStandingOf } from "./views.ts";

/** A school's roster set against the applications, with sums that add up, to be signed by the head (annex 2 counts the same). */
export async function reconciliationSheetOf(
  ctx: ActContext,
  school: SchoolPlace,
): Promise<{ sheet: Sheet; people: number }> {
  const { plan } = ctx.campaign;
  const rows = await listPeople(ctx, { school: school.schoolId });
  const without = rows.filter(({ state }) => state === null).map(({ id }) => id);
  const reach = await listReach(ctx, without);
  const people = rows.map((row) => personOf(row, reach));
  const sums = reconcile(plan, people);
  const off = await offRosterOf(ctx, school.schoolId);
  return {
    people: rows.length,
    sheet: {
      template: "reconciliation.typ",
      at: ctx.now,
      document: {
        campaign: ctx.campaign.title,
        school: school.name,
        day: fullDayText(todayOf(ctx).toString()),
        sums: sumsOf(sums),
        appliedThough: sums.appliedThough,
        unseen: rows.filter(({ seen }) => !seen).length,
        people: rows.map((row, at) => lineOf(ctx, row, people[at], reach.get(row.id), at + 1)),
        off: off.map(({ name, number, state }, at) => [String(at + 1), name, number, stateTitles[state]]),
      },
    },
  };
}

function personOf(row: RosterPersonRow, reach: ReadonlyMap<string, Reach>): RosterPerson {
  return {
    standing: rosterStandingOf(row.standing),
    reason: row.reason,
    application: row.submitted ? "submitted" : row.state === null ? "none" : "draft",
    confirmed: row.confirmed,
    elsewhere: reach.get(row.id)?.elsewhere != null,
  };
}

/** The sums as rows: title, people, how deep it stands under the one above. */
function sumsOf(sums: Reconciliation): [string, number, number][] {
  return [
    ["名册人数", sums.people, 0],
    ["应注册", sums.due, 1],
    ["已申请", sums.applied, 2],
    ["其中现场确认完成", sums.confirmed, 3],
    ["未申请", sums.notApplied, 2],
    ...sums.because.map(({ title, people }): [string, number, number] => [title, people, 3]),
    ["不在应注册之列", sums.people - sums.due, 1],
    ...sums.notDue.map(({ title, people }): [string, number, number] => [title, people, 2]),
  ];
}

function lineOf(
  { campaign: { plan }, secrets }: ActContext,
  row: RosterPersonRow,
  person: RosterPerson | undefined,
  reach: Reach | undefined,
  number: number,
): string[] {
  const state = row.state === null ? "未申请" : stateTitles[row.state];
  const elsewhere = reach?.elsewhere ?? null;
  const statement = row.statement_on === null ? "" : `声明${dayText(row.statement_on.toString())}签`;
  const reason = plan.reasons.find(({ code }) => code === row.reason)?.text ?? "";
  const because = person === undefined ? "" : becauseText(plan, person);
  const why = elsewhere === null ? (because === "" ? reason : because) : `已在${elsewhere}申请`;
  return [
    String(number),
    row.name,
    maskIdNumber(secrets.decrypt(row.id_number_sealed, idNumberPurpose)),
    standingTitles[rosterStandingOf(row.standing)],
    state,
    [why, statement, row.remark ?? ""].filter((part) => part !== "").join("；"),
    row.seen_at === null ? (row.seen ? "已办理" : "未核对") : dayText(localDayOf(row.seen_at, plan.timeZone)),
  ];
}

function localDayOf(at: Temporal.Instant, timeZone: string): string {
  return at.toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
