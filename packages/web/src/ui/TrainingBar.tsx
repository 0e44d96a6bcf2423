import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { momentText } from "./moment.ts";
import { trainingOptions } from "./training.ts";

/** Says on every page that this is no real work, what the clock shows, and the way to move it. */
export function TrainingBar() {
  const { data } = useQuery(trainingOptions());
  if (data === undefined || data === null) return null;
  return (
    <aside className="training-bar" aria-label="演练模式">
      <strong>演练模式</strong>
      <span>人员均为虚构，不发送真实邮件。</span>
      <span>现在是 {momentText(data.now)}</span>
      <Link to="/mailbox">演练邮箱</Link>
      <Link to="/welcome">调整时钟、更换身份</Link>
    </aside>
  );
}
