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

/** The phases of a case, in the order of the notice. The last three are ends. */
export const phases = [
  "unconfirmed",
  "confirmed",
  "with-district",
  "noticed",
  "with-centre",
  "with-commission",
  "concluded",
  "archived",
  "without-conclusion",
  "revoked",
] as const;
export type Phase = (typeof phases)[number];

/** The phase of each state. A new state compiles only once it has a phase, and so belongs to its groups. */
export const phaseOfState = {
  draft: "unconfirmed",
  submitted: "unconfirmed",
  returned: "unconfirmed",
  confirmed: "confirmed",
  "handed-over": "with-district",
  "sent-back": "with-district",
  preliminary: "with-district",
  "on-notice": "with-district",
  inquiry: "with-district",
  noticed: "noticed",
  reported: "with-centre",
  "review-returned": "with-centre",
  reviewed: "with-commission",
  concluded: "concluded",
  marked: "concluded",
  archived: "archived",
  withdrawn: "without-conclusion",
  lapsed: "without-conclusion",
  refused: "without-conclusion",
  revoked: "revoked",
} as const satisfies Record<State, Phase>;

type StateIn<P extends Phase> = { [S in State]: (typeof phaseOfState)[S] extends P ? S : never }[State];

/** The states of the given phases, in the order of the lifecycle. */
export function statesIn<P extends Phase>(...wanted: readonly P[]): readonly StateIn<P>[] {
  return states.filter((state): state is StateIn<P> => wanted.some((phase) => phase === phaseOfState[state]));
}

/** Not yet confirmed: these cases can lapse at the end of the windows. */
export const unconfirmedStates = statesIn("unconfirmed");
/** At the school, or ended there. */
export const atSchoolStates = statesIn("unconfirmed", "confirmed", "without-conclusion");
/** With the district, and not yet ready to be reported. */
export const withDistrictStates = statesIn("with-district");
/** Handed over and not concluded. */
export const inProcessStates = statesIn("with-district", "noticed", "with-centre", "with-commission");
/** Concluded, with the conclusion in force. */
export const concludedStates = statesIn("concluded", "archived");
/** Concluded, whether the conclusion is in force or revoked. */
export const decidedStates = statesIn("concluded", "archived", "revoked");
/** Unfinished: from the draft until the certificate is marked. */
export const underWayStates = statesIn(
  "unconfirmed",
  "confirmed",
  "with-district",
  "noticed",
  "with-centre",
  "with-commission",
  "concluded",
);
/** Confirmed, and since then neither undone nor ended without a conclusion. */
export const everConfirmedStates = statesIn(
  "confirmed",
  "with-district",
  "noticed",
  "with-centre",
  "with-commission",
  "concluded",
  "archived",
  "revoked",
);
/** Ended without a conclusion. */
export const withoutConclusionStates = statesIn("without-conclusion");
/** Final states, unless an extension, an appeal or a revocation changes them. */
export const finalStates = statesIn("archived", "without-conclusion", "revoked");
/** The certificate number is not claimed, so another application may use it. */
export const certificateFreeStates = ["draft", "withdrawn", "lapsed", "refused"] as const satisfies readonly State[];
/** The teacher has to act. */
export const withTeacherStates = ["draft", "returned"] as const satisfies readonly State[];
/** Confirmed but not handed over, or sent back to the school. */
export const toHandOverStates = ["confirmed", "sent-back"] as const satisfies readonly State[];
/** Only the history tells whether these were ever confirmed. */
export const confirmedByHistoryStates = ["returned", ...withoutConclusionStates] as const satisfies readonly State[];

export function isAmong(state: State, group: readonly State[]): boolean {
  return group.includes(state);
}

export function isFinal(state: State): boolean {
  return isAmong(state, finalStates);
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

/** Title of a draft that the school filled in: it is still a draft until the teacher attests it. */
export const unattestedTitle = "学校代填，待本人核对确认";
