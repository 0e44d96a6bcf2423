import { fullDayText } from "@shice/contract/sentences/days.zh.ts";
import { documentKinds, nameOfCode } from "@shice/rules/form/lists.ts";
import { sql } from "kysely";
import { todayOf } from "../case/today.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Sheet } from "../platform/typesetting/typesetter.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { type ActContext, runAct } from "../request/run-act.ts";
import { setAsFile } from "../request/sheet-file.ts";
import { reconciliationSheetOf } from "./reconciliation-sheet.ts";
import { listOwnSchools } from "./schools.ts";
import { idNumberPurpose } from "./views.ts";

/** What the clerk prints from the roster, to be signed by the teacher or by the head. */
export const rosterSheetRoutes = {
  getStatementForm: api.roster.getStatementForm.handler(async ({ input, context }) => {
    const { sheet, name } = await runAct(context, input.campaign, async (ctx) => {
      const made = await statementSheetOf(ctx, input.entry);
      // The whole number stands on it: who it is has to be beyond doubt.
      if (input.entry !== undefined) {
        await audit(ctx, { action: "print-statement", subjectKind: "roster-entry", subjectId: input.entry });
      }
      return made;
    });
    return await setAsFile(context, sheet, `自愿不参加本次定期注册声明${name === "" ? "" : `-${name}`}.pdf`);
  }),

  getReconciliationSheet: api.roster.getReconciliationSheet.handler(async ({ input, context }) => {
    const { sheet, name } = await runAct(context, input.campaign, async (ctx) => {
      const own = await listOwnSchools(ctx);
      const school =
        input.school === undefined && own.length === 1 ? own[0] : own.find(({ schoolId }) => schoolId === input.school);
      if (school === undefined) throw new RefusalError({ code: "roster.school-unknown", field: "school" });
      const { sheet, people } = await reconciliationSheetOf(ctx, school);
      const detail = { people };
      await audit(ctx, { action: "print-reconciliation", subjectKind: "school", subjectId: school.schoolId, detail });
      return { sheet, name: `名册核对表-${school.name}-${todayOf(ctx)}.pdf` };
    });
    return await setAsFile(context, sheet, name);
  }),
};

interface StatementRow {
  name: string;
  document_kind: string;
  id_number_sealed: Buffer;
  school: string;
}

/** The statement of a teacher who does not take part, or an empty one to be filled in by hand. */
async function statementSheetOf(ctx: ActContext, entry: string | undefined): Promise<{ sheet: Sheet; name: string }> {
  const { campaign, secrets } = ctx;
  const row = entry === undefined ? undefined : await getStatementRow(ctx, entry);
  return {
    name: row?.name ?? "",
    sheet: {
      template: "statement.typ",
      at: ctx.now,
      document: {
        campaign: campaign.title,
        issued: fullDayText(campaign.plan.issuedOn),
        issuer: campaign.plan.issuer,
        name: row?.name ?? null,
        documentKind: row === undefined ? "身份证件" : nameOfCode(documentKinds, row.document_kind),
        idNumber: row === undefined ? null : secrets.decrypt(row.id_number_sealed, idNumberPurpose),
        school: row?.school ?? (await onlySchoolOf(ctx)),
      },
    },
  };
}

async function onlySchoolOf(ctx: ActContext): Promise<string | null> {
  const [only, second] = await listOwnSchools(ctx);
  return only !== undefined && second === undefined ? only.name : null;
}

/** @throws RefusalError request.not-found */
async function getStatementRow({ tx, campaign }: ActContext, entry: string): Promise<StatementRow> {
  const { rows } = await sql<StatementRow>`
    select r.name, r.document_kind, r.id_number_sealed, o.name as school
    from shice.roster_entry r join shice.organisation o on o.id = r.school_id
    where r.campaign_id = ${campaign.id} and r.id = ${entry}`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new RefusalError({ code: "request.not-found" });
  return row;
}
