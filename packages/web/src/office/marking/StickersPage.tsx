import { contract } from "@shice/contract/contract.ts";
import { useQuery } from "@tanstack/react-query";
import { Button, Space, Tabs, Typography } from "antd";
import { useState } from "react";
import { conclusionName, useCampaign } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { Fetched } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { MovementDialog, type MovementKind } from "./MovementDialog.tsx";
import { movementTitles } from "./movements.ts";

type Movement = Awaited<ReturnType<typeof client.marking.listMovements>>["items"][number];

/** The supervised stock: balance, need, ranges in hand, every movement with its two people (Notice §四(三)). */
export function StickersPage() {
  const campaign = useCampaign();
  const { post, may } = useOffice();
  const [moving, setMoving] = useState<MovementKind>();
  const movesStickers = may(contract.marking.receiveStickers);
  const atTop = post.organisationKind !== "authority";
  const offered: Exclude<MovementKind, "series">[] = atTop
    ? ["receive", "print", "issue", "scrap", "count"]
    : ["return", "scrap", "count"];
  return (
    <>
      <Typography.Title level={2}>注册贴</Typography.Title>
      <Typography.Paragraph>
        每一次领取、打印、发放、使用、退回和报废都由保管人和经办人二人经手，序号一一对应。
      </Typography.Paragraph>
      {movesStickers && (
        <Space wrap className="below">
          {may(contract.marking.openSeries) && atTop && (
            <Button onClick={() => setMoving("series")}>登记号段前缀</Button>
          )}
          {offered.map((kind) => (
            <Button key={kind} onClick={() => setMoving(kind)}>
              {movementTitles[kind]}
            </Button>
          ))}
        </Space>
      )}
      <Tabs
        items={[
          { key: "balance", label: "收支结存", children: <Balances campaign={campaign.key} /> },
          { key: "need", label: "应领数量", children: <Needs /> },
          { key: "holdings", label: "在库号段", children: <Holdings /> },
          {
            key: "movements",
            label: "流水",
            children: (
              <PagedTable<Movement>
                title="注册贴流水"
                name={["movements", campaign.key]}
                read={(page) => client.marking.listMovements({ campaign: campaign.key, ...page })}
                rowKey={({ id }) => id}
                empty="还没有流水。"
                columns={[
                  { title: "时间", render: (_, { at }) => momentText(at) },
                  { title: "事项", render: (_, { kind }) => movementTitles[kind] },
                  { title: "序号", render: (_, { from, to }) => (from === to ? from : `${from} 至 ${to}`) },
                  { title: "枚数", dataIndex: "count", align: "right" },
                  { title: "从", dataIndex: "fromPlace" },
                  { title: "到", dataIndex: "toPlace" },
                  { title: "保管人", dataIndex: "custodian" },
                  { title: "经办人", dataIndex: "handler" },
                  { title: "监销人", dataIndex: "witness" },
                ]}
              />
            ),
          },
        ]}
      />
      {moving !== undefined && <MovementDialog kind={moving} onClose={() => setMoving(undefined)} />}
    </>
  );
}

function Balances({ campaign }: { campaign: string }) {
  const query = useQuery(api.marking.listBalances.queryOptions({ input: { campaign } }));
  return (
    <Fetched query={query}>
      {(rows) => (
        <DataTable
          label="注册贴收支结存"
          size="small"
          rowKey={({ organisationId, series }) => `${organisationId}${series}`}
          dataSource={rows}
          pagination={false}
          columns={[
            { title: "单位", dataIndex: "organisation" },
            { title: "前缀", dataIndex: "prefix" },
            { title: "领取", dataIndex: "received", align: "right" },
            { title: "发放", dataIndex: "issued", align: "right" },
            { title: "使用", dataIndex: "used", align: "right" },
            { title: "报废", dataIndex: "scrapped", align: "right" },
            { title: "退回", dataIndex: "returned", align: "right" },
            { title: "结存", dataIndex: "inHand", align: "right" },
          ]}
        />
      )}
    </Fetched>
  );
}

function Needs() {
  const campaign = useCampaign();
  const query = useQuery(api.marking.listNeeds.queryOptions({ input: { campaign: campaign.key } }));
  return (
    <Fetched query={query}>
      {(rows) => (
        <DataTable
          label="应领数量"
          size="small"
          rowKey={({ authorityId, conclusion }) => `${authorityId}${conclusion}`}
          dataSource={rows}
          pagination={false}
          columns={[
            { title: "区县", dataIndex: "authority" },
            { title: "结论", render: (_, { conclusion }) => conclusionName(campaign, conclusion) },
            { title: "应领", dataIndex: "needed", align: "right" },
            { title: "已打印在库", dataIndex: "printedInHand", align: "right" },
          ]}
        />
      )}
    </Fetched>
  );
}

function Holdings() {
  const campaign = useCampaign();
  const query = useQuery(api.marking.listHoldings.queryOptions({ input: { campaign: campaign.key } }));
  return (
    <Fetched query={query}>
      {(rows) => (
        <DataTable
          label="在库号段"
          size="small"
          rowKey={({ series, from }) => `${series}${from}`}
          dataSource={rows}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          columns={[
            { title: "单位", dataIndex: "organisation" },
            { title: "序号", render: (_, { from, to }) => (from === to ? from : `${from} 至 ${to}`) },
            {
              title: "打印的结论",
              render: (_, { printedConclusion }) => conclusionName(campaign, printedConclusion) ?? "未打印",
            },
          ]}
        />
      )}
    </Fetched>
  );
}
