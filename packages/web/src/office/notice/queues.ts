import type { QueueView } from "../queues/queue-view.ts";
import { publish } from "./acts.ts";

export const toPublish: QueueView = {
  key: "to-publish",
  title: "已初审，待公示",
  states: ["preliminary"],
  todo: "核对拟注册结论，公布公示名单；公示不得少于7天。",
  mine: true,
  bulk: [publish],
};

export const inquiry: QueueView = {
  key: "inquiry",
  title: "异议核查中",
  states: ["inquiry"],
  todo: "核查后作出异议成立或不成立的答复。",
  mine: true,
};

export const onNotice: QueueView = {
  key: "on-notice",
  title: "公示中",
  states: ["on-notice"],
  todo: "公示期满前不能提前结束。",
  mine: false,
};

/** As the reviewer sees it: everything between the opinion and the review. */
export const onNoticeAndReported: QueueView = {
  key: "on-notice",
  title: "公示与上报",
  states: ["on-notice", "inquiry", "noticed", "reported"],
  todo: "公示、异议核查和上报中的。",
  mine: false,
};
