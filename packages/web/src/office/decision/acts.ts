import type { ActSpecs, BulkActSpec } from "../acts/act-spec.ts";
import { wordsOf } from "../acts/entered.ts";
import { decisionNumberField, reasonField } from "../acts/fields.ts";

/** The commission's acts on one case (Notice §三(五)). */
export const decisionActs = {
  "return-to-review": {
    tells: "退回市中心复审。",
    fields: [reasonField("退回的理由")],
    send: (client, target, entered, context) =>
      client.decision.returnToReview({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
  revoke: {
    tells: "撤销注册须有决定文号。撤销后通知本人，区县收回证书上的注册贴。",
    grave: true,
    fields: [decisionNumberField, reasonField("撤销的理由")],
    send: (client, target, entered, context) =>
      client.decision.revoke(
        { ...target, number: wordsOf(entered, "number"), reason: wordsOf(entered, "reason") },
        context,
      ),
  },
} as const satisfies ActSpecs;

export const conclude: BulkActSpec = {
  transition: "conclude",
  tells: "所选申请按拟定结论列入一份决定名单，名单经数字签名，作出后不能改动。",
  fields: [decisionNumberField],
  oneList: true,
  grave: true,
  send: async (client, campaign, applications, entered, context) =>
    (await client.decision.conclude({ campaign, applications, number: wordsOf(entered, "number") }, context)).outcome,
};
