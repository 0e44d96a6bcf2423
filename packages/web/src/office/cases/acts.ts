import type { ActSpecs } from "../acts/act-spec.ts";
import { wordsOf } from "../acts/entered.ts";
import { reasonField } from "../acts/fields.ts";

/** Acts that belong to no stage: appeals, re-opening, transfer, carry-over. */
export const caseActs = {
  reopen: {
    tells: "恢复到原来的环节继续办理。",
    fields: [reasonField("恢复办理的理由")],
    send: (client, target, entered, context) =>
      client.cases.reopen({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
  appeal: {
    tells:
      "收到教师来信、来电或来访申诉的，在此登记。登记后先核查：成立的，办理“恢复办理”；不成立的，办理“申诉不成立”。",
    fields: [{ kind: "words", name: "statement", label: "申诉的事实和理由", required: true, help: "不少于10字。" }],
    send: (client, target, entered, context) =>
      client.cases.appealEnding({ ...target, statement: wordsOf(entered, "statement") }, context),
  },
  "dismiss-appeal": {
    tells: "经核查申诉不成立的，写明理由。教师会收到答复和救济途径。",
    fields: [reasonField("答复", "教师会看到。")],
    send: (client, target, entered, context) =>
      client.cases.dismissEndingAppeal({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
  transfer: {
    tells: "连同办理经过转到所选学校。已确认的申请由新学校重新确认。",
    fields: [{ kind: "school", name: "school", label: "转入学校" }, reasonField("转校的理由")],
    send: (client, target, entered, context) =>
      client.cases.transfer(
        { ...target, school: wordsOf(entered, "school"), reason: wordsOf(entered, "reason") },
        context,
      ),
  },
  "carry-over": {
    tells: "这份申请不在本批次办结，转入下一批次。",
    fields: [reasonField("转入下一批次的理由")],
    send: (client, target, entered, context) =>
      client.cases.carryOver({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
} as const satisfies ActSpecs;
