/** The stages of a campaign, in the order of the notice §三. */
export const stages = [
  "apply",
  "confirm",
  "preliminary",
  "notice",
  "report",
  "review",
  "final",
  "marking",
  "archive",
] as const;
export type Stage = (typeof stages)[number];

/** Stages that are open only in windows; a plan without re-review omits `review`. */
export const windowedStages = ["apply", "confirm", "preliminary", "review", "final"] as const;
export type WindowedStage = (typeof windowedStages)[number];

/** Chinese names of the stages, as shown to users. */
export const stageTitles: Record<Stage, string> = {
  apply: "网上报名",
  confirm: "现场确认",
  preliminary: "初审",
  notice: "公示",
  report: "上报",
  review: "复审",
  final: "终审",
  marking: "登记注册结论",
  archive: "资料归档",
};
