import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { ConnectionBar } from "./ConnectionBar.tsx";
import { api } from "./client.ts";
import { isTypeLarge, setTypeLarge } from "./large-type.ts";
import { SignInAgain } from "./SignInAgain.tsx";
import { signOut, useKnownMe } from "./session.ts";
import { TrainingBar } from "./TrainingBar.tsx";

/** What stands around every page outside the office: the site, the ways on, large type, who is signed in. */
export function PlainFrame({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  const [large, setLarge] = useState(isTypeLarge);
  return (
    <div className="plain">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="plain-header no-print">
        <div>
          <a className="site" href="/home">
            师册 · 中小学教师资格定期注册
          </a>
          <a href="/help">帮助</a>
          <button
            type="button"
            className="link-button"
            aria-pressed={large}
            onClick={() => {
              setTypeLarge(!large);
              setLarge(!large);
            }}
          >
            {large ? "标准字号" : "大字号"}
          </button>
          <Signed />
        </div>
      </header>
      <TrainingBar />
      <ConnectionBar />
      <main id="main" className={narrow ? "narrow" : ""} tabIndex={-1}>
        {children}
      </main>
      <SignInAgain />
    </div>
  );
}

function Messages() {
  const { data } = useQuery(api.messages.listMessages.queryOptions({ input: { limit: 20 }, refetchInterval: 60_000 }));
  const unread = data?.items.filter(({ readAt }) => readAt === null).length ?? 0;
  return (
    <Link to="/my/messages" {...(unread > 0 ? { "aria-label": `消息，${unread}条未读` } : {})}>
      消息{unread > 0 && <span className="count">{unread}</span>}
    </Link>
  );
}

function Signed() {
  const me = useKnownMe();
  const navigate = useNavigate();
  if (me === undefined) return null;
  return (
    <>
      {me.kind === "applicant" ? (
        <>
          <Link to="/my">我的申请</Link>
          <Messages />
        </>
      ) : (
        <Link to="/office">今日工作</Link>
      )}
      <Link to="/account">{me.name}</Link>
      <button
        type="button"
        className="link-button"
        onClick={async () => {
          await signOut();
          await navigate({ to: "/sign-in" });
        }}
      >
        退出登录
      </button>
    </>
  );
}
