import { RowRefused } from "../../ui/row-refused.ts";
import type { ActSpecs, BulkActSpec, BulkOutcome } from "../acts/act-spec.ts";
import { findWords, wordsOf } from "../acts/entered.ts";
import { opinionFields, opinionOf, reasonField } from "../acts/fields.ts";

/** The centre's review, and the district's answers to it (Notice §三(五)). */
export const reviewActs = {
  approve: {
    tells: "复审通过后报市教委终审。",
    fields: [],
    send: async (client, { campaign, application }, _entered, context) =>
      mustBeDone(await client.review.approveMany({ campaign, applications: [application] }, context)),
  },
  "return-to-district": {
    tells: "退回区县核查。区县可以维持原意见并答复，也可以重新作出意见。",
    fields: [reasonField("退回的理由", "写明需要核查的问题。"), { kind: "reply-by", name: "replyBy" }],
    send: (client, target, entered, context) =>
      client.review.returnToDistrict(
        { ...target, reason: wordsOf(entered, "reason"), replyBy: findWords(entered, "replyBy") },
        context,
      ),
  },
  "answer-unchanged": {
    tells: "维持原初审意见，连同答复再次送市中心复审。",
    fields: [reasonField("答复", "针对复审提出的问题逐条说明。")],
    send: (client, target, entered, context) =>
      client.review.answerUnchanged({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
  "decide-anew": {
    tells: "重新作出初审意见。结论有变动的，须重新公示。",
    fields: opinionFields,
    send: (client, target, entered, context) => client.review.decideAnew({ ...target, ...opinionOf(entered) }, context),
  },
} as const satisfies ActSpecs;

export const approveMany: BulkActSpec = {
  transition: "approve",
  tells: "所选申请复审通过，报市教委终审。抽查有出入的请逐件核对。",
  fields: [],
  oneList: false,
  send: (client, campaign, applications, _entered, context) =>
    client.review.approveMany({ campaign, applications }, context),
};

/** The bulk act on one case answers with a row; a refused row fails as a single act does. */
function mustBeDone(outcome: BulkOutcome): BulkOutcome {
  const refused = outcome.rows.find(({ ok }) => !ok);
  if (refused !== undefined) throw new RowRefused(refused.refusal?.sentence ?? "未能办理。");
  return outcome;
}
