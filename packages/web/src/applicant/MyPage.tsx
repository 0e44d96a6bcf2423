import { momentText } from "@shice/contract/sentences/moment.ts";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { client, noteEnd, queryClient } from "../ui/client.ts";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { ProblemAlert, Waiting } from "../ui/problem.tsx";
import { useMe } from "../ui/session.ts";
import { Appointment } from "./Appointment.tsx";
import { isBeingFilled } from "./own-application.ts";
import { useOwn } from "./teacher-context.ts";

// Whoever is filling in does not wait for what comes after, nor the other way round.
const TaskList = lazy(async () => ({ default: (await import("./TaskList.tsx")).TaskList }));
const After = lazy(async () => ({ default: (await import("./SubmittedView.tsx")).After }));
const AttestPage = lazy(async () => ({ default: (await import("./AttestPage.tsx")).AttestPage }));

/** The teacher's first page: begin, go on filling in, or see where the application stands. */
export function MyPage() {
  const { own } = useOwn();
  const me = useMe();
  return (
    <>
      {me !== undefined && !me.emailVerified && (
        <Note
          kind="heed"
          title="您的电子邮箱还没有验证。遗忘密码时要用它找回，请尽早按邮件中的说明验证。"
          action={<Link to="/verify-email">去验证</Link>}
        />
      )}
      <Appointment />
      <Suspense fallback={<Waiting />}>
        {own === null ? (
          <Start />
        ) : own.state === "draft" && own.assistance !== null ? (
          <AttestPage />
        ) : isBeingFilled(own) ? (
          <TaskList />
        ) : (
          <After own={own} again={own.state === "withdrawn" ? <Start again /> : undefined} />
        )}
      </Suspense>
    </>
  );
}

function Start({ again = false }: { again?: boolean }) {
  const { campaign } = useOwn();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const window = campaign.windows.find(({ stage }) => stage === "apply");
  async function start(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await client.applicant.start({ campaign: campaign.key });
      await queryClient.invalidateQueries();
    } catch (thrown) {
      noteEnd(thrown);
      setError(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      {again ? <h2>重新填报</h2> : <h1>开始填报</h1>}
      <div className="panel">
        {window !== undefined && <Note kind={window.open ? "good" : "info"} title={window.sentence} />}
        <p>
          {again ? "撤回以后，在网上报名截止前可以重新申请。" : "您还没有本批次的申请。"}
          填报共八步，一般二三十分钟，填写的内容随时自动保存，可以分几次、换设备继续填。
        </p>
        <p>请准备好：</p>
        <ul>
          <li>教师资格证书原件、身份证件；</li>
          <li>近期免冠彩色照片（可以用手机现拍）；</li>
          <li>聘用合同的起始日期，毕业证书；</li>
          <li>近几年的年度考核结果、继续教育学时。</li>
        </ul>
        <p>
          不确定自己是否要注册、在哪所学校注册的，请先看<a href="/check">我要不要注册</a>。现在是
          {momentText(campaign.now)}（北京时间）。
        </p>
        {error !== null && <ProblemAlert error={error} />}
        <Button kind="primary" busy={busy} onClick={start}>
          开始填报
        </Button>
      </div>
    </>
  );
}
