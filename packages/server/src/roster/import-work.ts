import { randomUUID } from "node:crypto";
import type { ModuleRefusal } from "@shice/contract/module-refusal.ts";
import { roles } from "@shice/rules/lifecycle/role.ts";
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/database.ts";
import { readWorkbook } from "../platform/excel/reader.ts";
import { addJob, task } from "../platform/jobs.ts";
import type { Services } from "../request/context.ts";
import { type ActContext, underPlanInForce } from "../request/run-act.ts";
import { compareWithRoster, writeEntries } from "./entries.ts";
import { checkRows, entryOf, survey, tableOf } from "./import-check.ts";
import { settingOf } from "./import-setting.ts";
import {
  findImport,
  type ImportRecord,
  insertRows,
  lastPosition,
  listRows,
  noteApplied,
  readParts,
  removeParts,
  setImport,
} from "./import-store.ts";
import { listOwnSchools } from "./schools.ts";

/** Rows in one transaction: so many are done or not done together, and progress is seen after each. */
const slice = 1000;

/** Tries of one step without a slice done; the table's own bound is the same. */
const mostTries = 3;

const jobName = "work-on-roster-import";
const Payload = z.object({ import: z.uuid(), campaign: z.string() });

/** Queues the work on an import, in the transaction that asks for it. */
export async function queueImport(tx: Tx, campaign: string, importId: string): Promise<void> {
  await addJob(tx, jobName, { import: importId, campaign }, { jobKey: `${jobName}:${importId}` });
}

/** Goes on with every import that a program had in hand when it ended. */
export async function resumeImports({ database }: Services): Promise<void> {
  await database.inScope({ kind: "system" }, async (tx) => {
    const { rows } = await sql<{ id: string; key: string }>`
      select i.id, c.key from shice.roster_import i join shice.campaign c on c.id = i.campaign_id
      where i.state in ('checking', 'applying')`.execute(tx);
    for (const { id, key } of rows) await queueImport(tx, key, id);
  });
}

/**
 * The job: checks a file that has come in whole, or writes what was checked; slice by slice until done or stopped. What
 * has failed three times without a slice done, or whose program died three times over it, ends.
 */
export function importTasks(services: Services) {
  return {
    [jobName]: task(Payload, async ({ import: id, campaign }, { signal, exclusively }) => {
      await exclusively(`${jobName}:${id}`, () => workOn(services, { id, campaign }, signal));
    }),
  };
}

async function workOn(
  services: Services,
  { id, campaign }: { id: string; campaign: string },
  signal: AbortSignal | undefined,
): Promise<void> {
  const begun = await beginTry(services, id);
  if (begun === undefined) return;
  const within = <T>(work: (ctx: ActContext, record: ImportRecord) => Promise<T>) =>
    inImport(services, campaign, begun, id, work);
  try {
    if (begun.state === "checking") await check(within, signal);
    else await apply(within, signal);
  } catch (error) {
    if (signal?.aborted === true) await takeBackTry(services, id);
    else if (begun.isLast) await giveUp(services, id);
    throw error;
  }
}

type Within = <T>(work: (ctx: ActContext, record: ImportRecord) => Promise<T>) => Promise<T>;

async function check(within: Within, signal: AbortSignal | undefined): Promise<void> {
  const bytes = await within((ctx, { id, parts }) => readParts(ctx, id, parts));
  if (bytes === undefined) throw new Error("the parts of an import under way are missing");
  const book = await readWorkbook(bytes);
  const begun = await within(async (ctx, record) => {
    if (record.state !== "checking") return undefined;
    const table = "code" in book ? book : tableOf(book, await settingOf(ctx));
    if ("code" in table) {
      await setImport(ctx, record.id, { state: "unreadable", problem: table, finished_at: ctx.now });
      await removeParts(ctx, record.id);
      return undefined;
    }
    await setImport(ctx, record.id, { rows_total: table.rows.length, notes: table.notes });
    return { table, known: await survey(ctx, table) };
  });
  if (begun === undefined) return;
  const { table, known } = begun;
  for (let going = true; going; ) {
    signal?.throwIfAborted();
    going = await within(async (ctx, record) => {
      if (record.state !== "checking") return false;
      const last = await lastPosition(ctx, record.id);
      const from = table.rows.findIndex(({ position }) => position > last);
      if (from < 0) {
        await setImport(ctx, record.id, { state: "checked", checked_at: ctx.now });
        await removeParts(ctx, record.id);
        return false;
      }
      await insertRows(ctx, record.id, await checkRows(ctx, table, known, table.rows.slice(from, from + slice)));
      return true;
    });
  }
}

async function apply(within: Within, signal: AbortSignal | undefined): Promise<void> {
  for (let going = true; going; ) {
    signal?.throwIfAborted();
    going = await within(async (ctx, record) => {
      if (record.state !== "applying") return false;
      const rows = await listRows(ctx, record.id, { after: 0, limit: slice, toApply: true });
      if (rows.length === 0) {
        await setImport(ctx, record.id, { state: "applied", finished_at: ctx.now });
        return false;
      }
      const schools = new Map((await listOwnSchools(ctx)).map((school) => [school.schoolId, school]));
      // Held against the roster once more: somebody may have changed it since the check.
      const placed = rows.flatMap((row) => {
        const school = schools.get(row.found.schoolId ?? "");
        return school === undefined ? [] : [{ row, entry: entryOf(row.found.draft, school) }];
      });
      const compared = await compareWithRoster(
        ctx,
        placed.map(({ entry }) => entry),
      );
      await writeEntries(ctx, compared, "excel");
      const elsewhere = new Map(
        placed.flatMap(({ row }, at) => {
          const result = compared[at];
          return result?.outcome === "elsewhere" ? [[row.position, result.school] as const] : [];
        }),
      );
      const gone = new Set(
        rows.map(({ position }) => position).filter((at) => !placed.some(({ row }) => row.position === at)),
      );
      await noteApplied(
        ctx,
        record.id,
        rows.map(({ position }) => position).filter((position) => !elsewhere.has(position) && !gone.has(position)),
        rows.flatMap((row) => {
          const school = elsewhere.get(row.position);
          const trouble =
            school !== undefined
              ? ({ column: "idNumber", code: "roster.elsewhere", school } as const)
              : gone.has(row.position)
                ? ({ column: "school", code: "school.not-yours" } as const)
                : undefined;
          return trouble === undefined ? [] : [{ ...row, found: { ...row.found, troubles: [trouble] } }];
        }),
      );
      return true;
    });
  }
}

interface Owner {
  organisation_id: string;
  scope_kind: "school" | "authority";
}

/** Counts a try before it is made, so that one is counted too over which the program dies; undefined: nothing to do. */
async function beginTry(services: Services, id: string) {
  const begun = await services.database.inScope({ kind: "system" }, async (tx) => {
    const { rows } = await sql<Owner & { state: "checking" | "applying"; attempts: number }>`
      update shice.roster_import set attempts = attempts + 1
      where id = ${id} and state in ('checking', 'applying') and attempts < ${mostTries}
      returning organisation_id, scope_kind, state, attempts`.execute(tx);
    return rows[0];
  });
  if (begun === undefined) await giveUp(services, id);
  return begun === undefined ? undefined : { ...begun, isLast: begun.attempts >= mostTries };
}

/** A try that the end of the program has cut short says nothing about the file. */
async function takeBackTry({ database }: Services, id: string): Promise<void> {
  await database.inScope({ kind: "system" }, (tx) =>
    sql`update shice.roster_import set attempts = greatest(0, attempts - 1) where id = ${id}`.execute(tx),
  );
}

/** Ends an import that has used its tries: a file that cannot be checked is unreadable; what was written stays written. */
async function giveUp({ database, clock }: Services, id: string): Promise<void> {
  const checkFailed: ModuleRefusal = { code: "import.check-failed" };
  const writeFailed: ModuleRefusal = { code: "import.write-failed" };
  await database.inScope({ kind: "system" }, async (tx) => {
    await sql`
      update shice.roster_import
      set state = case state when 'checking' then 'unreadable' else 'checked' end,
        problem = case state when 'checking' then ${JSON.stringify(checkFailed)}::jsonb
          else ${JSON.stringify(writeFailed)}::jsonb end,
        finished_at = case state when 'checking' then ${clock.now()} else finished_at end
      where id = ${id} and state in ('checking', 'applying') and attempts >= ${mostTries}`.execute(tx);
    await sql`delete from shice.roster_import_part where import_id = ${id}`.execute(tx);
  });
}

/** One transaction on the import, locked, in the bounds of the office that sent it and under its sender's name. */
function inImport<T>(
  services: Services,
  campaignKey: string,
  { organisation_id: organisationId, scope_kind: kind }: Owner,
  id: string,
  work: (ctx: ActContext, record: ImportRecord) => Promise<T>,
): Promise<T> {
  return underPlanInForce(services, campaignKey, (campaign) =>
    services.database.inScope({ kind, id: organisationId }, async (tx) => {
      const scope = { kind, id: organisationId } as const;
      const nobody = { role: "system" as const, accountId: null, personId: null, postId: null, organisationId, scope };
      const ctx: ActContext = {
        tx,
        campaign,
        services,
        secrets: services.secrets,
        now: services.clock.now(),
        actor: nobody,
        requestId: randomUUID(),
      };
      const record = await findImport(ctx, id, { lock: true });
      if (record === undefined) throw new Error("the queued import was not found");
      const role = roles.find((known) => known === record.role) ?? "system";
      const actor = { ...nobody, role, accountId: record.account_id, postId: record.post_id };
      return await work({ ...ctx, actor }, record);
    }),
  );
}
