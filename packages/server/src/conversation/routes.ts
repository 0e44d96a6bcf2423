import { officeOf, statesAt } from "@shice/rules/lifecycle/office-of.ts";
import { states, stateTitles } from "@shice/rules/lifecycle/state.ts";
import { act, look, type Room } from "../application/act.ts";
import { api } from "../application/api.ts";
import { audit } from "../application/audit.ts";
import { cutPage, parseCursor } from "../application/cursor.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import {
  countSince,
  type EntryRow,
  findPlace,
  listEntries,
  listOpen,
  noteRead,
  type PlaceRow,
  type Side,
  settleEntries,
  tellOffice,
  tellTeacher,
  writeEntry,
} from "./queries.ts";

/** A telephone call is better than so many words in a day. */
const mostADay = 20;

/** Questions and answers about one application between its teacher and the office that has it. */
export const conversationRoutes = {
  list: api.conversation.list.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const place = await getPlace(room, input.application);
      if (room.actor.role !== "applicant") {
        await audit(room, { action: "view-conversation", subjectKind: "application", subjectId: input.application });
      }
      return { office: officeNameOf(place), entries: (await listEntries(room, input.application)).map(entryOf) };
    }),
  ),

  write: api.conversation.write.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const { application, text } = input;
      const place = await getPlace(room, application);
      const side = sideOf(room);
      if (side === "office") {
        const entry = await writeEntry(room, application, { side, text });
        await settleEntries(room, application);
        await tellTeacher(room, entry);
        return { entry };
      }
      if (!place.has_point) throw new RefusalError({ code: "conversation.no-office" });
      if ((await countSince(room, application, room.now.subtract({ hours: 24 }))) >= mostADay) {
        throw new RefusalError({ code: "conversation.too-many", most: mostADay });
      }
      const entry = await writeEntry(room, application, { side, text });
      await tellOffice(room, entry, officeOf(place.state) === "district");
      return { entry };
    }),
  ),

  noteRead: api.conversation.noteRead.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      await getPlace(room, input.application);
      await noteRead(room, input.application, sideOf(room));
      return { done: true } as const;
    }),
  ),

  settle: api.conversation.settle.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      await getPlace(room, input.application);
      await settleEntries(room, input.application);
      return { done: true } as const;
    }),
  ),

  listOpen: api.conversation.listOpen.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const office = room.actor.role === "school-clerk" ? "school" : "district";
      const page = { states: statesAt(office, states), after: parseCursor(input.after, 2), limit: input.limit };
      return cutPage(
        await listOpen(room, page),
        input.limit,
        ({ state, written_at: at, ...row }) => ({ ...row, stateTitle: stateTitles[state], at: at.toString() }),
        (row) => [row.written_at.toString(), row.application],
      );
    }),
  ),
};

function sideOf({ actor }: Room): Side {
  return actor.role === "applicant" ? "teacher" : "office";
}

/** @throws RefusalError case.out-of-scope */
async function getPlace(room: Room, applicationId: string): Promise<PlaceRow> {
  const place = await findPlace(room, applicationId);
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
