import type { AuditAction, AuditRole, AuditSubject } from "@shice/contract/audit-words.ts";
import { faultTextOf } from "@shice/contract/sentences/audit-fault.zh.ts";
import { fullDayText } from "@shice/contract/sentences/days.zh.ts";
import { titleOf } from "@shice/rules/keys.ts";
import { certificateTitles } from "@shice/rules/plan/institution.ts";
import { sql } from "kysely";
import type { Campaign } from "../case/campaign.ts";
import { findDecidedConclusion } from "../case/decided-conclusion.ts";
import { type ProofText, readProof } from "../case/proof.ts";
import { api } from "../request/api.ts";
import type { RequestContext } from "../request/context.ts";
import { noteContradiction } from "../request/contradiction.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { runRead } from "../request/run-act.ts";
import { runPublicRead } from "../request/run-public.ts";
import { verifyRecord } from "./verify-record.ts";

export const auditRoutes = {
  listAudit: api.audit.listAudit.handler(async ({ input, context }) => {
    const before = parseCursor(input.after, 1)?.[0] ?? null;
    const rows = await context.services.database.inScope({ kind: "auditor" }, async (tx) => {
      const listed = await sql<{
        id: string;
        at: Temporal.Instant;
        account_id: string | null;
        role: AuditRole;
        action: AuditAction;
        subject_kind: AuditSubject;
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
    runRead(context, input.campaign, async ({ tx, secrets, campaign }) => {
      const { faults, ...counts } = await verifyRecord({ tx, secrets }, [campaign]);
      return { ...counts, faults: faults.map((fault) => ({ ...fault, sentence: faultTextOf(fault) })) };
    }),
  ),

  verifyConclusion: api.audit.verifyConclusion.handler(async ({ input, context }) => {
    const { campaign, found } = await findPublicly(context, input.campaign, input);
    const nothing = { found: false, conclusion: null, decision: null, decidedAt: null };
    if (found.status === "none") {
      const sentence = "没有查到与编号和姓名相符的注册结论。请核对后重试；尚未作出结论的，也查不到。";
      return { ...nothing, sentence };
    }
    if (found.status === "contradicted") return { ...nothing, sentence: contradictedSentence };
    const name = campaign.plan.conclusions.find(({ key }) => key === found.conclusion)?.name ?? found.conclusion;
    return {
      found: true,
      conclusion: name,
      decision: found.decision,
      decidedAt: found.decidedAt.toString(),
      sentence: found.revoked
        ? `此注册已撤销。原结论为“${name}”。`
        : `注册结论为“${name}”，决定文号：${found.decision}。`,
    };
  }),

  verifyProof: api.audit.verifyProof.handler(async ({ input, context }) => {
    const text = readProof(context.services, input.code);
    const known = text === undefined ? undefined : await context.services.campaigns.find(text.campaign);
    if (text === undefined || known === undefined) {
      return { valid: false, sentence: "核验不通过：内容或签名不对，不是本系统出具的证明。", facts: [] };
    }
    const { campaign, found } = await findPublicly(context, known.key, text);
    const facts = factsOf(campaign, text);
    if (found.status === "contradicted") return { valid: false, sentence: contradictedSentence, facts };
    if (found.status === "decided" && found.revoked) {
      return { valid: false, sentence: "签名有效，但此注册后来已被撤销。", facts };
    }
    if (found.status === "decided" && found.conclusion === text.conclusion) {
      return { valid: true, sentence: "核验通过：签名有效，结论现在有效。", facts };
    }
    return { valid: false, sentence: "签名有效，但与现在的记录不符，请向注册机构查询。", facts };
  }),
};

const contradictedSentence =
  "不能确认：本系统的登记与已签名的终审决定不一致。系统已记录，请向注册机构查询，并以决定文件为准。";

/** What signed decisions say, for anyone; where the record says otherwise, the auditor finds that in the log. */
async function findPublicly(context: RequestContext, campaignKey: string, asked: { number: string; name: string }) {
  const { secrets } = context.services;
  const answer = await runPublicRead(context, campaignKey, async ({ tx, campaign }) => ({
    campaign,
    found: await findDecidedConclusion(tx, { campaign, secrets }, asked),
  }));
  const { campaign, found } = answer;
  if (found.status === "contradicted") await noteContradiction(context, campaign.id, found);
  return answer;
}

function factsOf({ plan, title }: Campaign, text: ProofText) {
  const decidedOn = Temporal.Instant.from(text.decidedAt).toZonedDateTimeISO(plan.timeZone).toPlainDate();
  return [
    { title: "姓名", text: text.name },
    { title: "注册批次", text: title },
    { title: "申请编号", text: text.number },
    { title: "教师资格种类", text: titleOf(certificateTitles, text.certificateKind) },
    { title: "注册结论", text: plan.conclusions.find(({ key }) => key === text.conclusion)?.name ?? text.conclusion },
    { title: "决定文号", text: text.decision },
    { title: "决定日期", text: fullDayText(decidedOn.toString()) },
  ];
}
