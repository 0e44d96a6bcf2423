/** How a teacher of the roster stands to this campaign. */
export const standingTitles = {
  due: "应注册",
  "not-due": "未到期",
  "on-probation": "试用期",
  "seconded-out": "借调到外单位",
  "seconded-in": "从外单位借入",
  retiring: "即将退休",
  "out-of-scope": "不在注册范围",
  unwilling: "本人不参加",
} as const;
export type Standing = keyof typeof standingTitles;
