import type { QueueView } from "../queues/queue-view.ts";
import { archiveMany } from "./acts.ts";

export const toArchive: QueueView = {
  key: "to-archive",
  title: "待归档",
  states: ["marked"],
  todo: "一份存入个人档案，一份由区县归档，登记盒号和件号。",
  mine: true,
  bulk: [archiveMany],
};
