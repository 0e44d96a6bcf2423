import { contract } from "@shice/contract/contract.ts";
import type { StaffRole } from "@shice/rules/lifecycle/role.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Card, Typography } from "antd";
import { type CampaignView, useCampaign } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import { useMenu } from "../../ui/menu.ts";
import { momentText } from "../../ui/moment.ts";
import { Fetched } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { queuesOf } from "../queue-registry.ts";
import { useQueueCount } from "../queues/queue-count.ts";
import type { QueueView } from "../queues/queue-view.ts";
import { SchoolDay } from "./SchoolDay.tsx";

/** The stages whose windows decide what each role can do today. */
const stagesOf: Partial<Record<StaffRole, readonly string[]>> = {
  "district-reviewer": ["preliminary"],
  "district-lead": ["preliminary", "review"],
  "centre-reviewer": ["review"],
  "commission-approver": ["final"],
};

/** What to do today: the windows of one's stage, each heap of work with its number, and where it is done. */
export function TodayPage() {
  const campaign = useCampaign();
  const { me, post, may } = useOffice();
  const { role } = post;
  const queues = queuesOf(role);
  return (
    <>
      <Typography.Title level={2}>今日工作</Typography.Title>
      <Typography.Paragraph>
        {me.name}，您以{post.organisation}
        {post.roleTitle}的岗位办理。现在是 {momentText(campaign.now)}（北京时间）。
      </Typography.Paragraph>
      {may(contract.roster.countWouldLapse) ? (
        <SchoolDay />
      ) : (
        <>
          <Windows campaign={campaign} stages={stagesOf[role] ?? campaign.windows.map(({ stage }) => stage)} />
          {queues.length > 0 && <Heaps campaign={campaign.key} queues={queues} />}
        </>
      )}
      <Pages campaign={campaign.key} />
    </>
  );
}

/** Open now, until when; if not, why, and when next. */
function Windows({ campaign, stages }: { campaign: CampaignView; stages: readonly string[] }) {
  return (
    <div className="stack below-l">
      {campaign.windows
        .filter(({ stage }) => stages.includes(stage))
        .map(({ stage, open, sentence }) => (
          <Alert key={stage} type={open ? "success" : "info"} showIcon title={sentence} />
        ))}
    </div>
  );
}

function Heaps({ campaign, queues }: { campaign: string; queues: readonly QueueView[] }) {
  const query = useQuery(api.cases.countQueue.queryOptions({ input: { campaign }, refetchInterval: 60_000 }));
  return (
    <Fetched query={query}>
      {({ counts }) => (
        <>
          <Typography.Title level={3}>由我办理</Typography.Title>
          <div className="cards">
            {queues
              .filter(({ mine }) => mine)
              .map((queue) => (
                <Heap key={queue.key} campaign={campaign} queue={queue} counts={counts} />
              ))}
          </div>
          <Typography.Title level={3} className="above-l">
            其他
          </Typography.Title>
          <div className="cards">
            {queues
              .filter(({ mine }) => !mine)
              .map((queue) => (
                <Heap key={queue.key} campaign={campaign} queue={queue} counts={counts} />
              ))}
          </div>
        </>
      )}
    </Fetched>
  );
}

function Heap({ campaign, queue, counts }: { campaign: string; queue: QueueView; counts: Record<string, number> }) {
  const number = useQueueCount(campaign, queue, counts);
  return (
    <Link to="/office/$campaign/queue" params={{ campaign }} search={{ queue: queue.key }} className="card-link">
      <Card size="small" hoverable>
        <div className="heap-head">
          <strong>{queue.title}</strong>
          <span className="heap-count">{number}</span>
        </div>
        <div>{queue.todo}</div>
      </Card>
    </Link>
  );
}

/** The other pages of this post. */
function Pages({ campaign }: { campaign: string }) {
  const pages = useMenu().filter(({ group }) => group !== "entry");
  return (
    <nav aria-label="其他页面" className="other-pages">
      {pages.map(({ path, title }) => (
        <Link key={path} to={path} params={{ campaign }}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
