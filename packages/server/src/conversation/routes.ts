import { officeOf, statesAt } from "@shice/rules/lifecycle/office-of.ts";
import { states, stateTitles } from "@shice/rules/lifecycle/state.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import {
  countSince,
  type EntryRow,
  findPlace,
  listEntries,
  listOpen,
  noteRead,
  notifyOffice,
  notifyTeacher,
  type PlaceRow,
  type Side,
  settleEntries,
  writeEntry,
} from "./queries.ts";

/** A telephone call is better than so many words in a day. */
const mostADay = 20;

/** Questions and answers about one application between its teacher and the office that has it. */
export const conversationRoutes = {
  list: api.conversation.list.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const place = await getPlace(ctx, input.application);
      if (ctx.actor.role !== "applicant") {
        await audit(ctx, { action: "view-conversation", subjectKind: "application", subjectId: input.application });
      }
      return { office: officeNameOf(place), entries: (await listEntries(ctx, input.application)).map(entryOf) };
    }),
  ),

  write: api.conversation.write.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { application, text } = input;
      const place = await getPlace(ctx, application);
      const side = sideOf(ctx);
      if (side === "office") {
        const entry = await writeEntry(ctx, application, { side, text });
        await settleEntries(ctx, application);
        await notifyTeacher(ctx, application);
        return { entry };
      }
      if (!place.has_point) throw new RefusalError({ code: "conversation.no-office" });
      if ((await countSince(ctx, application, ctx.now.subtract({ hours: 24 }))) >= mostADay) {
        throw new RefusalError({ code: "conversation.too-many", most: mostADay });
      }
      const entry = await writeEntry(ctx, application, { side, text });
      await notifyOffice(ctx, application, { entry, atDistrict: officeOf(place.state) === "district" });
      return { entry };
    }),
  ),

  noteRead: api.conversation.noteRead.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      await getPlace(ctx, input.application);
      await noteRead(ctx, input.application, sideOf(ctx));
      return { done: true } as const;
    }),
  ),

  settle: api.conversation.settle.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      await getPlace(ctx, input.application);
      await settleEntries(ctx, input.application);
      return { done: true } as const;
    }),
  ),

  listOpen: api.conversation.listOpen.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const office = ctx.actor.role === "school-clerk" ? "school" : "district";
      const page = { states: statesAt(office, states), after: parseCursor(input.after, 2), limit: input.limit };
      return cutPage(
        await listOpen(ctx, page),
        input.limit,
        ({ state, written_at: at, ...row }) => ({ ...row, stateTitle: stateTitles[state], at: at.toString() }),
        (row) => [row.written_at.toString(), row.application],
      );
    }),
  ),
};

function sideOf({ actor }: ActContext): Side {
  return actor.role === "applicant" ? "teacher" : "office";
}

/** @throws RefusalError case.out-of-scope */
async function getPlace(ctx: ActContext, applicationId: string): Promise<PlaceRow> {
  const place = await findPlace(ctx, applicationId);
  if (place === undefined) throw new RefusalError({ code: "case.out-of-scope" });
  return place;
}

function officeNameOf({ state, point, authority }: PlaceRow): string | null {
  return officeOf(state) === "school" ? point : authority;
}

function entryOf(row: EntryRow) {
  return {
    id: row.id,
    side: row.side,
    organisation: row.organisation,
    author: row.author,
    text: row.text,
    at: row.written_at.toString(),
    readAt: row.read_at?.toString() ?? null,
    settled: row.side === "office" || row.settled_at !== null,
  };
}
