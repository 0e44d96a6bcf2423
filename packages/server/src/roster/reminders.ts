import { endText } from "@shice/contract/sentences/moment.ts";
import type { Calendar } from "@shice/rules/calendar/window.ts";
import type { AnyTemplate } from "@shice/rules/lifecycle/message.ts";
import type { State } from "@shice/rules/lifecycle/state.ts";
import { type Owed, owedOf } from "@shice/rules/roster/owed.ts";
import { sql } from "kysely";
import { schoolCalendarOf } from "../case/school-calendar.ts";
import { todayOf } from "../case/today.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { setAsFile } from "../request/sheet-file.ts";
import { resolveSelection, rosterJoins } from "./filter.ts";
import { listPeople, listReach } from "./queries.ts";
import { reminderSheetOf } from "./reminder-sheet.ts";
import { tellTeachers } from "./tell.ts";
import { rosterStandingOf } from "./views.ts";

interface PersonRow {
  entry: string;
  name: string;
  school_id: string;
  school: string;
  standing: string;
  application: string | null;
  state: State | null;
  reply_by: Temporal.Instant | null;
  parked: boolean;
}

const templates: Record<Owed["what"], AnyTemplate> = {
  apply: "school-reminds-apply",
  submit: "school-reminds-submit",
  answer: "school-reminds-answer",
};

/** Reminders to those who have not applied or not finished: by message, or as a list to post. */
export const reminderRoutes = {
  remind: api.roster.remind.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const people = await listByEntries(ctx, await resolveSelection(ctx, input.selection));
      // Whoever waits for papers can do nothing yet; whom the clerk names is reminded all the same.
      const byName = input.selection.entries !== undefined;
      const reach = await listReach(
        ctx,
        people.map(({ entry }) => entry),
      );
      const calendars = await calendarsOf(ctx, people);
      const left = { nothingOwed: 0, elsewhere: 0, parked: 0, over: 0 };
      const day = todayOf(ctx).toString();
      const tellings = people.flatMap((person) => {
        const owed = owedBy(person, calendars, ctx.now);
        const elsewhere = person.application === null && reach.get(person.entry)?.elsewhere != null;
        const kept =
          owed === undefined
            ? "nothingOwed"
            : elsewhere
              ? "elsewhere"
              : owed.over
                ? "over"
                : person.parked && !byName
                  ? "parked"
                  : undefined;
        if (owed === undefined || kept !== undefined) {
          if (kept !== undefined) left[kept] += 1;
          return [];
        }
        return [
          {
            entry: person.entry,
            name: person.name,
            application: person.application ?? undefined,
            template: templates[owed.what],
            parameters: { school: person.school, end: endText(owed.until.toString()) },
            // At most once a day, whatever is owed.
            key: `reminder:${person.entry}:${day}`,
          },
        ];
      });
      const outcome = await tellTeachers(ctx, tellings);
      const { unreachable, ...told } = outcome;
      await audit(ctx, {
        action: "remind",
        subjectKind: "roster",
        detail: { ...told, ...left, unreachable: unreachable.length },
      });
      return { ...outcome, ...left };
    }),
  ),

  getReminderList: api.roster.getReminderList.handler(async ({ input, context }) => {
    const { campaign: _, ...filter } = input;
    const { sheet, name } = await runRead(context, input.campaign, async (ctx) => {
      const rows = await listPeople(ctx, filter);
      const calendars = await calendarsOf(ctx, rows);
      const lines = rows.flatMap((row) => {
        const owed = row.parked ? undefined : owedBy(row, calendars, ctx.now);
        return owed === undefined || owed.over ? [] : [{ name: row.name, school: row.school, owed }];
      });
      if (lines.length === 0) throw new RefusalError({ code: "reminder.nobody" });
      await audit(ctx, { action: "print-reminder-list", subjectKind: "roster", detail: { people: lines.length } });
      return { sheet: reminderSheetOf(ctx, lines), name: `定期注册提醒名单-${todayOf(ctx)}.pdf` };
    });
    return await setAsFile(context, sheet, name);
  }),
};

async function listByEntries({ tx }: ActContext, entries: readonly string[]): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select r.id as entry, r.name, r.school_id, o.name as school, r.standing, a.id as application, a.state, a.reply_by,
      exists (select from shice.parking k where k.entry_id = r.id and k.released_at is null) as parked
    ${rosterJoins} where r.id = any(${[...entries]}::uuid[]) order by r.id`.execute(tx);
  return rows;
}

/** The calendar of each school that is named, its extensions merged in. */
async function calendarsOf(ctx: ActContext, people: readonly { school_id: string }[]): Promise<Map<string, Calendar>> {
  const calendars = new Map<string, Calendar>();
  for (const { school_id: school } of people) {
    if (!calendars.has(school)) calendars.set(school, await schoolCalendarOf(ctx, school));
  }
  return calendars;
}

function owedBy(
  person: { school_id: string; standing: string; state: State | null; reply_by: Temporal.Instant | null },
  calendars: ReadonlyMap<string, Calendar>,
  now: Temporal.Instant,
): Owed | undefined {
  const calendar = calendars.get(person.school_id);
  if (calendar === undefined) return undefined;
  const state = person.state === null ? null : person.state;
  return owedOf({ standing: rosterStandingOf(person.standing), state, replyBy: person.reply_by }, calendar, now);
}
