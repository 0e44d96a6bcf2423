import type { QueueView } from "../queues/queue-view.ts";
import { annotateMany } from "./acts.ts";

export const toPaste: QueueView = {
  key: "to-paste",
  title: "待粘贴注册贴",
  states: ["concluded"],
  filter: { markWith: "sticker" },
  todo: "旧版证书：粘贴注册贴，加盖骑缝公章，登记序号。",
  mine: true,
};

export const toAnnotate: QueueView = {
  key: "to-annotate",
  title: "待标注",
  states: ["concluded"],
  filter: { markWith: "annotation" },
  todo: "新版证书：在注册页标注注册结论。",
  mine: true,
  bulk: [annotateMany],
};

export const marked: QueueView = {
  key: "marked",
  title: "已登记结论",
  states: ["marked", "archived"],
  todo: "已经登记注册结论的。",
  mine: false,
};
