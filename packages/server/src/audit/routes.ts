import { sql } from "kysely";
import { look } from "../application/act.ts";
import { api } from "../application/api.ts";
import { cutPage, parseCursor } from "../application/cursor.ts";
import { lookPublicly } from "../application/look-publicly.ts";
import { verifyChains } from "../application/verify.ts";
import { findConclusion } from "./queries.ts";

export const auditRoutes = {
  listAudit: api.audit.listAudit.handler(async ({ input, context }) => {
    const before = parseCursor(input.after, 1)?.[0] ?? null;
    const rows = await context.services.database.inScope({ kind: "auditor" }, async (tx) => {
      const listed = await sql<{
        id: string;
        at: Temporal.Instant;
        account_id: string | null;
        role: string;
        action: string;
        subject_kind: string;
        subject_id: string | null;
        detail: Record<string, unknown>;
      }>`
        select id, at, account_id, role, action, subject_kind, subject_id, detail from shice.audit_entry
        where (${before}::uuid is null or id < ${before}::uuid)
          and (${input.account ?? null}::uuid is null or account_id = ${input.account ?? null}::uuid)
          and (${input.subject ?? null}::uuid is null or subject_id = ${input.subject ?? null}::uuid)
        order by id desc limit ${input.limit + 1}`.execute(tx);
      return listed.rows;
    });
    const itemOf = (row: (typeof rows)[number]) => ({
      id: row.id,
      at: row.at.toString(),
      account: row.account_id,
      role: row.role,
      action: row.action,
      subjectKind: row.subject_kind,
      subject: row.subject_id,
      detail: row.detail,
    });
    return cutPage(rows, input.limit, itemOf, (row) => [row.id]);
  }),

  verifyChains: api.audit.verifyChains.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const { applications, rows, broken } = await verifyChains(room.tx, room.campaign.id);
      return { applications, rows, broken };
    }),
  ),

  verifyConclusion: api.audit.verifyConclusion.handler(({ input, context }) =>
    lookPublicly(context, input.campaign, async ({ tx, campaign }) => {
      const found = await findConclusion(tx, campaign.id, input.number, input.name);
      if (found === undefined) {
        const sentence = "没有查到与编号和姓名相符的注册结论。请核对后重试；尚未作出结论的，也查不到。";
        return { found: false, conclusion: null, decision: null, decidedAt: null, sentence };
      }
      const name =
        campaign.plan.conclusions.find((conclusion) => conclusion.key === found.conclusion)?.name ?? found.conclusion;
      return {
        found: true,
        conclusion: name,
        decision: found.decision,
        decidedAt: found.decided_at.toString(),
        sentence: found.revoked
          ? `此注册已撤销。原结论为“${name}”。`
          : `注册结论为“${name}”，决定文号：${found.decision}。`,
      };
    }),
  ),
};
