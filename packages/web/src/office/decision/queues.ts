import { concludedStates } from "@shice/rules/lifecycle/state.ts";
import type { QueueView } from "../queues/queue-view.ts";
import { conclude } from "./acts.ts";

export const toConclude: QueueView = {
  key: "to-conclude",
  title: "待终审",
  states: ["reviewed"],
  todo: "核对拟定结论与复审情况，按名单作出终审结论；有疑问的退回复审。",
  mine: true,
  bulk: [conclude],
};

export const concluded: QueueView = {
  key: "concluded",
  title: "已终审",
  states: concludedStates,
  todo: "已作出注册结论的。",
  mine: false,
};

export const revoked: QueueView = {
  key: "revoked",
  title: "撤销注册",
  states: ["revoked"],
  todo: "因弄虚作假等撤销注册的。",
  mine: false,
};
