import { contract } from "@shice/contract/contract.ts";
import type { ReturnRanking } from "@shice/contract/returns.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Card, Select, Space, Statistic, Typography } from "antd";
import { Bar } from "../../ui/Bar.tsx";
import { useCampaign } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { Fetched, Nothing } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { ReturnedCases } from "./ReturnedCases.tsx";
import type { ReturnsSearch } from "./search.ts";

const stages = { confirm: "学校退回教师", preliminary: "区县退回学校" } as const;

/** Why applications go back, how often, and what comes of it; every figure opens the cases behind it. */
export function ReturnsPage() {
  const campaign = useCampaign();
  const { may } = useOffice();
  const navigate = useNavigate();
  const search: ReturnsSearch = useSearch({ strict: false });
  const { stage, authority, school } = search;
  const filter = {
    ...(stage === undefined ? {} : { stage }),
    ...(authority === undefined ? {} : { authority }),
    ...(school === undefined ? {} : { school }),
  };
  const query = useQuery(api.returns.rankReturns.queryOptions({ input: { campaign: campaign.key, ...filter } }));
  const go = (change: Partial<ReturnsSearch>) =>
    navigate({
      to: "/office/$campaign/returns",
      params: { campaign: campaign.key },
      search: { ...search, list: undefined, reason: undefined, rounds: undefined, outcome: undefined, ...change },
      resetScroll: change.list === undefined,
    });
  return (
    <>
      <Typography.Title level={2}>退回原因排行</Typography.Title>
      <Typography.Paragraph>
        申请因什么退回、退了几次、是否按时答复。点数字查看其中的申请。
        {may(contract.confirmation.returnToApplicant)
          ? "常见的原因，请在填报时提醒教师。"
          : "常见的原因，请提醒学校事先核对。"}
      </Typography.Paragraph>
      <Space wrap className="flex below">
        <Select<keyof typeof stages | "all">
          aria-label="哪一级退回"
          className="w-l"
          value={stage ?? "all"}
          onChange={(now) => go({ stage: now === "all" ? undefined : now })}
          options={[
            { value: "all", label: "全部退回" },
            ...(["confirm", "preliminary"] as const).map((value) => ({ value, label: stages[value] })),
          ]}
        />
        {(authority !== undefined || school !== undefined) && (
          <Button onClick={() => go({ authority: undefined, school: undefined })}>回到全部</Button>
        )}
      </Space>
      <Fetched query={query}>{(ranking) => <Ranking ranking={ranking} search={search} go={go} />}</Fetched>
    </>
  );
}

interface RankingProps {
  ranking: ReturnRanking;
  search: ReturnsSearch;
  go: (change: Partial<ReturnsSearch>) => void;
}

function Ranking({ ranking, search, go }: RankingProps) {
  const { total, submitted } = ranking;
  const closed = total.answered + total.expired;
  return (
    <>
      <Space size={40} wrap className="below-l">
        <Statistic title="提交过的申请" value={submitted} />
        <Statistic title="退回过的申请" value={total.cases} suffix={`件（${partText(total.cases, submitted)}）`} />
        <Statistic title="退回次数" value={total.returns} />
        <Statistic title="按时答复" value={total.answered} suffix={`次（${partText(total.answered, closed)}）`} />
      </Space>
      {total.returns === 0 ? (
        <Nothing text="没有退回过的申请。" />
      ) : (
        <div className="stack-l">
          <Reasons ranking={ranking} search={search} go={go} />
          <Rounds ranking={ranking} search={search} go={go} />
          {ranking.places.length > 1 && <Places ranking={ranking} search={search} go={go} />}
        </div>
      )}
      {search.list !== undefined && <ReturnedCases search={search} reasons={ranking.reasons} />}
    </>
  );
}

function partText(part: number, whole: number): string {
  return whole === 0 ? "—" : `${Math.round((part / whole) * 100)}%`;
}

/** A figure that opens its cases; nought opens nothing. */
function Figure({ value, label, onOpen }: { value: number; label: string; onOpen: () => void }) {
  if (value === 0) return <>0</>;
  return (
    <Button type="link" size="small" onClick={onOpen} aria-label={`${label}：${value}，查看申请`} className="bare">
      {value}
    </Button>
  );
}

function Reasons({ ranking: { reasons, total }, go }: RankingProps) {
  const most = reasons[0]?.returns ?? 1;
  return (
    <Card title="退回原因" size="small">
      <DataTable
        label="退回原因"
        size="small"
        rowKey="code"
        dataSource={reasons}
        columns={[
          { title: "名次", render: (_, _row, at) => at + 1, width: 60 },
          { title: "原因", dataIndex: "text" },
          {
            title: "次数",
            render: (_, { returns }) => (
              <span className="rank">
                <Bar share={returns / most} />
                {returns}（{partText(returns, total.returns)}）
              </span>
            ),
          },
          {
            title: "申请件数",
            render: (_, { code, text, cases }) => (
              <Figure value={cases} label={text} onOpen={() => go({ list: "reason", reason: code })} />
            ),
          },
          { title: "按时答复", dataIndex: "answered" },
          { title: "逾期未答复", dataIndex: "expired" },
          { title: "等待答复", dataIndex: "open" },
        ]}
      />
    </Card>
  );
}

const outcomeTitles = {
  answered: "按时答复",
  expired: "逾期未答复",
  open: "等待答复",
  withdrawn: "随申请撤回",
} as const;

function Rounds({ ranking: { rounds, total }, go }: RankingProps) {
  return (
    <Card title="退回次数和答复" size="small">
      <ul className="figure-list">
        {rounds.map(({ rounds: times, cases }) => (
          <li key={times}>
            退回{times}次的{" "}
            <Figure value={cases} label={`退回${times}次的`} onOpen={() => go({ list: "rounds", rounds: times })} />件
          </li>
        ))}
        {(["answered", "expired", "open", "withdrawn"] as const)
          .filter((outcome) => total[outcome] > 0)
          .map((outcome) => (
            <li key={outcome}>
              {outcomeTitles[outcome]}{" "}
              <Figure
                value={total[outcome]}
                label={outcomeTitles[outcome]}
                onOpen={() => go({ list: "outcome", outcome })}
              />
              次
            </li>
          ))}
      </ul>
    </Card>
  );
}

function Places({ ranking: { places, by }, search, go }: RankingProps) {
  const title = by === "school" ? "各校对照" : "各区县对照";
  const placeOf = (id: string) => (by === "school" ? { school: id } : { authority: id });
  return (
    <Card title={title} size="small">
      <DataTable
        label={title}
        size="small"
        rowKey="id"
        dataSource={places}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            title: by === "school" ? "学校" : "注册机构",
            render: (_, { id, name }) => (
              <Button type="link" size="small" className="bare" onClick={() => go(placeOf(id))}>
                {name}
              </Button>
            ),
          },
          { title: "提交", dataIndex: "submitted" },
          {
            title: "退回过",
            render: (_, { id, name, cases, submitted }) => (
              <>
                <Figure
                  value={cases}
                  label={name}
                  onOpen={() => go({ ...placeOf(id), list: "all", stage: search.stage })}
                />
                （{partText(cases, submitted)}）
              </>
            ),
            sorter: (one, other) => one.cases / one.submitted - other.cases / other.submitted,
          },
          { title: "退回次数", dataIndex: "returns", sorter: (one, other) => one.returns - other.returns },
          { title: "平均次数", render: (_, { returns, cases }) => (cases === 0 ? "" : (returns / cases).toFixed(1)) },
          {
            title: "按时答复",
            render: (_, { answered, expired }) => partText(answered, answered + expired),
          },
          { title: "最多的原因", render: (_, { first }) => first ?? "" },
        ]}
      />
    </Card>
  );
}
