import { createHash } from "node:crypto";
import { normaliseName } from "@shice/rules/identity/name.ts";
import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import { noticePeriodOf, objectionAnswerPeriodOf } from "@shice/rules/notice/period.ts";
import type { Case } from "../case/facts.ts";
import { getCase } from "../case/get-case.ts";
import { canonicalJson } from "../case/history.ts";
import { settingOf } from "../case/rule-setting.ts";
import { transition, transitionOne } from "../case/transition.ts";
import { readAttachment } from "../form/attachments.ts";
import { keepObjectionPictures, makeObjectionPictures } from "../form/objection-pictures.ts";
import { notifyLeads } from "../message/notify-leads.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { spendProof } from "../request/challenge.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, actOutcomeOf, bulkOutcomeOf, runAct, runRead } from "../request/run-act.ts";
import { runPublicAct, runPublicRead } from "../request/run-public.ts";
import { closingRefusalOf, noticeActionsOf, objectionRefusalOf, readObjectionActions } from "./actions.ts";
import { maskedNameOf } from "./mask.ts";
import {
  findObjection,
  findPicture,
  listObjections,
  listOtherOpenObjections,
  type ObjectionRow,
  writeAnswers,
  writeObjection,
} from "./objections.ts";
import {
  findEntry,
  findNotice,
  listEntries,
  listNotices,
  listOnNotice,
  listToPublish,
  type NoticeEntryRow,
  type NoticeRow,
  reserveNotice,
  writeNotice,
  writeNoticeClosed,
} from "./queries.ts";

const contactPurpose = "objection.contact";

/** Notice §三(三): 提出注册初审结论并进行不少于7天的公示. */
export const noticeRoutes = {
  listNotices: api.notice.listNotices.handler(({ input, context }) =>
    runPublicRead(context, input.campaign, async ({ tx, campaign, now }) => {
      const { authority, limit } = input;
      const rows = await listNotices(tx, campaign.id, { authority, after: parseCursor(input.after, 2), limit });
      const actor = context.session?.actor ?? null;
      return cutPage(
        rows,
        limit,
        (row) => ({ ...noticeOf(row), actions: noticeActionsOf(row, actor, now) }),
        (row) => [row.published_at.toString(), row.id],
      );
    }),
  ),

  getNotice: api.notice.getNotice.handler(({ input, context }) =>
    runPublicRead(context, input.campaign, async ({ tx, campaign }) => {
      const notice = await findNotice(tx, campaign.id, input.notice);
      if (notice === undefined) throw new RefusalError({ code: "request.not-found" });
      const { school, limit } = input;
      // As names are stored: whatever dot was typed between the parts of one.
      const name = input.name === undefined ? undefined : normaliseName(input.name);
      const after = parseCursor(input.after, 1)?.[0];
      const rows = await listEntries(tx, notice.id, { name, school, after, limit });
      return { ...noticeOf(notice), page: cutPage(rows, limit, entryOf, (row) => [String(row.position)]) };
    }),
  ),

  raiseObjection: api.notice.raiseObjection.handler(async ({ input, context }) => {
    if (context.counted !== true) await spendProof(context.services, input.proof);
    const pictures = await makeObjectionPictures(input.pictures);
    return await runPublicAct(context, input.campaign, async ({ tx, campaign, now, services }) => {
      const notice = await findNotice(tx, campaign.id, input.notice);
      const entry = notice === undefined ? undefined : await findEntry(tx, notice.id, input.position);
      if (notice === undefined || entry === undefined) throw new RefusalError({ code: "request.not-found" });
      if (Temporal.Instant.compare(now, notice.ends_at) >= 0) {
        throw new RefusalError({ code: "notice.over", endsAt: notice.ends_at.toString() });
      }
      const { endsAt: answerBy } = objectionAnswerPeriodOf(campaign.plan.stages.notice, campaign.plan.timeZone, now);
      const objection = await writeObjection(tx, campaign.id, {
        noticeId: notice.id,
        applicationId: entry.application_id,
        authorityId: notice.authority_id,
        name: input.name,
        contactSealed: services.secrets.encrypt(input.contact, contactPurpose),
        statement: input.statement,
        raisedAt: now,
        answerBy,
      });
      await keepObjectionPictures(tx, services.files, objection, pictures, now);
      await notifyLeads(tx, {
        objection,
        campaign: campaign.id,
        application: entry.application_id,
        authority: notice.authority_id,
        answerBy,
        now,
      });
      return { objection, answerBy: answerBy.toString() };
    });
  }),

  publish: api.notice.publish.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { tx, campaign, now } = ctx;
      const authorityId = getAuthority(ctx);
      const { id, ordinal, areaKey } = await reserveNotice(tx, campaign.id, authorityId);
      const area = campaign.plan.areas.find(({ key }) => key === areaKey)?.name ?? "";
      const number = `${area}公示〔${campaign.plan.year}〕${ordinal}号`;
      const outcomes = await transition(
        ctx,
        "publish",
        [...new Set(input.applications)].map((applicationId) => ({
          applicationId,
          record: ({ row }) => ({ notice: id, number, conclusion: row.preliminary_conclusion }),
          set: ({ row }) => ({ notice_id: id, published_conclusion: row.preliminary_conclusion }),
        })),
      );
      const published = outcomes.filter((outcome) => outcome.ok).map(({ applicationId }) => applicationId);
      if (published.length === 0) return { notice: null, outcome: bulkOutcomeOf(outcomes) };

      const entries = await listToPublish(tx, campaign.id, published);
      const period = noticePeriodOf(campaign.plan.stages.notice, campaign.plan.timeZone, now);
      const notice = {
        id,
        number,
        authority_id: authorityId,
        published_by: ctx.actor.accountId,
        published_at: now,
        first_day: period.firstDay,
        last_day: period.lastDay,
        ends_at: period.endsAt,
        list_hash: listHashOf(number, entries),
        entries: entries.length,
      };
      await writeNotice(tx, campaign.id, notice, entries);
      const written = await findNotice(tx, campaign.id, id);
      return { notice: written === undefined ? null : noticeOf(written), outcome: bulkOutcomeOf(outcomes) };
    }),
  ),

  closeNotice: api.notice.closeNotice.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { tx, campaign, now } = ctx;
      const notice = await findNotice(tx, campaign.id, input.notice, { ofAuthority: getAuthority(ctx) });
      if (notice === undefined) throw new RefusalError({ code: "request.not-found" });
      const running = closingRefusalOf(notice, now);
      if (running !== undefined) throw new RefusalError(running);
      const waiting = await listOnNotice(tx, campaign.id, notice.id);
      const outcomes = await transition(
        ctx,
        "close-notice",
        waiting.map((applicationId) => ({ applicationId, record: { notice: notice.id, number: notice.number } })),
      );
      if (notice.closed_at === null) await writeNoticeClosed(tx, notice.id, ctx.actor.accountId, now);
      return bulkOutcomeOf(outcomes);
    }),
  ),

  listObjections: api.notice.listObjections.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { open, limit } = input;
      const rows = await listObjections(ctx.tx, ctx.campaign.id, { open, after: parseCursor(input.after, 2), limit });
      await audit(ctx, { action: "list-objections", subjectKind: "campaign", subjectId: ctx.campaign.id });
      const actionsOfObjection = await readObjectionActions(ctx, rows);
      return cutPage(
        rows,
        limit,
        (row) => ({
          ...objectionOf(row, ctx.secrets.decrypt(row.contact_sealed, contactPurpose)),
          actions: actionsOfObjection(row),
        }),
        (row) => [row.raised_at.toString(), row.id],
      );
    }),
  ),

  getObjectionPicture: api.notice.getObjectionPicture.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const found = await findPicture(ctx.tx, ctx.campaign.id, input.objection, input.picture);
      if (found === undefined) throw new RefusalError({ code: "request.not-found" });
      const bytes = await readAttachment(ctx, found);
      await audit(ctx, { action: "view-objection-picture", subjectKind: "objection", subjectId: input.objection });
      return new File([Uint8Array.from(bytes)], `${input.picture}.jpg`, { type: "image/jpeg" });
    }),
  ),

  openInquiry: api.notice.openInquiry.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { objection, held } = await getOpenObjection(ctx, input);
      return actOutcomeOf(
        await transitionOne(ctx, "open-inquiry", {
          applicationId: held.id,
          held,
          input: { version: input.version },
          reason: input.reason,
          record: { objection: objection.id },
        }),
      );
    }),
  ),

  /** The last objection dismissed ends the inquiry; while others wait, the case stays where it is. */
  dismiss: api.notice.dismiss.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { objection, held } = await getOpenObjection(ctx, input);
      const others = await listOtherOpenObjections(ctx.tx, objection);
      const answer = { outcome: "dismissed", text: input.answer, by: ctx.actor.accountId, at: ctx.now } as const;
      if (others.length > 0) {
        const { facts } = held;
        const refusal = refusalOf("dismiss", facts, ctx.actor, { version: input.version }, settingOf(ctx, held));
        if (refusal !== undefined) throw new RefusalError(refusal);
        await writeAnswers(ctx.tx, [objection.id], answer);
        await audit(ctx, {
          action: "dismiss-objection",
          subjectKind: "objection",
          subjectId: objection.id,
          detail: { application: input.application, stillOpen: others.length },
        });
        return { application: input.application, state: facts.state, version: facts.version };
      }
      await writeAnswers(ctx.tx, [objection.id], answer);
      return actOutcomeOf(
        await transitionOne(ctx, "dismiss", {
          applicationId: held.id,
          held,
          input: { version: input.version },
          reason: input.answer,
          record: { objections: [objection.id], outcome: "dismissed" },
        }),
      );
    }),
  ),

  /** The published conclusion no longer stands; with it every other objection to it is answered. */
  uphold: api.notice.uphold.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { objection, held } = await getOpenObjection(ctx, input);
      const answered = [objection.id, ...(await listOtherOpenObjections(ctx.tx, objection))];
      const outcome = await transitionOne(ctx, "uphold", {
        applicationId: held.id,
        held,
        input: { version: input.version },
        reason: input.answer,
        record: { objections: answered, outcome: "upheld" },
        set: { preliminary_conclusion: null },
      });
      if (outcome.ok) {
        await writeAnswers(ctx.tx, answered, {
          outcome: "upheld",
          text: input.answer,
          by: ctx.actor.accountId,
          at: ctx.now,
        });
      }
      return actOutcomeOf(outcome);
    }),
  ),
};

/** The authority whose notice it is: the lead's own. */
function getAuthority({ actor }: ActContext): string {
  if (actor.scope.kind !== "authority") throw new RefusalError({ code: "request.forbidden" });
  return actor.scope.id;
}

/** @throws RefusalError request.not-found, objection.of-another-case, objection.decided-already */
async function getOpenObjection(
  ctx: ActContext,
  { objection: objectionId, application }: { objection: string; application: string },
): Promise<{ objection: ObjectionRow; held: Case }> {
  const objection = await findObjection(ctx.tx, ctx.campaign.id, objectionId);
  if (objection === undefined) throw new RefusalError({ code: "request.not-found" });
  const held = await getCase(ctx, application);
  const refusal = objectionRefusalOf(objection, held.row);
  if (refusal !== undefined) throw new RefusalError(refusal);
  return { objection, held };
}

/** SHA-256 over the canonical text of the number and all that is published of each entry. */
function listHashOf(number: string, entries: readonly NoticeEntryRow[]): Buffer {
  const list = { number, entries: entries.map((entry) => ({ ...entry })) };
  return createHash("sha256").update(canonicalJson(list)).digest();
}

function noticeOf(row: NoticeRow) {
  return {
    id: row.id,
    number: row.number,
    authority: row.authority,
    publishedAt: row.published_at.toString(),
    firstDay: row.first_day.toString(),
    lastDay: row.last_day.toString(),
    endsAt: row.ends_at.toString(),
    closedAt: row.closed_at?.toString() ?? null,
    entries: row.entries,
    listHash: row.list_hash.toString("hex"),
    actions: [],
  };
}

function entryOf(row: NoticeEntryRow) {
  return {
    position: row.position,
    name: maskedNameOf(row.name),
    school: row.school_name,
    certificateKind: row.certificate_kind,
    subject: row.subject,
    registrationKind: row.registration_kind,
    conclusion: row.conclusion,
  };
}

function objectionOf(row: ObjectionRow, contact: string) {
  return {
    id: row.id,
    application: row.application_id,
    notice: row.notice_id,
    kind: row.kind,
    objector: row.objector_name,
    contact,
    statement: row.statement,
    raisedAt: row.raised_at.toString(),
    answerBy: row.answer_by.toString(),
    outcome: row.outcome,
    answer: row.answer,
    pictures: row.pictures ?? [],
  };
}
