import { stages, stageTitles } from "@shice/rules/plan/stage.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Alert, App, Button, Card, DatePicker, Progress, Space, Typography } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { ConnectionBar } from "../ui/ConnectionBar.tsx";
import type { CampaignView } from "../ui/campaign.ts";
import { api, client, queryClient } from "../ui/client.ts";
import { momentText, shortEnd } from "../ui/moment.ts";
import { choosePost } from "../ui/post.ts";
import { Fetched, Nothing, ProblemAlert } from "../ui/problem.tsx";
import { begin } from "../ui/session.ts";
import { type Training, trainingOptions } from "../ui/training.ts";
import { CalendarPicture } from "./CalendarPicture.tsx";
import { StandingPicture } from "./StandingPicture.tsx";

/** The first page for newcomers: what this is about in a picture, whom one can be, and the clock. */
export function WelcomePage() {
  const query = useQuery(trainingOptions());
  return (
    <>
      <ConnectionBar />
      <header className="plain-header">
        <div>
          <strong className="site">师册 · 中小学教师资格定期注册</strong>
          <span>演示与演练</span>
          <a href="/home">公众网站</a>
        </div>
      </header>
      <main id="main" className="content welcome">
        <Fetched query={query}>
          {(training) =>
            training === null ? (
              <Nothing text="这里办理真实业务，没有演示。">
                <a href="/">到首页</a>
              </Nothing>
            ) : training.preparing !== null ? (
              <Preparing training={training} />
            ) : (
              <Ready training={training} />
            )
          }
        </Fetched>
      </main>
    </>
  );
}

function Preparing({ training: { preparing } }: { training: Training }) {
  const { done, total } = preparing ?? { done: 0, total: 1 };
  return (
    <Card title="正在准备演示数据">
      <Typography.Paragraph>
        虚构的教师正在按批次方案的日程报名，学校正在现场确认。准备好后本页自动继续，一般不到一分钟。
      </Typography.Paragraph>
      <Progress percent={Math.round((done / Math.max(1, total)) * 100)} aria-label="准备进度" />
    </Card>
  );
}

function Ready({ training }: { training: Training }) {
  const key = training.campaign;
  const campaign = useQuery(
    api.campaigns.getCampaign.queryOptions({ input: { campaign: key ?? "" }, enabled: key !== null }),
  );
  return (
    <>
      {campaign.data !== undefined && <Introduction campaign={campaign.data} />}
      <Clock training={training} />
      <Personas training={training} />
      {campaign.data !== undefined && (
        <Card title="批次日程" className="below-l">
          <CalendarPicture campaign={campaign.data} />
        </Card>
      )}
      <Card title="大家办到了哪一步" className="below-l">
        <StandingPicture standing={training.standing} />
      </Card>
    </>
  );
}

function Introduction({ campaign }: { campaign: CampaignView }) {
  return (
    <>
      <Typography.Title level={1} className="welcome-title">
        {campaign.title}
      </Typography.Title>
      <Typography.Paragraph className="lead">
        每五年，中小学教师的教师资格要注册一次：教师网上报名，学校核对原件、现场确认，区县初审并公示、上报，市中心复审，市教委终审，
        最后在证书上登记结论、归档。这里用虚构的人员演示整个过程，可以扮演任何一个角色，也可以把时钟拨到任何一天。
      </Typography.Paragraph>
      <ol className="chain" aria-label="办理环节">
        {stages.map((stage) => (
          <li
            key={stage}
            className={campaign.windows.some((window) => window.stage === stage && window.open) ? "open" : ""}
          >
            {stageTitles[stage]}
          </li>
        ))}
      </ol>
    </>
  );
}

function Personas({ training: { personas } }: { training: Training }) {
  const navigate = useNavigate();
  const signIn = useMutation({
    mutationFn: (persona: string) => client.training.signInAs({ persona }),
    onSuccess: async (me) => {
      begin(me);
      const [post] = me.posts;
      if (post !== undefined) choosePost(post.id);
      await navigate({ to: me.kind === "applicant" ? "/my" : "/office" });
    },
  });
  return (
    <Card title="选择一个身份，一键登录" className="below-l">
      {signIn.error !== null && <ProblemAlert error={signIn.error} />}
      <div className="cards">
        {personas.map(({ key, name, roleTitle, organisation, task }) => (
          <Card key={key} size="small" className="persona">
            <strong>{roleTitle}</strong>
            <div>
              {name}，{organisation ?? "尚未选择学校"}
            </div>
            <div className="persona-duties">{task}</div>
            <Button
              type="primary"
              loading={signIn.isPending && signIn.variables === key}
              onClick={() => signIn.mutate(key)}
              aria-label={`以${roleTitle}${name}的身份登录`}
            >
              登录
            </Button>
          </Card>
        ))}
      </div>
    </Card>
  );
}

function Clock({ training }: { training: Training }) {
  const { modal, message } = App.useApp();
  const [day, setDay] = useState<Dayjs | null>(null);
  const move = useMutation({
    mutationFn: (at: string) => client.training.setClock({ at, runs: false }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const reset = useMutation({
    mutationFn: () => client.training.reset(),
    onSuccess: async () => {
      move.reset();
      message.success("已恢复到演示的起点。");
      await queryClient.invalidateQueries();
    },
  });
  const happened = move.data?.since ?? [];
  return (
    <Card
      title={`现在是 ${momentText(training.now)}（北京时间）`}
      className="below-l"
      extra={
        <Button
          danger
          disabled={!training.resettable}
          loading={reset.isPending}
          onClick={() =>
            modal.confirm({
              title: "恢复到演示的起点？",
              content: "演示中办理的一切都会清除，时钟回到起点。",
              okText: "恢复",
              cancelText: "取消",
              onOk: () => reset.mutateAsync().catch(() => undefined),
            })
          }
        >
          恢复到起点
        </Button>
      }
    >
      {(move.error ?? reset.error) !== null && <ProblemAlert error={move.error ?? reset.error} />}
      <div role="status">
        {move.isSuccess && (
          <Alert
            type="info"
            showIcon
            className="below"
            title={`时钟已拨到 ${momentText(move.data.now)}。`}
            description={
              happened.length === 0 ? (
                "这段时间里没有到期的事项。"
              ) : (
                <ul className="reasons">
                  {happened.map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              )
            }
          />
        )}
      </div>
      <Typography.Paragraph>把时钟拨到：</Typography.Paragraph>
      <Space wrap>
        {training.marks.map(({ key, title, at }) => (
          <Button key={key} disabled={move.isPending} onClick={() => move.mutate(at)}>
            {title}（{shortEnd(at)}）
          </Button>
        ))}
      </Space>
      <Space wrap className="above">
        <DatePicker
          aria-label="其他时间"
          placeholder="其他时间"
          showTime={{ format: "HH:mm" }}
          format="YYYY-MM-DD HH:mm"
          value={day}
          onChange={setDay}
        />
        <Button
          disabled={day === null}
          loading={move.isPending}
          onClick={() => {
            if (day !== null) move.mutate(`${day.format("YYYY-MM-DDTHH:mm")}:00+08:00`);
          }}
        >
          拨到这个时间
        </Button>
      </Space>
    </Card>
  );
}
