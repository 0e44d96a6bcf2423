import type { State } from "@shice/rules/lifecycle/state.ts";

/** The way of an application as its teacher sees it. */
const stages = ["网上报名", "现场确认", "初审", "公示", "复审", "终审", "登记结论"] as const;

/** How far a case has come in each state; null where it has left the way. */
const stageOfState: Readonly<Record<State, (typeof stages)[number] | null>> = {
  draft: "网上报名",
  submitted: "现场确认",
  returned: "现场确认",
  confirmed: "现场确认",
  "handed-over": "初审",
  "sent-back": "初审",
  preliminary: "初审",
  "on-notice": "公示",
  inquiry: "公示",
  noticed: "公示",
  reported: "复审",
  "review-returned": "复审",
  reviewed: "终审",
  concluded: "登记结论",
  marked: "登记结论",
  archived: "登记结论",
  withdrawn: null,
  lapsed: null,
  refused: null,
  revoked: null,
};

export function Path({ state }: { state: State }) {
  const stage = stageOfState[state];
  if (stage === null) return null;
  const at = stages.indexOf(stage);
  return (
    <ol className="path" aria-label="办理进度">
      {stages.map((title, index) => (
        <li key={title} className={index < at ? "past" : index === at ? "here" : ""}>
          {index === at ? <strong aria-current="step">{title}</strong> : title}
          {index < at && <span className="hidden">（已完成）</span>}
        </li>
      ))}
    </ol>
  );
}
