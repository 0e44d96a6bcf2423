import { createHash } from "node:crypto";
import { refusalTextOf } from "@shice/contract/problem-of.ts";
import type { ImportView } from "@shice/contract/roster.ts";
import { rowTroubleTextOf } from "@shice/contract/sentences/roster.zh.ts";
import { maskIdNumber } from "@shice/rules/identity/id-number.ts";
import type { RosterColumn } from "@shice/rules/roster/columns.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { errorBook, rosterBook } from "./import-books.ts";
import { settingOf } from "./import-setting.ts";
import {
  dropImport,
  findImport,
  findSameContent,
  type ImportRecord,
  type ImportState,
  insertImport,
  keepPart,
  listImports,
  listRows,
  readParts,
  removeParts,
  type StoredRow,
  setImport,
} from "./import-store.ts";
import { queueImport } from "./import-work.ts";
import { listFilled } from "./queries.ts";

const stateTitlesOfImport: Record<ImportState, string> = {
  receiving: "正在上传",
  checking: "正在核对",
  checked: "核对完毕，待写入",
  applying: "正在写入名册",
  applied: "已写入名册",
  cancelled: "已取消",
  unreadable: "无法读取",
};

export const importRoutes = {
  getRosterBook: api.roster.getRosterBook.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const filled = input.filled === "yes" ? await listFilled(ctx) : [];
      if (input.filled === "yes") {
        await audit(ctx, { action: "export-roster", subjectKind: "roster", detail: { rows: filled.length } });
      }
      const name = input.filled === "yes" ? "应注册教师名册" : "应注册教师名册（模板）";
      return bookFile(await rosterBook(ctx, filled), `${name}.xlsx`);
    }),
  ),

  sendImport: api.roster.sendImport.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const id = input.import ?? (await insertImport(ctx, input));
      const record = await getImport(ctx, id, { lock: true });
      if (record.state !== "receiving") return viewOf(record);
      await keepPart(ctx, id, input.part, Buffer.from(input.content, "base64"));
      const bytes = await readParts(ctx, id, record.parts);
      if (bytes === undefined) {
        // The last piece before the others: the sender has left one out.
        if (input.import === undefined && input.part !== 1) {
          throw new RefusalError({ code: "import.part-missing", field: "part" });
        }
        return viewOf(await getImport(ctx, id));
      }
      const hash = createHash("sha256").update(bytes).digest();
      const same = input.anew ? undefined : await findSameContent(ctx, hash);
      if (same !== undefined) {
        await dropImport(ctx, id);
        return viewOf(await getImport(ctx, same), true);
      }
      await setImport(ctx, id, { state: "checking", content_hash: hash });
      await audit(ctx, {
        action: "import-roster",
        subjectKind: "roster-import",
        subjectId: id,
        detail: { sha256: hash.toString("hex"), bytes: bytes.length },
      });
      await queueImport(ctx.tx, ctx.campaign.key, id);
      return viewOf(await getImport(ctx, id));
    }),
  ),

  listImports: api.roster.listImports.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listImports(ctx, { after: parseCursor(input.after, 1)?.[0], limit: input.limit });
      return cutPage(
        rows,
        input.limit,
        (row) => viewOf(row),
        ({ id }) => [id],
      );
    }),
  ),

  getImport: api.roster.getImport.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => viewOf(await getImport(ctx, input.import))),
  ),

  listImportRows: api.roster.listImportRows.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      await getImport(ctx, input.import);
      const { columns } = await settingOf(ctx);
      const after = Number(parseCursor(input.after, 1)?.[0] ?? 0);
      const rows = await listRows(ctx, input.import, { after, limit: input.limit + 1, outcome: input.outcome });
      return cutPage(
        rows,
        input.limit,
        (row) => rowViewOf(row, columns),
        ({ position }) => [String(position)],
      );
    }),
  ),

  applyImport: api.roster.applyImport.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const record = await getImport(ctx, input.import, { lock: true });
      const { state } = record;
      if (state === "applying" || state === "applied") return viewOf(record);
      if (state === "receiving" || state === "checking") throw new RefusalError({ code: "import.not-checked" });
      // What was cancelled half way may be gone on with; what was never checked to the end may not.
      if (state === "unreadable" || record.rows_checked !== record.rows_total) {
        throw new RefusalError({ code: "import.over" });
      }
      await setImport(ctx, record.id, { state: "applying", problem: null, finished_at: null, attempts: 0 });
      await queueImport(ctx.tx, ctx.campaign.key, record.id);
      return viewOf(await getImport(ctx, record.id));
    }),
  ),

  cancelImport: api.roster.cancelImport.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const record = await getImport(ctx, input.import, { lock: true });
      if (record.state === "cancelled") return viewOf(record);
      if (record.state === "applied" || record.state === "unreadable") throw new RefusalError({ code: "import.over" });
      await setImport(ctx, record.id, { state: "cancelled", finished_at: ctx.now });
      await removeParts(ctx, record.id);
      return viewOf(await getImport(ctx, record.id));
    }),
  ),

  getImportErrors: api.roster.getImportErrors.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const record = await getImport(ctx, input.import);
      const book = await errorBook(ctx, record.id);
      if (book === undefined) throw new RefusalError({ code: "import.nothing-wrong" });
      await audit(ctx, { action: "export-import-errors", subjectKind: "roster-import", subjectId: record.id });
      return bookFile(book, "名册有误的行.xlsx");
    }),
  ),
};

async function getImport(ctx: ActContext, id: string, lock?: { lock: boolean }): Promise<ImportRecord> {
  const record = await findImport(ctx, id, lock);
  if (record === undefined) throw new RefusalError({ code: "request.not-found" });
  return record;
}

function viewOf(record: ImportRecord, again = false): ImportView {
  const { problem } = record;
  return {
    id: record.id,
    fileName: record.file_name,
    state: record.state,
    stateTitle: stateTitlesOfImport[record.state],
    askedBy: record.asked_by,
    askedAt: record.asked_at.toString(),
    finishedAt: record.finished_at?.toString() ?? null,
    again,
    received: record.received,
    parts: record.parts,
    total: record.rows_total,
    checked: record.rows_checked,
    fresh: record.rows_new,
    changed: record.rows_changed,
    unchanged: record.rows_unchanged,
    wrong: record.rows_wrong,
    applied: record.rows_applied,
    problem: problem === null ? null : refusalTextOf(problem),
    notes: record.notes,
  };
}

function rowViewOf({ position, outcome, applied, found }: StoredRow, columns: readonly RosterColumn[]) {
  const titles = new Map<string, string>(columns.map(({ key, title }) => [key, title]));
  return {
    row: position,
    outcome,
    applied,
    name: found.draft.name,
    idNumberMasked: maskIdNumber(found.draft.idNumber),
    school: found.schoolName,
    changes: found.changes,
    troubles: found.troubles.map((trouble) => ({
      title: titles.get(trouble.column) ?? trouble.column,
      code: trouble.code === "finding" ? trouble.finding.code : trouble.code,
      found: found.cells[trouble.column] ?? "",
      ...rowTroubleTextOf(trouble),
    })),
  };
}

function bookFile(bytes: Buffer, name: string): File {
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return new File([Uint8Array.from(bytes)], name, { type });
}
