import type { RefusalText } from "@shice/contract/common.ts";
import { refusalTextOf } from "@shice/contract/problem.ts";
import { standings } from "@shice/contract/roster.ts";
import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { checkDocumentNumber, maskIdNumber, normaliseIdNumber } from "@shice/rules/identity/id-number.ts";
import { checkName, normaliseName } from "@shice/rules/identity/name.ts";
import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import type { z } from "zod";
import { act, look, type Room } from "../application/act.ts";
import { api } from "../application/api.ts";
import { cutPage, parseCursor } from "../application/cursor.ts";
import { stateOf } from "../application/facts.ts";
import { bytesText } from "../application/patch.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import {
  countRoster,
  findRosterEntry,
  listRoster,
  listSchools,
  type NewRosterRow,
  type RosterRowView,
  setStanding,
  writeRoster,
} from "./queries.ts";

const idNumberPurpose = "person.id-number";

export const rosterRoutes = {
  addRoster: api.roster.addRoster.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const schools = await listSchools(room, [...new Set(input.rows.map((row) => row.school))]);
      const wrong: { row: number; field: string; refusal: z.infer<typeof RefusalText> }[] = [];
      const good = new Map<string, NewRosterRow>();
      for (const [at, row] of input.rows.entries()) {
        const place = schools.get(row.school);
        const refusal = rowRefusal(row, place !== undefined);
        if (refusal !== undefined || place === undefined) {
          wrong.push({ row: at + 1, ...(refusal ?? unknownSchool()) });
          continue;
        }
        const idNumber = normaliseIdNumber(row.idNumber);
        const index = bytesText(room.secrets.blindIndex(idNumber, idNumberPurpose));
        // Named twice in one list: the later row is the one that counts.
        good.set(index, {
          row: at + 1,
          ...place,
          name: normaliseName(row.name),
          documentKind: row.documentKind,
          idNumberSealed: bytesText(room.secrets.encrypt(idNumber, idNumberPurpose)),
          idNumberIndex: index,
          facts: row.facts,
          standing: row.standing,
          reason: row.reason ?? null,
          remark: row.remark ?? null,
        });
      }
      const outcomes = [...(await writeRoster(room, [...good.values()], input.source)).values()];
      const count = (kind: string) => outcomes.filter((outcome) => outcome === kind).length;
      return { added: count("added"), changed: count("changed"), unchanged: count("unchanged"), wrong };
    }),
  ),

  listRoster: api.roster.listRoster.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const after = parseCursor(input.after, 1)?.[0];
      const rows = await listRoster(room, { ...input, after });
      return cutPage(
        rows,
        input.limit,
        (row) => itemOf(room, row),
        (row) => [row.id],
      );
    }),
  ),

  setStanding: api.roster.setStanding.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const reason = room.campaign.plan.reasons.find(
        ({ code, use }) => code === input.reason && use.includes("not-applied"),
      );
      if (input.standing !== "due" && input.standing !== "seconded-in" && reason === undefined) {
        throw new RefusalError({ code: "roster.reason-needed", field: "reason" });
      }
      const standing = { standing: input.standing, reason: reason?.code ?? null, remark: input.remark ?? null };
      if (!(await setStanding(room, input.entry, standing))) throw new RefusalError({ code: "request.not-found" });
      const entry = await findRosterEntry(room, input.entry);
      if (entry === undefined) throw new RefusalError({ code: "request.not-found" });
      return itemOf(room, entry);
    }),
  ),

  countRoster: api.roster.countRoster.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const rows = await countRoster(room, input.school);
      const due = rows.filter((row) => row.standing === "due" || row.standing === "seconded-out");
      const sum = (key: "people" | "applied" | "confirmed") => due.reduce((total, row) => total + row[key], 0);
      return {
        due: sum("people"),
        applied: sum("applied"),
        confirmed: sum("confirmed"),
        notApplied: sum("people") - sum("applied"),
        byStanding: Object.fromEntries(rows.map((row) => [row.standing, row.people])),
      };
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

function unknownSchool() {
  return { field: "school", refusal: refusalTextOf({ code: "roster.school-unknown", field: "school" }) };
}

function itemOf({ secrets }: Room, row: RosterRowView) {
  const standing = standings.find((known) => known === row.standing);
  if (standing === undefined) throw new Error("the store knows the standings");
  return {
    id: row.id,
    school: row.school_id,
    schoolName: row.school_name,
    name: row.name,
    idNumberMasked: maskIdNumber(secrets.decrypt(row.id_number_sealed, idNumberPurpose)),
    standing,
    reason: row.reason,
    remark: row.remark,
    application: row.application_id,
    state: row.state,
    stateTitle: row.state === null ? null : stateTitles[stateOf(row.state)],
    seenAt: row.seen_at?.toString() ?? null,
  };
}
