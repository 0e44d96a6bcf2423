import { finalStates, inProcessStates, states, statesIn, underWayStates } from "@shice/rules/lifecycle/state.ts";
import type { QueueView } from "../queues/queue-view.ts";

export const beingFilled: QueueView = {
  key: "draft",
  title: "填报中",
  states: ["draft"],
  todo: "还没有提交的。请提醒本人在截止前提交。",
  mine: false,
};

/** As the district sees it: everything before the hand-over. */
export const withSchool: QueueView = {
  key: "with-school",
  title: "学校办理中",
  states: statesIn("unconfirmed", "confirmed"),
  todo: "还没有报送的。",
  mine: false,
};

/** As the school sees it: everything after the hand-over. */
export const beyondSchool: QueueView = {
  key: "upstream",
  title: "区县及以上办理中",
  states: [...inProcessStates.filter((state) => state !== "sent-back"), "concluded", "marked"],
  todo: "已经报送，由区县、市中心和市教委办理。",
  mine: false,
};

/** As the reviewer sees it: between the final decision and the mark in the certificate. */
export const beforeMarking: QueueView = {
  key: "concluded",
  title: "已终审",
  states: ["reviewed", "concluded"],
  todo: "等待登记注册结论。",
  mine: false,
};

/** As the lead sees it. */
export const beforeArchiving: QueueView = {
  key: "concluded",
  title: "已终审",
  states: statesIn("concluded"),
  todo: "登记注册结论后归档。",
  mine: false,
};

export const underWay: QueueView = {
  key: "under-way",
  title: "办理中",
  states: underWayStates,
  todo: "尚未办结的。批次结束前须全部办结，或写明理由转入下一批次。",
  mine: false,
};

export const lapsedOrRefused: QueueView = {
  key: "lapsed",
  title: "视为自动放弃、不予受理",
  states: ["lapsed", "refused"],
  todo: "批准延期后可以恢复办理。",
  mine: false,
};

export const ended: QueueView = {
  key: "ended",
  title: "已办结",
  states: finalStates,
  todo: "已归档、撤回、视为自动放弃、不予受理和撤销注册的。",
  mine: false,
};

/** As the campaign's manager sees it: what lapsed stands in a queue of its own. */
export const endedOtherwise: QueueView = {
  key: "ended",
  title: "已办结",
  states: ["archived", "withdrawn", "revoked"],
  todo: "已归档、撤回和撤销注册的。",
  mine: false,
};

export const everyCase: QueueView = {
  key: "all",
  title: "全部申请",
  states,
  todo: "只能查看，不能办理。查看会记入日志。",
  mine: false,
};
