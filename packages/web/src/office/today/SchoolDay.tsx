import { dayText, openTimeText } from "@shice/contract/sentences/days.zh.ts";
import type { WindowedStage } from "@shice/rules/plan/stage.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Button, Card, Typography } from "antd";
import { Bar } from "../../ui/Bar.tsx";
import { type CampaignView, useCampaign } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { Fetched } from "../../ui/problem.tsx";
import {
  paceOf,
  progressOf,
  type SchoolFigures,
  type SchoolTask,
  schoolTasksOf,
  wouldLapseOf,
} from "./school-tasks.ts";

/** A school's day: how much time is left, what to do, who would lapse, how far all have come, what was told. */
export function SchoolDay() {
  const campaign = useCampaign();
  const input = { campaign: campaign.key };
  const counts = useQuery(api.cases.countQueue.queryOptions({ input, refetchInterval: 60_000 }));
  const roster = useQuery(api.roster.countRoster.queryOptions({ input, refetchInterval: 60_000 }));
  const lapsing = useQuery(api.roster.countWouldLapse.queryOptions({ input, refetchInterval: 60_000 }));
  const withdrawals = useQuery(
    api.cases.countQueue.queryOptions({ input: { ...input, withdrawal: "asked" }, refetchInterval: 60_000 }),
  );
  const batches = useQuery(api.roster.listBatches.queryOptions({ input }));
  return (
    <>
      <TimeLeft campaign={campaign} />
      <Fetched query={counts}>
        {(cases) => (
          <Fetched query={roster}>
            {({ due, notApplied, unseen, parked, offRoster }) => {
              const figures = {
                counts: cases.counts,
                due,
                notApplied,
                parked,
                offRoster,
                unseenNames: unseen,
                unseenLapsing: lapsing.data?.unseen ?? 0,
                withdrawalsAsked: withdrawals.data?.total ?? 0,
                overdueBatches: batches.data?.filter(({ overdue }) => overdue).length ?? 0,
              };
              return (
                <>
                  <Tasks campaign={campaign.key} tasks={schoolTasksOf(figures)} />
                  <WouldLapse campaign={campaign} figures={figures} />
                  <Progress figures={figures} />
                </>
              );
            }}
          </Fetched>
        )}
      </Fetched>
      <LatestMessages campaign={campaign.key} />
    </>
  );
}

const ofSchool = ["apply", "confirm"];

/** Open days and hours, without nights and closures: the ones a school can still use (Notice §三(一), §三(二)). */
function TimeLeft({ campaign }: { campaign: CampaignView }) {
  return (
    <div className="cards">
      {campaign.windows
        .filter(({ stage }) => ofSchool.includes(stage))
        .map(({ stage, title, open, left, sentence }) => (
          <Card key={stage} size="small" className={open ? "window-open" : "window-shut"}>
            <div className="day-left">
              <strong>{title}</strong>
              <span>{left.days === 0 ? "已经结束" : openTimeText(left)}</span>
            </div>
            <div>{sentence}</div>
            {closuresAhead(campaign, stage).map((days) => (
              <div key={days}>{days}全天不开放。</div>
            ))}
          </Card>
        ))}
    </div>
  );
}

/** Whole closed days that are still to come, or under way. */
function closuresAhead({ closures, now }: CampaignView, stage: WindowedStage): string[] {
  const today = momentText(now).slice(0, 10);
  return closures
    .filter(({ stages, to }) => stages.includes(stage) && to >= today)
    .map(({ from, to }) => (from === to ? dayText(from) : `${dayText(from)}至${dayText(to)}`));
}

function Tasks({ campaign, tasks }: { campaign: string; tasks: readonly SchoolTask[] }) {
  return (
    <>
      <Typography.Title level={3} className="above-l">
        今天要办
      </Typography.Title>
      {tasks.length === 0 && <p>现在没有要办的事。</p>}
      <ul className="day-tasks">
        {tasks.map(({ key, number, tells, act, page }, at) => (
          <li key={key}>
            <strong>{number}</strong>
            <span>{tells}</span>
            <TaskLink campaign={campaign} page={page} label={act} about={`${number}${tells}`} first={at === 0} />
          </li>
        ))}
      </ul>
    </>
  );
}

function TaskLink({
  campaign,
  page,
  label,
  about,
  first,
}: {
  campaign: string;
  page: SchoolTask["page"];
  label: string;
  about: string;
  first: boolean;
}) {
  const button = (
    <Button type={first ? "primary" : "default"} tabIndex={-1}>
      {label}
    </Button>
  );
  const named = { "aria-label": `${label}：${about}` };
  if (page.to === "queue") {
    return (
      <Link to="/office/$campaign/queue" params={{ campaign }} search={{ queue: page.queue }} {...named}>
        {button}
      </Link>
    );
  }
  if (page.to === "roster") {
    return (
      <Link to="/office/$campaign/roster" params={{ campaign }} search={page.search} {...named}>
        {button}
      </Link>
    );
  }
  return (
    <Link to={`/office/$campaign/${page.to}`} params={{ campaign }} {...named}>
      {button}
    </Link>
  );
}

/** Told while something can still be done about it. */
function WouldLapse({ campaign, figures }: { campaign: CampaignView; figures: SchoolFigures }) {
  const { draft, submitted, returned, all } = wouldLapseOf(figures);
  const days = campaign.windows.find(({ stage }) => stage === "confirm")?.left.days ?? 0;
  const pace = paceOf(figures, days);
  if (all + figures.notApplied === 0 || pace === undefined) return null;
  const parts = [
    ...(submitted === 0 ? [] : [`已提交未确认${submitted}人`]),
    ...(draft === 0 ? [] : [`填报中${draft}人`]),
    ...(returned === 0 ? [] : [`退回未改好${returned}人`]),
  ];
  return (
    <Alert
      type={days <= 3 ? "error" : "warning"}
      showIcon
      className="around"
      title={
        all === 0
          ? `还有${figures.notApplied}名应注册教师没有申请。`
          : `到现场确认截止时仍未确认的，视为自动放弃。目前有${all}人：${parts.join("、")}。`
      }
      description={`余下${days}个开放日，平均每天须确认${pace}人，才能全部办完。`}
      action={
        <Link to="/office/$campaign/roster/lapsing" params={{ campaign: campaign.key }}>
          <Button tabIndex={-1}>逐人查看</Button>
        </Link>
      }
    />
  );
}

function Progress({ figures }: { figures: SchoolFigures }) {
  const steps = progressOf(figures);
  const whole = Math.max(1, ...steps.map(({ number }) => number));
  return (
    <>
      <Typography.Title level={3}>进度</Typography.Title>
      <dl className="bars">
        {steps.map(({ key, title, number }) => (
          <div key={key}>
            <dt>{title}</dt>
            <dd>
              <Bar share={number / whole} />
              {number}人
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function LatestMessages({ campaign }: { campaign: string }) {
  const { data } = useQuery(api.messages.listMessages.queryOptions({ input: { limit: 3 } }));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <>
      <Typography.Title level={3}>最近的消息</Typography.Title>
      <ul className="day-messages">
        {data.items.map(({ id, title, at, readAt }) => (
          <li key={id}>
            <span>{momentText(at)}</span> {readAt === null ? <strong>{title}（未读）</strong> : title}
          </li>
        ))}
      </ul>
      <Link to="/office/$campaign/messages" params={{ campaign }}>
        查看全部消息
      </Link>
    </>
  );
}
