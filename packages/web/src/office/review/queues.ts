import { statesIn } from "@shice/rules/lifecycle/state.ts";
import type { QueueView } from "../queues/queue-view.ts";
import { approveMany } from "./acts.ts";

export const toReview: QueueView = {
  key: "to-review",
  title: "待复审",
  states: ["reported"],
  todo: "对照材料和抽查结果复审；有疑问的退回区县。",
  mine: true,
  bulk: [approveMany],
};

/** The district's part of a review that came back. */
export const returnedByReview: QueueView = {
  key: "review-returned",
  title: "复审退回",
  states: ["review-returned"],
  todo: "维持原意见并答复，或者重新作出初审意见。",
  mine: true,
};

export const returnedToDistrict: QueueView = {
  key: "returned",
  title: "已退回区县",
  states: ["review-returned"],
  todo: "等待区县答复。",
  mine: false,
};

export const reviewed: QueueView = {
  key: "reviewed",
  title: "已复审，待终审",
  states: ["reviewed"],
  todo: "由市教委终审。",
  mine: false,
};

export const withDistrict: QueueView = {
  key: "below",
  title: "区县办理中",
  states: statesIn("with-district", "noticed"),
  todo: "初审和公示中的。",
  mine: false,
};
