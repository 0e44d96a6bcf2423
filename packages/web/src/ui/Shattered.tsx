import { Link } from "@tanstack/react-router";
import { PlainPage } from "./PlainPage.tsx";
import { Button } from "./plain/Button.tsx";
import { ProblemAlert } from "./problem.tsx";

/** A page that could not be shown, and the ways on from it. */
export function Shattered({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <PlainPage title="页面未能打开">
      <ProblemAlert error={error} />
      <div className="row">
        <Button kind="primary" onClick={reset}>
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
      <p className="row">
        <a href="/">到首页</a>
        <Link to="/my">到我的申请</Link>
        <Link to="/office">到今日工作</Link>
      </p>
    </PlainPage>
  );
}
