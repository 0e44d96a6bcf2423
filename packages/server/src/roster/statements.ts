import { createHash } from "node:crypto";
import { needsStatement } from "@shice/rules/roster/statement.ts";
import { sql } from "kysely";
import { readAttachment } from "../form/attachments.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { decoded } from "../platform/decoded-image.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { type MadeImage, makeScan } from "../platform/images.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { type ActContext, getCampaign, runAct, runRead } from "../request/run-act.ts";
import { fileOf } from "../request/sheet-file.ts";
import { findRosterEntry } from "./queries.ts";
import { getItem, rosterStandingOf } from "./views.ts";

/** The signed statement of a teacher who does not take part, as a scan: made anew, sealed, seen by the roster's keepers alone. */
export const statementRoutes = {
  addStatementScan: api.roster.addStatementScan.handler(async ({ input, context }) => {
    // Before any transaction: decoding takes its time.
    await getCampaign(context.services, input.campaign);
    const made = await decoded(input.content, makeScan);
    return await runAct(context, input.campaign, async (ctx) => {
      await mustBeUnwilling(ctx, input.entry);
      await retire(ctx, input.entry);
      await keep(ctx, input.entry, input.fileName, made);
      await audit(ctx, { action: "keep-statement", subjectKind: "roster-entry", subjectId: input.entry });
      return await getItem(ctx, input.entry);
    });
  }),

  removeStatementScan: api.roster.removeStatementScan.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      if ((await retire(ctx, input.entry)) === 0) throw new RefusalError({ code: "request.not-found" });
      await audit(ctx, { action: "remove-statement", subjectKind: "roster-entry", subjectId: input.entry });
      return { done: true as const };
    }),
  ),

  getStatementScan: api.roster.getStatementScan.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { rows } = await sql<{ id: string; sha256: Buffer }>`
        select id, sha256 from shice.statement_scan where entry_id = ${input.entry} and replaced_at is null`.execute(
        ctx.tx,
      );
      const [row] = rows;
      if (row === undefined) throw new RefusalError({ code: "request.not-found" });
      const bytes = await readAttachment(ctx, row);
      await audit(ctx, { action: "view-statement", subjectKind: "roster-entry", subjectId: input.entry });
      return fileOf(bytes, "声明.jpg", "image/jpeg");
    }),
  ),
};

/** @throws RefusalError request.not-found, statement.of-nobody */
async function mustBeUnwilling(ctx: ActContext, entry: string): Promise<void> {
  const row = await findRosterEntry(ctx, entry);
  if (row === undefined) throw new RefusalError({ code: "request.not-found" });
  if (!needsStatement(rosterStandingOf(row.standing))) throw new RefusalError({ code: "statement.of-nobody" });
}

async function retire({ tx, now }: ActContext, entry: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update shice.statement_scan set replaced_at = ${now} where entry_id = ${entry} and replaced_at is null`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

async function keep(
  { tx, actor, now, services }: ActContext,
  entry: string,
  fileName: string,
  { jpeg, width, height }: MadeImage,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into shice.statement_scan (entry_id, sha256, size_bytes, media_type, file_name, width, height, uploaded_by, uploaded_at)
      values (${entry}, ${createHash("sha256").update(jpeg).digest()}, ${jpeg.length}, 'image/jpeg', ${fileName},
        ${width}, ${height}, ${actor.accountId}, ${now})
      returning id`.execute(tx);
  const row = mustReturnRow(rows, "statement scan insert");
  // Before the commit: a row never stands without its file.
  await services.files.put(row.id, jpeg);
}
