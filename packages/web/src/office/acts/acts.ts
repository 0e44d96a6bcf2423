import type { TransitionName } from "@shice/rules/lifecycle/lifecycle.ts";
import { RowRefused } from "../../ui/row-refused.ts";
import { type ActField, type ActSpec, codesOf, type Entered, maybe, wordsOf } from "./spec.ts";

const reason = (label: string, help?: string): ActField => ({
  kind: "words",
  name: "reason",
  label,
  required: true,
  ...(help === undefined ? {} : { help }),
});
const asking = (use: "return" | "send-back"): ActField[] => [
  { kind: "reasons", name: "reasons", use },
  { kind: "words", name: "text", label: "补充说明", required: false, help: "写明错在哪里、怎样改。本人会看到。" },
  { kind: "reply-by", name: "replyBy" },
];
const opinion: ActField[] = [
  { kind: "conclusion", name: "conclusion" },
  { kind: "reasons", name: "reasons", use: "decide" },
  { kind: "words", name: "text", label: "补充说明", required: false },
];
const askedOf = (entered: Entered) => ({
  reasons: codesOf(entered, "reasons"),
  ...maybe(entered, "text"),
  ...maybe(entered, "replyBy"),
});
const opinionOf = (entered: Entered) => ({
  conclusion: wordsOf(entered, "conclusion"),
  reasons: codesOf(entered, "reasons"),
  ...maybe(entered, "text"),
});

/**
 * The acts that are done on one case from its page, each asking for exactly what its transition records. Acts on lists
 * (hand-over, notice, report, decision, archive) start from their queues.
 */
export const acts = {
  confirm: {
    tells: "确认后由学校统一报送区县。报送之前可以写明理由撤销确认。",
    fields: [],
    send: (client, target, _entered, context) => client.confirmation.confirm(target, context),
  },
  "return-to-applicant": {
    tells: "退回后，教师只能修改所选事由涉及的内容，改好后再次提交。",
    fields: asking("return"),
    send: (client, target, entered, context) =>
      client.confirmation.returnToApplicant({ ...target, ...askedOf(entered) }, context),
  },
  refuse: {
    tells: "不予受理后，这份申请不再办理。教师会收到通知和理由。",
    grave: true,
    fields: [{ kind: "reasons", name: "reasons", use: "refuse" }, reason("理由", "教师会看到。")],
    send: (client, target, entered, context) =>
      client.confirmation.refuse(
        { ...target, reasons: codesOf(entered, "reasons"), reason: wordsOf(entered, "reason") },
        context,
      ),
  },
  unconfirm: {
    tells: "撤销确认后，申请回到“待现场确认”。",
    fields: [reason("撤销确认的理由")],
    send: (client, target, entered, context) =>
      client.confirmation.unconfirm({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
  "withdraw-for-teacher": {
    tells: "代已离职、退休或去世的教师撤回申请。撤回后不再办理。",
    grave: true,
    fields: [{ kind: "reasons", name: "reasons", use: "withdraw" }, reason("说明")],
    send: (client, target, entered, context) =>
      client.confirmation.withdrawForTeacher(
        { ...target, reasons: codesOf(entered, "reasons"), reason: wordsOf(entered, "reason") },
        context,
      ),
  },
  "pass-on-return": {
    tells: "把区县的要求转给教师修改。教师改好后，申请回到学校，由学校再次报送。",
    fields: asking("return"),
    send: (client, target, entered, context) =>
      client.confirmation.passOnReturn({ ...target, ...askedOf(entered) }, context),
  },
  decide: {
    tells: "初审意见由您作出并记录在案。建议结论仅供参考。",
    fields: opinion,
    send: (client, target, entered, context) =>
      client.preliminary.decide({ ...target, ...opinionOf(entered) }, context),
  },
  "send-back": {
    tells: "退回学校补正。学校可以自行补正，也可以转给教师修改。",
    fields: asking("send-back"),
    send: (client, target, entered, context) =>
      client.preliminary.sendBack({ ...target, ...askedOf(entered) }, context),
  },
  "reopen-preliminary": {
    tells: "撤回初审意见后，申请回到“待初审”，须重新作出意见。",
    fields: [reason("撤回的理由")],
    send: (client, target, entered, context) =>
      client.preliminary.reopenPreliminary({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
  "return-to-district": {
    tells: "退回区县核查。区县可以维持原意见并答复，也可以重新作出意见。",
    fields: [reason("退回的理由", "写明需要核查的问题。"), { kind: "reply-by", name: "replyBy" }],
    send: (client, target, entered, context) =>
      client.review.returnToDistrict(
        { ...target, reason: wordsOf(entered, "reason"), ...maybe(entered, "replyBy") },
        context,
      ),
  },
  "answer-unchanged": {
    tells: "维持原初审意见，连同答复再次送市中心复审。",
    fields: [reason("答复", "针对复审提出的问题逐条说明。")],
    send: (client, target, entered, context) =>
      client.review.answerUnchanged({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
  "decide-anew": {
    tells: "重新作出初审意见。结论有变动的，须重新公示。",
    fields: opinion,
    send: (client, target, entered, context) => client.review.decideAnew({ ...target, ...opinionOf(entered) }, context),
  },
  approve: {
    tells: "复审通过后报市教委终审。",
    fields: [],
    send: (client, { campaign, application }, _entered, context) =>
      client.review.approveMany({ campaign, applications: [application] }, context).then(firstRow),
  },
  "return-to-review": {
    tells: "退回市中心复审。",
    fields: [reason("退回的理由")],
    send: (client, target, entered, context) =>
      client.decision.returnToReview({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
  revoke: {
    tells: "撤销注册须有决定文号。撤销后通知本人，区县收回证书上的注册贴。",
    grave: true,
    fields: [
      { kind: "line", name: "number", label: "决定文号", example: "渝教师发〔2017〕30号" },
      reason("撤销的理由"),
    ],
    send: (client, target, entered, context) =>
      client.decision.revoke(
        { ...target, number: wordsOf(entered, "number"), reason: wordsOf(entered, "reason") },
        context,
      ),
  },
  mark: {
    tells: "登记后，这枚注册贴记为已使用，用在这份申请上。",
    fields: [
      { kind: "sticker", name: "sticker" },
      { kind: "colleague", name: "custodian", label: "注册贴保管人", role: "sticker-custodian" },
      { kind: "declared", name: "ridingSeal", label: "已在证书上粘贴注册贴并加盖骑缝公章" },
    ],
    send: (client, target, entered, context) => {
      const { series, serial } = entered["sticker"] as { series: string; serial: string };
      return client.marking.markBySticker(
        { ...target, series, serial, custodian: wordsOf(entered, "custodian"), ridingSeal: true },
        context,
      );
    },
  },
  reopen: {
    tells: "恢复到原来的环节继续办理。",
    fields: [reason("恢复办理的理由")],
    send: (client, target, entered, context) =>
      client.cases.reopen({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
  transfer: {
    tells: "连同办理经过转到所选学校。已确认的申请由新学校重新确认。",
    fields: [{ kind: "school", name: "school", label: "转入学校" }, reason("转校的理由")],
    send: (client, target, entered, context) =>
      client.cases.transfer(
        { ...target, school: wordsOf(entered, "school"), reason: wordsOf(entered, "reason") },
        context,
      ),
  },
  "carry-over": {
    tells: "这份申请不在本批次办结，转入下一批次。",
    fields: [reason("转入下一批次的理由")],
    send: (client, target, entered, context) =>
      client.cases.carryOver({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
} as const satisfies Partial<Record<TransitionName, ActSpec>>;

/** The dialogue of an act, where the act is one that a case's page offers. */
export function findAct(name: string): ActSpec | undefined {
  return (acts as Partial<Record<string, ActSpec>>)[name];
}

/** A bulk act on one case is refused like a single one. */
function firstRow<Outcome extends { rows: { ok: boolean; refusal?: { sentence: string } | undefined }[] }>(
  outcome: Outcome,
): Outcome {
  const refused = outcome.rows.find(({ ok }) => !ok);
  if (refused !== undefined) throw new RowRefused(refused.refusal?.sentence ?? "未能办理。");
  return outcome;
}
