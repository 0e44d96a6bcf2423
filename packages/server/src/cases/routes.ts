import { type Case, loadCases } from "../case/facts.ts";
import { getCase } from "../case/get-case.ts";
import { moveEntryAlong, placePatchOf, schoolOf, successorPatchOf } from "../case/school-place.ts";
import { transitionOne } from "../case/transition.ts";
import { notifyLeadsOfAppeal } from "../message/notify-leads.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, actOutcomeOf, runAct, runRead } from "../request/run-act.ts";
import { answerAppeal, insertAppeal, newId } from "./appeals.ts";
import { countQueue, listHistory, listQueue } from "./queries.ts";
import { listWholeQueue, queueBookOf } from "./queue-book.ts";
import { listSavedFilters, removeSavedFilter, saveFilter } from "./saved-filters.ts";
import { caseViewOf, historyItemOf, queueItemOf } from "./views.ts";

export const casesRoutes = {
  listQueue: api.cases.listQueue.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listQueue(ctx, input, parseCursor(input.after, 2), input.limit);
      return cutPage(rows, input.limit, queueItemOf, (row) => [row.state_since.toString(), row.id]);
    }),
  ),

  countQueue: api.cases.countQueue.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const counts = await countQueue(ctx, input);
      return { counts, total: Object.values(counts).reduce((sum, count) => sum + count, 0) };
    }),
  ),

  exportQueue: api.cases.exportQueue.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { columns, campaign: _, ...filter } = input;
      const rows = await listWholeQueue(ctx, filter);
      const bytes = await queueBookOf(ctx, rows, columns);
      const detail = { rows: rows.length, columns, filter: JSON.parse(JSON.stringify(filter)) };
      await audit(ctx, { action: "export-queue", subjectKind: "campaign", subjectId: ctx.campaign.id, detail });
      const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
      return new File([Uint8Array.from(bytes)], "办件.xlsx", { type });
    }),
  ),

  listSavedFilters: api.cases.listSavedFilters.handler(({ input, context }) =>
    listSavedFilters(context, input.campaign),
  ),

  saveFilter: api.cases.saveFilter.handler(({ input: { campaign, ...saved }, context }) =>
    saveFilter(context, campaign, saved),
  ),

  removeSavedFilter: api.cases.removeSavedFilter.handler(({ input, context }) =>
    removeSavedFilter(context, input.campaign, input.savedFilter),
  ),

  getCase: api.cases.getCase.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const found = await findCase(ctx, input.application);
      const [view] = await Promise.all([
        caseViewOf(ctx, found),
        audit(ctx, { action: "view", subjectKind: "application", subjectId: found.id }),
      ]);
      return view;
    }),
  ),

  listHistory: api.cases.listHistory.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listHistory(ctx, input.application);
      if (rows.length === 0) throw new RefusalError({ code: "case.out-of-scope" });
      return rows.map(historyItemOf);
    }),
  ),

  revealIdNumber: api.cases.revealIdNumber.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { row, id } = await findCase(ctx, input.application);
      const { reason } = input;
      await audit(ctx, { action: "reveal-id-number", subjectKind: "application", subjectId: id, detail: { reason } });
      const sealed = row.person_id_number_sealed;
      return { idNumber: sealed === null ? "" : ctx.secrets.decrypt(sealed, "person.id-number") };
    }),
  ),

  reopen: api.cases.reopen.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      // Its school may have ended since: then it goes on where the school's cases went.
      const held = await getCase(ctx, input.application);
      const { row } = held;
      const place = await successorPatchOf(ctx, row);
      // Only a lead re-opens on an appeal; a manager's extension says nothing of it.
      const appeal = ctx.actor.role === "district-lead" && held.facts.appeal === "open" ? row.appeal : null;
      const outcome = await transitionOne(ctx, "reopen", {
        applicationId: held.id,
        held,
        input: { version: input.version },
        reason: input.reason,
        record: { school: schoolOf(place), appeal: appeal?.id ?? null },
        set: place,
      });
      if (outcome.ok && appeal !== null) await answerAppeal(ctx, appeal.id, "upheld", input.reason);
      if (outcome.ok) await moveEntryAlong(ctx, row.person_id, place);
      return actOutcomeOf(outcome);
    }),
  ),

  appealEnding: api.cases.appealEnding.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const held = await getCase(ctx, input.application);
      const appeal = await newId(ctx.tx);
      const answer = actOutcomeOf(
        await transitionOne(ctx, "appeal", {
          applicationId: held.id,
          held,
          input: { version: input.version },
          record: { appeal },
        }),
      );
      await insertAppeal(ctx, { id: appeal, application: held.id, statement: input.statement });
      const { authorityId: authority } = held.facts;
      if (authority !== null && ctx.actor.role === "applicant") {
        const about = { id: appeal, campaign: ctx.campaign.id, application: held.id, authority };
        await notifyLeadsOfAppeal(ctx.tx, about, ctx.now);
      }
      return answer;
    }),
  ),

  dismissEndingAppeal: api.cases.dismissEndingAppeal.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const held = await getCase(ctx, input.application);
      const { appeal } = held.row;
      const answer = actOutcomeOf(
        await transitionOne(ctx, "dismiss-appeal", {
          applicationId: held.id,
          held,
          input: { version: input.version },
          reason: input.reason,
          record: { appeal: appeal?.id ?? "" },
        }),
      );
      if (appeal !== null) await answerAppeal(ctx, appeal.id, "dismissed", input.reason);
      return answer;
    }),
  ),

  transfer: api.cases.transfer.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const place = await placePatchOf(ctx, input.school);
      return actOutcomeOf(
        await transitionOne(ctx, "transfer", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
          record: { school: input.school },
          set: ({ row }) => ({ ...place, form: { ...row.form, schoolId: input.school } }),
        }),
      );
    }),
  ),

  carryOver: api.cases.carryOver.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) =>
      actOutcomeOf(
        await transitionOne(ctx, "carry-over", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
          set: { carried_over: input.reason },
        }),
      ),
    ),
  ),
};

async function findCase(ctx: ActContext, id: string): Promise<Case> {
  const { tx, campaign, now, secrets, actor } = ctx;
  const audits = actor.role === "auditor";
  const cases = await loadCases(tx, campaign, [id], {
    lock: false,
    now,
    secrets,
    checkForm: !audits,
    withoutSecrets: audits,
  });
  const found = cases.get(id);
  if (found === undefined) throw new RefusalError({ code: "case.out-of-scope" });
  return found;
}
