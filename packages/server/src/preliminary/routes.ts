import { endOfStage } from "@shice/rules/calendar/window.ts";
import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import { act, actOutcomeOf, bulkOutcomeOf, look, type Room } from "../application/act.ts";
import { api } from "../application/api.ts";
import { audit } from "../application/audit.ts";
import { askCorrection } from "../application/correction.ts";
import { cutPage, parseCursor } from "../application/cursor.ts";
import { getCase } from "../application/get-case.ts";
import { giveOpinions } from "../application/opinion.ts";
import { listQualificationLost } from "../application/qualification.ts";
import { getReasons } from "../application/reasons.ts";
import { suggestionFor, suggestionViewOf } from "../application/suggestion.ts";
import { transitionOne } from "../application/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import {
  askBySchool,
  findManifest,
  listManifestItems,
  listManifests,
  type ManifestRow,
  signForManifest,
  writeDistrictFacts,
} from "./queries.ts";

/** Notice §三(三): the district signs for what the schools bring, and does the preliminary review. */
export const preliminaryRoutes = {
  listManifests: api.preliminary.listManifests.handler(({ input, context }) =>
    look(context, input.campaign, async ({ tx, campaign }) => {
      const rows = await listManifests(tx, campaign.id, { after: parseCursor(input.after, 2), limit: input.limit });
      return cutPage(rows, input.limit, manifestOf, (row) => [row.handed_over_at.toString(), row.id]);
    }),
  ),

  getManifest: api.preliminary.getManifest.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const manifest = await getManifest(room, input.manifest);
      const items = await listManifestItems(room.tx, manifest.id);
      await audit(room, { action: "view-manifest", subjectKind: "manifest", subjectId: manifest.id });
      return { ...manifestOf(manifest), listHash: manifest.list_hash.toString("hex"), items };
    }),
  ),

  receiveManifest: api.preliminary.receiveManifest.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const manifest = await getManifest(room, input.manifest, { lock: true });
      if (manifest.received_at !== null) {
        throw new RefusalError({ code: "manifest.received-already", at: manifest.received_at.toString() });
      }
      const listed = new Set((await listManifestItems(room.tx, manifest.id)).map((item) => item.application));
      if (input.differences.some(({ application }) => !listed.has(application))) {
        throw new RefusalError({ code: "manifest.not-on-list", field: "differences" });
      }
      await signForManifest(room.tx, manifest.id, room.actor.accountId, room.now, input.differences);
      await audit(room, {
        action: "receive-manifest",
        subjectKind: "manifest",
        subjectId: manifest.id,
        detail: { entries: listed.size, differences: input.differences.length },
      });
      return manifestOf({ ...manifest, received_at: room.now });
    }),
  ),

  /** The facts are part of the review: whoever may not give an opinion on the case may not record them either. */
  recordFacts: api.preliminary.recordFacts.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const found = await getCase(room, input.application);
      const name = found.facts.state === "review-returned" ? "decide-anew" : "decide";
      const { calendar } = found;
      const { conclusions } = room.campaign;
      const refusal = refusalOf(name, found.facts, room.actor, {}, { calendar, conclusions, now: room.now });
      if (refusal !== undefined) throw new RefusalError(refusal);
      const { ethics, fit } = input;
      await writeDistrictFacts(room.tx, room.campaign.id, found.id, { ethics, fit });
      await audit(room, {
        action: "record-district-facts",
        subjectKind: "application",
        subjectId: found.id,
        detail: { before: { ethics: found.row.ethics, fit: found.row.fit }, after: { ethics, fit } },
      });
      const qualificationLost = (await listQualificationLost(room, [found.id])).has(found.id);
      const suggestion = suggestionFor(room, { ...found.row, ethics, fit }, { qualificationLost });
      return { suggestion: suggestionViewOf(room.campaign.plan, suggestion) };
    }),
  ),

  decide: api.preliminary.decide.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const [outcome] = await giveOpinions(
        room,
        "decide",
        [{ applicationId: input.application, version: input.version }],
        input,
      );
      if (outcome === undefined) throw new RefusalError({ code: "case.out-of-scope" });
      return actOutcomeOf(outcome);
    }),
  ),

  decideMany: api.preliminary.decideMany.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const acts = [...new Set(input.applications)].map((applicationId) => ({ applicationId }));
      return bulkOutcomeOf(await giveOpinions(room, "decide", acts, input));
    }),
  ),

  sendBack: api.preliminary.sendBack.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const asked = getReasons(room.campaign.plan, "send-back", input.reasons, input.text);
      const { calendar } = await getCase(room, input.application);
      const latest = endOfStage(calendar, "preliminary");
      const replyBy = input.replyBy === undefined ? latest : Temporal.Instant.from(input.replyBy);
      const outcome = await transitionOne(room, "send-back", {
        applicationId: input.application,
        input: { version: input.version, replyBy },
        reason: input.text,
        record: { asked: asked.map(({ code }) => code), replyBy: replyBy?.toString() ?? null },
        set: { reply_by: replyBy?.toString() ?? null, answer_to: "sent-back", preliminary_conclusion: null },
      });
      if (outcome.ok && replyBy !== undefined) {
        await askBySchool(room.tx, room.campaign.id, {
          applicationId: outcome.applicationId,
          asked,
          text: input.text ?? null,
          replyBy,
          by: room.actor.accountId,
          at: room.now,
        });
      }
      return actOutcomeOf(outcome);
    }),
  ),

  reopenPreliminary: api.preliminary.reopenPreliminary.handler(({ input, context }) =>
    act(context, input.campaign, async (room) =>
      actOutcomeOf(
        await transitionOne(room, "reopen-preliminary", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
          set: { preliminary_conclusion: null, reviewed_conclusion: null },
        }),
      ),
    ),
  ),

  askCorrection: api.preliminary.askCorrection.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const found = await getCase(room, input.application);
      return { correction: await askCorrection(room, found, input.changes, input.reason) };
    }),
  ),
};

/** @throws RefusalError request.not-found */
async function getManifest(
  { tx, campaign }: Room,
  manifestId: string,
  options: { lock: boolean } = { lock: false },
): Promise<ManifestRow> {
  const manifest = await findManifest(tx, campaign.id, manifestId, options);
  if (manifest === undefined) throw new RefusalError({ code: "request.not-found" });
  return manifest;
}

function manifestOf(row: ManifestRow) {
  return {
    id: row.id,
    number: row.number,
    point: row.point,
    handedOverAt: row.handed_over_at.toString(),
    receivedAt: row.received_at?.toString() ?? null,
    entries: row.entries,
  };
}
