import type { QueueView } from "../queues/queue-view.ts";

export const toReport: QueueView = {
  key: "to-report",
  title: "公示期满，待上报",
  states: ["noticed"],
  todo: "审核统计表，上报市中心。",
  mine: true,
};

export const reported: QueueView = {
  key: "reported",
  title: "已上报",
  states: ["reported", "reviewed"],
  todo: "由市中心复审、市教委终审。",
  mine: false,
};
