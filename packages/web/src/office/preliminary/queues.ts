import type { QueueView } from "../queues/queue-view.ts";
import { decideMany } from "./acts.ts";

export const toDecide: QueueView = {
  key: "to-decide",
  title: "待初审",
  states: ["handed-over"],
  todo: "查看材料和建议结论，作出初审意见；材料不全的退回学校补正。",
  mine: true,
  bulk: [decideMany],
};

export const decided: QueueView = {
  key: "decided",
  title: "已初审",
  states: ["preliminary"],
  todo: "等待负责人公布公示名单。",
  mine: false,
};

export const sentBack: QueueView = {
  key: "sent-back",
  title: "已退回学校",
  states: ["sent-back"],
  todo: "等待学校补正。",
  mine: false,
};

/** As the lead sees it: the reviewers' work. */
export const withReviewers: QueueView = {
  key: "to-decide",
  title: "待初审",
  states: ["handed-over", "sent-back", "review-returned"],
  todo: "由初审员办理。",
  mine: false,
};
