import { Link } from "@tanstack/react-router";
import { PlainPage } from "./PlainPage.tsx";

/** No page has this address. */
export function NotFoundPage() {
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
