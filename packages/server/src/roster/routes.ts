import type { RefusalText } from "@shice/contract/common.ts";
import { refusalTextOf } from "@shice/contract/problem-of.ts";
import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { checkDocumentNumber, normaliseIdNumber } from "@shice/rules/identity/id-number.ts";
import { checkName, normaliseName } from "@shice/rules/identity/name.ts";
import { statementRefusalOf } from "@shice/rules/roster/statement.ts";
import type { z } from "zod";
import { todayOf } from "../case/today.ts";
import { api } from "../request/api.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { assessmentRoutes } from "./assessments.ts";
import { batchRoutes } from "./batches.ts";
import { type Compared, compareWithRoster, type Entry, isStatementMissing, writeEntries } from "./entries.ts";
import { importRoutes } from "./import-routes.ts";
import { offRosterRoutes } from "./off-roster.ts";
import { parkingRoutes } from "./parking.ts";
import { listRoster } from "./queries.ts";
import { reconcileRoutes } from "./reconcile.ts";
import { reminderRoutes } from "./reminders.ts";
import { listOwnSchools } from "./schools.ts";
import { rosterSheetRoutes } from "./sheets.ts";
import { silenceRoutes } from "./silence.ts";
import { statementRoutes } from "./statements.ts";
import { itemsOf } from "./views.ts";
import { lapseRoutes } from "./would-lapse.ts";

export const rosterRoutes = {
  ...importRoutes,
  ...assessmentRoutes,
  ...reconcileRoutes,
  ...offRosterRoutes,
  ...statementRoutes,
  ...rosterSheetRoutes,
  ...lapseRoutes,
  ...silenceRoutes,
  ...batchRoutes,
  ...parkingRoutes,
  ...reminderRoutes,

  addRoster: api.roster.addRoster.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const schools = new Map((await listOwnSchools(ctx)).map((school) => [school.schoolId, school]));
      const wrong: { row: number; field: string; refusal: z.infer<typeof RefusalText> }[] = [];
      const good = new Map<string, { row: number; entry: Entry }>();
      for (const [at, row] of input.rows.entries()) {
        const school = schools.get(row.school);
        const refusal = rowRefusal(row, school !== undefined);
        if (refusal !== undefined || school === undefined) {
          wrong.push({ row: at + 1, ...(refusal ?? unknownSchool()) });
          continue;
        }
        const idNumber = normaliseIdNumber(row.idNumber);
        const { documentKind, standing, reason, remark, statementOn, facts } = row;
        const name = normaliseName(row.name);
        const entry = { school, name, documentKind, idNumber, standing, reason, remark, statementOn, facts };
        // Named twice in one list: the later row is the one that counts.
        good.set(idNumber, { row: at + 1, entry });
      }
      const rows = [...good.values()];
      const compared = await compareWithRoster(
        ctx,
        rows.map(({ entry }) => entry),
      );
      const sound = compared.filter((result, at) => {
        const refusal = resultRefusal(ctx, result);
        if (refusal !== undefined)
          wrong.push({ row: rows[at]?.row ?? 0, field: refusal.field, refusal: refusalTextOf(refusal) });
        return refusal === undefined;
      });
      await writeEntries(ctx, sound, input.source);
      const count = (outcome: string) => sound.filter((result) => result.outcome === outcome).length;
      return { added: count("new"), changed: count("changed"), unchanged: count("unchanged"), wrong };
    }),
  ),

  listRoster: api.roster.listRoster.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { after, limit, ...filter } = input;
      const rows = await listRoster(ctx, filter, { after: parseCursor(after, 1)?.[0], limit });
      const { items, next } = cutPage(
        rows,
        limit,
        (row) => row,
        (row) => [row.id],
      );
      return { items: await itemsOf(ctx, items), next };
    }),
  ),
};

function rowRefusal(row: { documentKind: string; idNumber: string; name: string }, hasSchool: boolean) {
  if (!hasSchool) return unknownSchool();
  const [finding] = [...checkName(row.name), ...checkDocumentNumber(row.documentKind, row.idNumber)].filter(
    (found) => found.level === "blocks",
  );
  if (finding === undefined) return undefined;
  return {
    field: finding.field,
    refusal: { code: finding.code, sentence: checksSentenceOf(finding), field: finding.field },
  };
}

/** Why a sound row is not written all the same: its teacher stands elsewhere, or the statement is missing. */
function resultRefusal(ctx: ActContext, result: Compared) {
  if (result.outcome === "elsewhere") return { code: "roster.elsewhere", field: "idNumber" } as const;
  if (isStatementMissing(result)) return { code: "statement.day-needed", field: "statementOn" } as const;
  const { standing, statementOn } = result.entry;
  if (standing !== "unwilling" || statementOn === undefined) return undefined;
  return statementRefusalOf(standing, statementOn, {
    issuedOn: ctx.campaign.plan.issuedOn,
    today: todayOf(ctx),
  });
}

function unknownSchool() {
  return { field: "school", refusal: refusalTextOf({ code: "roster.school-unknown", field: "school" }) };
}
