import type { BulkActSpec } from "../acts/act-spec.ts";

/** Publishes the list of the proposed conclusions (Notice §三(四)). */
export const publish: BulkActSpec = {
  transition: "publish",
  tells: "公布后名单不能改动，公示期满前不能结束。请先核对拟注册结论。",
  fields: [],
  oneList: true,
  send: async (client, campaign, applications, _entered, context) =>
    (await client.notice.publish({ campaign, applications }, context)).outcome,
};
