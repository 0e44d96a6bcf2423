/** The way of an application as its teacher sees it, and how far it has come. */
const stages: readonly { title: string; states: readonly string[] }[] = [
  { title: "网上报名", states: ["draft"] },
  { title: "现场确认", states: ["submitted", "returned", "confirmed"] },
  { title: "初审", states: ["handed-over", "sent-back", "preliminary"] },
  { title: "公示", states: ["on-notice", "inquiry", "noticed"] },
  { title: "复审", states: ["reported", "review-returned"] },
  { title: "终审", states: ["reviewed"] },
  { title: "登记结论", states: ["concluded", "marked", "archived"] },
];

export function Path({ state }: { state: string }) {
  const at = stages.findIndex(({ states }) => states.includes(state));
  if (at < 0) return null;
  return (
    <ol className="path" aria-label="办理进度">
      {stages.map(({ title }, index) => (
        <li key={title} className={index < at ? "past" : index === at ? "here" : ""}>
          {index === at ? <strong aria-current="step">{title}</strong> : title}
          {index < at && <span className="hidden">（已完成）</span>}
        </li>
      ))}
    </ol>
  );
}
