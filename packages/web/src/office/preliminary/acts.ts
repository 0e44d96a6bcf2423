import type { ActSpecs, BulkActSpec } from "../acts/act-spec.ts";
import { findWords, wordsOf } from "../acts/entered.ts";
import { opinionFields, opinionOf, reasonField, returnFields, returnOf } from "../acts/fields.ts";

/** The district's acts in the preliminary examination (Notice §三(三)). */
export const preliminaryActs = {
  decide: {
    tells: "初审意见由您作出并记录在案。建议结论仅供参考。",
    fields: opinionFields,
    send: (client, target, entered, context) =>
      client.preliminary.decide({ ...target, ...opinionOf(entered) }, context),
  },
  "send-back": {
    tells: "退回学校补正。学校可以自行补正，也可以转给教师修改。",
    fields: returnFields("send-back"),
    send: (client, target, entered, context) =>
      client.preliminary.sendBack({ ...target, ...returnOf(entered) }, context),
  },
  "reopen-preliminary": {
    tells: "撤回初审意见后，申请回到“待初审”，须重新作出意见。",
    fields: [reasonField("撤回的理由")],
    send: (client, target, entered, context) =>
      client.preliminary.reopenPreliminary({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
} as const satisfies ActSpecs;

export const decideMany: BulkActSpec = {
  transition: "decide",
  tells: "所选申请作出同一意见，由您负责。有提示的申请请逐件办理。",
  fields: opinionFields,
  oneList: false,
  check: async (client, campaign, applications, entered) => {
    const conclusion = findWords(entered, "conclusion");
    return conclusion === undefined
      ? []
      : await client.preliminary.checkOpinions({ campaign, applications, conclusion });
  },
  send: (client, campaign, applications, entered, context) =>
    client.preliminary.decideMany({ campaign, applications, ...opinionOf(entered) }, context),
};
