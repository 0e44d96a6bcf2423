export const states = [
  "draft",
  "submitted",
  "returned",
  "confirmed",
  "handed-over",
  "sent-back",
  "preliminary",
  "on-notice",
  "inquiry",
  "noticed",
  "reported",
  "review-returned",
  "reviewed",
  "concluded",
  "marked",
  "archived",
  "withdrawn",
  "lapsed",
  "refused",
  "revoked",
] as const;
export type State = (typeof states)[number];

/** States in which a case rests for good, unless an extension, an appeal or a revocation moves it. */
export const finalStates = [
  "archived",
  "withdrawn",
  "lapsed",
  "refused",
  "revoked",
] as const satisfies readonly State[];

export function isFinal(state: State): boolean {
  return (finalStates as readonly State[]).includes(state);
}

export const stateTitles: Record<State, string> = {
  draft: "填报中",
  submitted: "待现场确认",
  returned: "退回修改",
  confirmed: "已确认，待报送",
  "handed-over": "待初审",
  "sent-back": "区县退回",
  preliminary: "已初审",
  "on-notice": "公示中",
  inquiry: "异议核查中",
  noticed: "公示期满",
  reported: "待复审",
  "review-returned": "复审退回",
  reviewed: "待终审",
  concluded: "已终审",
  marked: "已登记结论",
  archived: "已归档",
  withdrawn: "已撤回",
  lapsed: "视为自动放弃",
  refused: "不予受理",
  revoked: "撤销注册",
};

/** A draft that the school has filled in is still nothing but a draft, and is called so everywhere. */
export const unattestedTitle = "学校代填，待本人核对确认";
