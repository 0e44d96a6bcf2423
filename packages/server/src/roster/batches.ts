import { dayText, hourText } from "@shice/contract/sentences/days.zh.ts";
import { batchDayRefusalOf, batchHoursRefusalOf, isOverdue } from "@shice/rules/roster/batch.ts";
import { sql } from "kysely";
import { schoolCalendarOf } from "../case/school-calendar.ts";
import { todayOf } from "../case/today.ts";
import { brokenConstraintOf } from "../platform/database/constraint.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import {
  assign,
  type BatchRow,
  type BatchSaid,
  changeBatch,
  findBatch,
  insertBatch,
  listBatches,
  listToTell,
  noteAnnounced,
  removeBatch,
} from "./batch-queries.ts";
import { resolveSelection } from "./filter.ts";
import { listOwnSchools } from "./schools.ts";
import { tellTeachers } from "./tell.ts";

/** The batch of a teacher, as the teacher is told of it. */
type AppointmentRow = Pick<BatchRow, "name" | "planned_on" | "from_hour" | "to_hour" | "place" | "remark"> & {
  school: string;
};

/** People whom a school sees together on a planned day (Notice §三(一): 可以分批组织注册). */
export const batchRoutes = {
  listBatches: api.roster.listBatches.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) =>
      (await listBatches(ctx, { school: input.school })).map((row) => viewOf(ctx, row)),
    ),
  ),

  addBatch: api.roster.addBatch.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const school = (await listOwnSchools(ctx)).find(({ schoolId }) => schoolId === input.school);
      if (school === undefined) throw new RefusalError({ code: "roster.school-unknown", field: "school" });
      await mustFit(ctx, input.school, input, undefined);
      const id = await withFreeName(input.name, () => insertBatch(ctx, school, input));
      return await getView(ctx, id);
    }),
  ),

  changeBatch: api.roster.changeBatch.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const before = await getBatch(ctx, input.batch);
      await mustFit(ctx, before.school_id, input, before.planned_on.toString());
      await withFreeName(input.name, () => changeBatch(ctx, input.batch, input));
      return await getView(ctx, input.batch);
    }),
  ),

  removeBatch: api.roster.removeBatch.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const before = await getBatch(ctx, input.batch);
      await removeBatch(ctx, before.id);
      await audit(ctx, {
        action: "remove-batch",
        subjectKind: "batch",
        subjectId: before.id,
        detail: { people: before.people },
      });
      return { done: true as const };
    }),
  ),

  assignBatch: api.roster.assignBatch.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const batch = input.batch === null ? undefined : await getBatch(ctx, input.batch);
      const entries = await resolveSelection(ctx, input.selection);
      if (batch !== undefined && (await isOfAnotherSchool(ctx, entries, batch.school_id))) {
        throw new RefusalError({ code: "batch.of-another-school", field: "batch" });
      }
      return { moved: await assign(ctx, entries, input.batch) };
    }),
  ),

  announceBatch: api.roster.announceBatch.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const batch = await getBatch(ctx, input.batch);
      if (batch.people === 0) throw new RefusalError({ code: "batch.nobody" });
      const today = todayOf(ctx);
      if (Temporal.PlainDate.compare(batch.planned_on, today) < 0) {
        throw new RefusalError({ code: "batch.day-past", today: today.toString(), field: "plannedOn" });
      }
      const people = await listToTell(ctx, batch.id);
      const outcome = await tellTeachers(
        ctx,
        people.map(({ entry, name, application }) => ({
          entry,
          name,
          application: application ?? undefined,
          template: "appointment",
          parameters: appointmentParametersOf(batch),
          key: `batch:${batch.id}:${batch.revision}:${entry}`,
        })),
      );
      await noteAnnounced(
        ctx,
        batch.id,
        people.map(({ entry }) => entry),
      );
      const { unreachable, ...told } = outcome;
      const detail = { ...told, unreachable: unreachable.length };
      await audit(ctx, { action: "announce-batch", subjectKind: "batch", subjectId: batch.id, detail });
      return outcome;
    }),
  ),

  getAppointment: api.roster.getAppointment.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { rows } = await sql<AppointmentRow>`
        select b.name, b.planned_on, b.from_hour, b.to_hour, b.place, b.remark, o.name as school from shice.person p
        join shice.roster_entry r on r.id_number_index = p.id_number_index and r.document_kind = p.document_kind
        join shice.school_batch b on b.id = r.batch_id
        join shice.organisation o on o.id = b.school_id
        where p.id = ${ctx.actor.personId} and r.campaign_id = ${ctx.campaign.id}`.execute(ctx.tx);
      const [batch] = rows;
      if (batch === undefined) return null;
      return {
        school: batch.school,
        batch: batch.name,
        plannedOn: batch.planned_on.toString(),
        fromHour: batch.from_hour,
        toHour: batch.to_hour,
        place: batch.place,
        remark: batch.remark,
        over: Temporal.PlainDate.compare(batch.planned_on, todayOf(ctx)) < 0,
      };
    }),
  ),
};

function viewOf(ctx: ActContext, row: BatchRow) {
  const plannedOn = row.planned_on.toString();
  return {
    id: row.id,
    school: row.school_id,
    schoolName: row.school_name,
    name: row.name,
    plannedOn,
    fromHour: row.from_hour,
    toHour: row.to_hour,
    place: row.place,
    remark: row.remark,
    people: row.people,
    applied: row.applied,
    confirmed: row.confirmed,
    handedOver: row.handed_over,
    parked: row.parked,
    overdue: isOverdue({ plannedOn, unconfirmed: row.unconfirmed }, todayOf(ctx)),
    announcedAt: row.announced_at?.toString() ?? null,
    untold: row.announced_at === null ? 0 : row.untold,
  };
}

async function getView(ctx: ActContext, id: string) {
  return viewOf(ctx, await getBatch(ctx, id));
}

/** @throws RefusalError request.not-found */
async function getBatch(ctx: ActContext, id: string): Promise<BatchRow> {
  const found = await findBatch(ctx, id);
  if (found === undefined) throw new RefusalError({ code: "request.not-found" });
  return found;
}

/** A day that stays as it is may be past: the place of a batch is put right after the day too. */
async function mustFit(ctx: ActContext, school: string, said: BatchSaid, before: string | undefined): Promise<void> {
  const hours = batchHoursRefusalOf(said.fromHour, said.toHour);
  if (hours !== undefined) throw new RefusalError(hours);
  if (said.plannedOn === before) return;
  const refusal = batchDayRefusalOf(await schoolCalendarOf(ctx, school), said.plannedOn, todayOf(ctx));
  if (refusal !== undefined) throw new RefusalError(refusal);
}

async function withFreeName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (brokenConstraintOf(error) === "batch_name_once") {
      throw new RefusalError({ code: "batch.name-taken", name, field: "name" });
    }
    throw error;
  }
}

async function isOfAnotherSchool({ tx }: ActContext, entries: readonly string[], school: string): Promise<boolean> {
  const { rows } = await sql`
    select from shice.roster_entry where id = any(${[...entries]}::uuid[]) and school_id <> ${school} limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/** When and where, in the words of a message: 10月16日 9:00至11:30，行政楼201 */
function appointmentParametersOf(
  batch: Pick<BatchRow, "planned_on" | "from_hour" | "to_hour" | "place" | "school_name">,
) {
  const { from_hour: from, to_hour: to } = batch;
  const hours = from === null || to === null ? "" : ` ${hourText(from)}至${hourText(to)}`;
  return {
    school: batch.school_name,
    when: `${dayText(batch.planned_on.toString())}${hours}`,
    place: batch.place === null ? "" : `，地点：${batch.place}`,
  };
}
