import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { PlainPage } from "./PlainPage.tsx";
import { ProblemAlert } from "./problem.tsx";

/** A page that could not be shown, and the ways on from it. */
export function Shattered({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <PlainPage title="页面未能打开">
      <ProblemAlert error={error} />
      <div style={{ marginTop: 12, display: "flex", gap: 12 }}>
        <Button type="primary" onClick={reset}>
          重试
        </Button>
        <Button onClick={() => window.location.reload()}>刷新页面</Button>
      </div>
    </PlainPage>
  );
}

export function NotFound() {
  return (
    <PlainPage title="没有这个页面">
      <p>地址可能已经变更，或者输入有误。</p>
      <Link to="/office">到今日工作</Link>　<a href="/">到首页</a>
    </PlainPage>
  );
}
