import { act, actOutcomeOf, look, type Room } from "../application/act.ts";
import { api } from "../application/api.ts";
import { audit } from "../application/audit.ts";
import { cutPage, parseCursor } from "../application/cursor.ts";
import { type Case, loadCases } from "../application/facts.ts";
import { getCase } from "../application/get-case.ts";
import { moveEntryAlong, placePatchOf, successorPatchOf } from "../application/place.ts";
import { transitionOne } from "../application/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { countQueue, listHistory, listQueue } from "./queries.ts";
import { listWholeQueue, queueBookOf } from "./queue-book.ts";
import { listSavedFilters, removeSavedFilter, saveFilter } from "./saved-filters.ts";
import { caseViewOf, historyItemOf, queueItemOf } from "./views.ts";

export const casesRoutes = {
  listQueue: api.cases.listQueue.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const rows = await listQueue(room, input, parseCursor(input.after, 2), input.limit);
      return cutPage(rows, input.limit, queueItemOf, (row) => [row.state_since.toString(), row.id]);
    }),
  ),

  countQueue: api.cases.countQueue.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const counts = await countQueue(room, input);
      return { counts, total: Object.values(counts).reduce((sum, count) => sum + count, 0) };
    }),
  ),

  exportQueue: api.cases.exportQueue.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const { columns, campaign: _, ...filter } = input;
      const rows = await listWholeQueue(room, filter);
      const bytes = await queueBookOf(room, rows, columns);
      const detail = { rows: rows.length, columns, filter: JSON.parse(JSON.stringify(filter)) };
      await audit(room, { action: "export-queue", subjectKind: "campaign", subjectId: room.campaign.id, detail });
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
    look(context, input.campaign, async (room) => {
      const found = await findCase(room, input.application);
      const [view] = await Promise.all([
        caseViewOf(room, found),
        audit(room, { action: "view", subjectKind: "application", subjectId: found.id }),
      ]);
      return view;
    }),
  ),

  listHistory: api.cases.listHistory.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const rows = await listHistory(room, input.application);
      if (rows.length === 0) throw new RefusalError({ code: "case.out-of-scope" });
      return rows.map(historyItemOf);
    }),
  ),

  revealIdNumber: api.cases.revealIdNumber.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const { row, id } = await findCase(room, input.application);
      const { reason } = input;
      await audit(room, { action: "reveal-id-number", subjectKind: "application", subjectId: id, detail: { reason } });
      const sealed = row.person_id_number_sealed;
      return { idNumber: sealed === null ? "" : room.secrets.decrypt(sealed, "person.id-number") };
    }),
  ),

  reopen: api.cases.reopen.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      // Its school may have ended since: then it goes on where the school's cases went.
      const { row } = await getCase(room, input.application);
      const place = await successorPatchOf(room, row);
      const outcome = await transitionOne(room, "reopen", {
        applicationId: input.application,
        input: { version: input.version },
        reason: input.reason,
        ...(place.school_id === undefined ? {} : { record: { school: String(place.school_id) } }),
        set: place,
      });
      if (outcome.ok) await moveEntryAlong(room, row.person_id, place);
      return actOutcomeOf(outcome);
    }),
  ),

  transfer: api.cases.transfer.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const place = await placePatchOf(room, input.school);
      return actOutcomeOf(
        await transitionOne(room, "transfer", {
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
    act(context, input.campaign, async (room) =>
      actOutcomeOf(
        await transitionOne(room, "carry-over", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
          set: { carried_over: input.reason },
        }),
      ),
    ),
  ),
};

async function findCase(room: Room, id: string): Promise<Case> {
  const { tx, campaign, now, secrets, actor } = room;
  // The auditor reads without the right to lock; nobody needs a lock to look.
  const cases = await loadCases(tx, campaign, [id], { lock: false, now, secrets, checkForm: actor.role !== "auditor" });
  const found = cases.get(id);
  if (found === undefined) throw new RefusalError({ code: "case.out-of-scope" });
  return found;
}
