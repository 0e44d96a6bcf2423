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

/** The parts of the way of a case, in the order of the notice; the three last are ends. */
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

/** The phase of each state. A new state does not compile before it has its phase here, and so its place in every group. */
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

/** The states of these phases, in the order of the lifecycle. */
export function statesIn<P extends Phase>(...wanted: readonly P[]): readonly StateIn<P>[] {
  return states.filter((state): state is StateIn<P> => wanted.some((phase) => phase === phaseOfState[state]));
}

/** Before the confirmation at the desk: what the end of the windows may end. */
export const unconfirmedStates = statesIn("unconfirmed");
/** Lies with the school, or lay there when it ended. */
export const atSchoolStates = statesIn("unconfirmed", "confirmed", "without-conclusion");
/** With the district and not yet free to be reported. */
export const withDistrictStates = statesIn("with-district");
/** Handed over and not concluded. */
export const inProcessStates = statesIn("with-district", "noticed", "with-centre", "with-commission");
/** Concluded, and the conclusion stands. */
export const concludedStates = statesIn("concluded", "archived");
/** A conclusion was made, whether it still stands or was revoked. */
export const decidedStates = statesIn("concluded", "archived", "revoked");
/** Not finished: from the draft to the mark in the certificate. */
export const underWayStates = statesIn(
  "unconfirmed",
  "confirmed",
  "with-district",
  "noticed",
  "with-centre",
  "with-commission",
  "concluded",
);
/** Confirmed, and neither undone nor ended without a conclusion since. */
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
/** States in which a case rests for good, unless an extension, an appeal or a revocation moves it. */
export const finalStates = statesIn("archived", "without-conclusion", "revoked");
/** The certificate's number is not claimed: another application may bear it. */
export const certificateFreeStates = ["draft", "withdrawn", "lapsed", "refused"] as const satisfies readonly State[];
/** The teacher has something to finish. */
export const withTeacherStates = ["draft", "returned"] as const satisfies readonly State[];
/** Confirmed, and still or again with the school: not handed over. */
export const toHandOverStates = ["confirmed", "sent-back"] as const satisfies readonly State[];
/** Only their history tells whether they were confirmed. */
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

/** A draft that the school has filled in is still nothing but a draft, and is called so everywhere. */
export const unattestedTitle = "学校代填，待本人核对确认";
