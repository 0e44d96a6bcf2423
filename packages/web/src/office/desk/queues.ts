import type { QueueView } from "../queues/queue-view.ts";
import { confirmMany } from "./acts.ts";

export const toConfirm: QueueView = {
  key: "to-confirm",
  title: "待现场确认",
  states: ["submitted"],
  todo: "核对原件，逐项记录材料，无误后确认；有误的退回教师修改。",
  mine: true,
  bulk: [confirmMany],
};

export const withdrawalAsked: QueueView = {
  key: "withdrawal-asked",
  title: "请求撤回",
  states: ["confirmed"],
  filter: { withdrawal: "asked" },
  todo: "教师请求撤回已确认的申请。查看理由，同意的办理“同意撤回”，再由教师本人撤回。",
  mine: true,
};

export const returnedToTeacher: QueueView = {
  key: "returned",
  title: "退回教师修改",
  states: ["returned"],
  todo: "等待教师修改。临近截止的，请提醒本人。",
  mine: false,
};
