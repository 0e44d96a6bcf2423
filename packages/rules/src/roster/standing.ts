/** The standing of a teacher in this campaign, in the order in which a clerk handles them. */
export const standings = [
  "due",
  "not-due",
  "on-probation",
  "seconded-out",
  "seconded-in",
  "retiring",
  "out-of-scope",
  "unwilling",
] as const;
export type RosterStanding = (typeof standings)[number];

export const standingTitles: Record<RosterStanding, string> = {
  due: "应注册",
  "not-due": "未到期",
  "on-probation": "试用期",
  "seconded-out": "借调到外单位",
  "seconded-in": "从外单位借入",
  retiring: "即将退休",
  "out-of-scope": "不在注册范围",
  unwilling: "本人不参加",
};

/**
 * Whether a teacher of this standing must register here: the lending school registers its seconded teachers (Notice
 * §一(三)).
 */
export function isExpectedToApply(standing: RosterStanding): boolean {
  return standing === "due" || standing === "seconded-out";
}

/** Whether the clerk must give a reason: everyone who does not register needs one. */
export function needsReason(standing: RosterStanding): boolean {
  return !isExpectedToApply(standing) && standing !== "seconded-in";
}
