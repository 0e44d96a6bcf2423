import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Alert, Button, Card, Typography } from "antd";
import { useEffect, useState } from "react";
import { ConnectionBar } from "../ui/ConnectionBar.tsx";
import { type CampaignView, findDefaultCampaign } from "../ui/campaign.ts";
import { api, client, queryClient } from "../ui/client.ts";
import { momentText } from "../ui/moment.ts";
import { Fetched, Nothing, ProblemAlert } from "../ui/problem.tsx";
import { SignInAgain } from "../ui/SignInAgain.tsx";
import { signOut, useMe } from "../ui/session.ts";
import { TrainingBar } from "../welcome/TrainingBar.tsx";
import { DraftForm } from "./DraftForm.tsx";
import { Submitted } from "./Submitted.tsx";

export type Own = NonNullable<Awaited<ReturnType<typeof client.applicant.own>>>;

/** The teacher's page: start, fill in, submit; afterwards where the application stands and what may be done. */
export function MyPage() {
  const me = useMe();
  const navigate = useNavigate();
  const [key, setKey] = useState<string | null>();
  useEffect(() => {
    findDefaultCampaign().then(
      (found) => setKey(found ?? null),
      () => setKey(null),
    );
  }, []);
  if (me === undefined || key === undefined) return null;
  return (
    <>
      <header className="plain-header">
        <span>师册 · 我的申请</span>
        <span>
          {me.name}　<Link to="/account">我的账号</Link>　
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
        </span>
      </header>
      <TrainingBar />
      <ConnectionBar />
      <main id="main" className="content" style={{ maxWidth: 960 }}>
        {key === null ? (
          <Nothing text="目前没有正在进行的批次。" />
        ) : (
          <InCampaign campaign={key} emailVerified={me.emailVerified} />
        )}
      </main>
      <SignInAgain />
    </>
  );
}

function InCampaign({ campaign: key, emailVerified }: { campaign: string; emailVerified: boolean }) {
  const campaign = useQuery(api.campaigns.getCampaign.queryOptions({ input: { campaign: key } }));
  const own = useQuery(api.applicant.own.queryOptions({ input: { campaign: key } }));
  return (
    <Fetched query={campaign}>
      {(found) => (
        <>
          <Typography.Title level={2}>{found.title}</Typography.Title>
          {!emailVerified && (
            <Alert
              type="warning"
              showIcon
              style={{ marginBottom: 12 }}
              title="您的电子邮箱还没有验证。遗忘密码时要用它找回，请尽早按邮件中的验证码验证。"
              action={<Link to="/verify-email">去验证</Link>}
            />
          )}
          <Fetched query={own}>{(application) => <Application campaign={found} own={application} />}</Fetched>
        </>
      )}
    </Fetched>
  );
}

function Application({ campaign, own }: { campaign: CampaignView; own: Own | null }) {
  if (own === null || own.state === "withdrawn") return <Start campaign={campaign} />;
  if (own.state === "draft" || own.state === "returned")
    return <DraftForm key={own.id} campaign={campaign} own={own} />;
  return <Submitted campaign={campaign} own={own} />;
}

function Start({ campaign }: { campaign: CampaignView }) {
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
      setError(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Card title="您还没有本批次的申请">
      {window !== undefined && <Alert type={window.open ? "success" : "info"} showIcon title={window.sentence} />}
      <Typography.Paragraph style={{ marginTop: 12 }}>
        填报前请准备好教师资格证书、身份证、聘用合同和年度考核、继续教育的情况。填写的内容随时自动保存，可以分几次填完。
        现在是 {momentText(campaign.now)}（北京时间）。
      </Typography.Paragraph>
      {error !== null && <ProblemAlert error={error} />}
      <Button type="primary" size="large" loading={busy} onClick={start}>
        开始填报
      </Button>
    </Card>
  );
}
