import type { QueueView } from "../queues/queue-view.ts";

export const toHandOver: QueueView = {
  key: "to-hand-over",
  title: "已确认，待报送",
  states: ["confirmed"],
  todo: "核对人数和材料份数，生成交接清单，统一报送区县。",
  mine: true,
  page: { key: "hand-over", label: "到“报送”核对并报送", search: { kind: "first" } },
};

export const sentBackToSchool: QueueView = {
  key: "sent-back",
  title: "区县退回",
  states: ["sent-back"],
  todo: "按区县要求补正后再次报送，需要教师修改的转给教师。",
  mine: true,
  page: { key: "hand-over", label: "到“报送”再次报送", search: { kind: "again" } },
};
