import { createHash, randomBytes } from "node:crypto";
import type { ModuleRefusal } from "@shice/contract/module-refusal.ts";
import { endOfStage } from "@shice/rules/calendar/window.ts";
import { drawSample, stratumOf } from "@shice/rules/sampling/sample.ts";
import { bulkOutcomeWith } from "../case/bulk-outcome-with.ts";
import { applyCorrection, revealChanges } from "../case/correction.ts";
import { getCase } from "../case/get-case.ts";
import { giveOpinions } from "../case/give-opinions.ts";
import { listQualificationLost } from "../case/qualification-lost.ts";
import { refuseConclusionOn } from "../case/suggestion.ts";
import { transition, transitionOne } from "../case/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, actOutcomeOf, runAct, runRead } from "../request/run-act.ts";
import { findCorrection, listCorrections, writeCorrectionOutcome } from "./corrections.ts";
import {
  findSample,
  listDrawable,
  listHeldBySamples,
  listItems,
  listSamples,
  type SampleRow,
  writeDraw,
  writeOutcomes,
  writeSample,
} from "./samples.ts";

const seedPurpose = "sample.seed";

/** Notice §三(四): the centre re-checks the whole city; what it checks closely is drawn by lot. */
export const reviewRoutes = {
  /** The seed's hash goes on record before there is anything to draw from, so that nobody can choose the sample. */
  commitSample: api.review.commitSample.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { actor, campaign, now, secrets, tx } = ctx;
      const seed = randomBytes(32).toString("hex");
      const sample = await writeSample(tx, campaign.id, {
        reviewBodyId: getReviewBody(ctx),
        commitment: createHash("sha256").update(seed).digest(),
        seedSealed: secrets.encrypt(seed, seedPurpose),
        percent: input.percent ?? campaign.plan.stages.review?.samplePercent ?? 0,
        by: actor.accountId,
        at: now,
      });
      if (sample === undefined) throw new RefusalError({ code: "sample.open-already" });
      const commitment = sample.commitment.toString("hex");
      await audit(ctx, {
        action: "commit-sample",
        subjectKind: "sample",
        subjectId: sample.id,
        detail: { commitment },
      });
      return sampleOf(sample);
    }),
  ),

  drawSample: api.review.drawSample.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { campaign, now, secrets, tx } = ctx;
      const sample = await findSample(tx, campaign.id, input.sample, { lock: true });
      if (sample === undefined) throw new RefusalError({ code: "request.not-found" });
      if (sample.drawn_at !== null) {
        throw new RefusalError({ code: "sample.drawn-already", at: sample.drawn_at.toString() });
      }
      const cases = await listDrawable(tx, campaign.id, sample.committed_at);
      if (cases.length === 0) throw new RefusalError({ code: "sample.nothing-to-draw" });
      const seed = secrets.decrypt(sample.seed_sealed, seedPurpose);
      const drawn = drawSample(
        cases.map((drawable) => ({ id: drawable.id, stratum: stratumOf(drawable) })),
        { seed, percent: sample.percent, sha256: (text) => createHash("sha256").update(text).digest("hex") },
      );
      const items = drawn.map(({ id, stratum }) => ({ applicationId: id, stratum }));
      await writeDraw(tx, campaign.id, sample.id, { seed, at: now, items });
      await audit(ctx, {
        action: "draw-sample",
        subjectKind: "sample",
        subjectId: sample.id,
        detail: { from: cases.length, size: items.length },
      });
      return sampleOf({ ...sample, seed, drawn_at: now, size: items.length });
    }),
  ),

  listSamples: api.review.listSamples.handler(({ input, context }) =>
    runRead(context, input.campaign, async ({ campaign, tx }) => (await listSamples(tx, campaign.id)).map(sampleOf)),
  ),

  listSample: api.review.listSample.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const sample = await findSample(ctx.tx, ctx.campaign.id, input.sample);
      if (sample === undefined) throw new RefusalError({ code: "request.not-found" });
      const rows = await listItems(ctx.tx, sample.id, { after: parseCursor(input.after, 2), limit: input.limit });
      await audit(ctx, { action: "list-sample", subjectKind: "sample", subjectId: sample.id });
      return cutPage(
        rows,
        input.limit,
        (row) => row,
        (row) => [row.stratum, row.number],
      );
    }),
  ),

  recordSample: api.review.recordSample.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { actor, campaign, now, tx } = ctx;
      const sample = await findSample(tx, campaign.id, input.sample);
      if (sample === undefined) throw new RefusalError({ code: "request.not-found" });
      const recorded = await writeOutcomes(tx, campaign.id, sample.id, {
        applicationIds: input.applications,
        outcome: input.outcome,
        remark: input.remark,
        by: actor.accountId,
        at: now,
      });
      await audit(ctx, {
        action: "record-sample",
        subjectKind: "sample",
        subjectId: sample.id,
        detail: { outcome: input.outcome, applications: recorded },
      });
      return { recorded: recorded.length };
    }),
  ),

  approveMany: api.review.approveMany.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const asked = [...new Set(input.applications)];
      const held = await listHeldBySamples(ctx.tx, ctx.campaign.id, asked);
      const refused = new Map<string, ModuleRefusal>([...held].map(([application, code]) => [application, { code }]));
      const outcomes = await transition(
        ctx,
        "approve",
        asked
          .filter((applicationId) => !refused.has(applicationId))
          .map((applicationId) => ({
            applicationId,
            record: ({ row }) => ({ conclusion: row.preliminary_conclusion }),
            set: ({ row }) => ({ reviewed_conclusion: row.preliminary_conclusion }),
          })),
      );
      return bulkOutcomeWith(asked, outcomes, refused);
    }),
  ),

  returnToDistrict: api.review.returnToDistrict.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const held = await getCase(ctx, input.application);
      const latest = endOfStage(held.calendar, "review");
      const replyBy = input.replyBy === undefined ? latest : Temporal.Instant.from(input.replyBy);
      return actOutcomeOf(
        await transitionOne(ctx, "return-to-district", {
          applicationId: held.id,
          held,
          input: { version: input.version, replyBy },
          reason: input.reason,
          record: { replyBy: replyBy?.toString() ?? null },
          set: { reply_by: replyBy?.toString() ?? null, reviewed_conclusion: null },
        }),
      );
    }),
  ),

  answerUnchanged: api.review.answerUnchanged.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { application: applicationId } = input;
      const lost = await listQualificationLost(ctx, [applicationId]);
      return actOutcomeOf(
        await transitionOne(ctx, "answer-unchanged", {
          applicationId,
          input: { version: input.version },
          // A conclusion is not kept against what the district has recorded since.
          refuse: ({ row }) =>
            row.preliminary_conclusion === null
              ? undefined
              : refuseConclusionOn(ctx, row, row.preliminary_conclusion, lost.has(applicationId)),
          reason: input.reason,
          set: { reply_by: null },
        }),
      );
    }),
  ),

  /** A changed conclusion is published anew; one that is not changed is answered, not decided again. */
  decideAnew: api.review.decideAnew.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { application: applicationId, version } = input;
      const [outcome] = await giveOpinions(ctx, "decide-anew", [{ applicationId, version }], input);
      if (outcome === undefined) throw new RefusalError({ code: "case.out-of-scope" });
      if (outcome.ok && outcome.before.row.published_conclusion === input.conclusion) {
        throw new RefusalError({ code: "opinion.unchanged", field: "conclusion" });
      }
      return actOutcomeOf(outcome);
    }),
  ),

  listCorrections: api.review.listCorrections.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listCorrections(ctx.tx, ctx.campaign.id, {
        after: parseCursor(input.after, 2),
        limit: input.limit,
      });
      await audit(ctx, { action: "list-corrections", subjectKind: "campaign", subjectId: ctx.campaign.id });
      return cutPage(
        rows,
        input.limit,
        (row) => ({
          id: row.id,
          application: row.application_id,
          changes: revealChanges(ctx, row),
          reason: row.reason,
          askedAt: row.asked_at.toString(),
          outcome: row.outcome,
        }),
        (row) => [row.asked_at.toString(), row.id],
      );
    }),
  ),

  decideCorrection: api.review.decideCorrection.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { actor, campaign, now, tx } = ctx;
      const correction = await findCorrection(tx, campaign.id, input.correction);
      if (correction === undefined) throw new RefusalError({ code: "request.not-found" });
      if (correction.decided_at !== null) {
        throw new RefusalError({ code: "correction.decided-already", at: correction.decided_at.toString() });
      }
      if (correction.asked_by === actor.accountId) throw new RefusalError({ code: "correction.same-person" });
      const { outcome, reason } = input;
      if (outcome === "granted") actOutcomeOf(await applyCorrection(ctx, correction, reason));
      await writeCorrectionOutcome(tx, correction.id, { outcome, answer: reason, by: actor.accountId, at: now });
      await audit(ctx, {
        action: "decide-correction",
        subjectKind: "correction",
        subjectId: correction.id,
        detail: { application: correction.application_id, outcome },
      });
      return { correction: correction.id, outcome };
    }),
  ),
};

/** The review body whose districts these are: the reviewer's own. */
function getReviewBody({ actor }: ActContext): string {
  if (actor.scope.kind !== "review") throw new RefusalError({ code: "request.forbidden" });
  return actor.scope.id;
}

function sampleOf(row: SampleRow) {
  return {
    id: row.id,
    commitment: row.commitment.toString("hex"),
    percent: row.percent,
    committedAt: row.committed_at.toString(),
    drawnAt: row.drawn_at?.toString() ?? null,
    seed: row.seed,
    size: row.size,
  };
}
