import { contract } from "@shice/contract/contract.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Modal, Select, Space, Tabs, Tag, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { Fetched, ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { ActionButton } from "../acts/ActionButton.tsx";

type Report = Awaited<ReturnType<typeof client.report.listReports>>["items"][number];

/** The statistics table (annex 2) as it stands now, and what was reported of it under two signatures (Notice §三(三)). */
export function ReportsPage() {
  return (
    <>
      <Typography.Title level={2}>统计与上报</Typography.Title>
      <Tabs
        items={[
          { key: "now", label: "实时统计", children: <Statistics /> },
          { key: "reports", label: "上报情况", children: <Reports /> },
        ]}
      />
    </>
  );
}

function Statistics() {
  const campaign = useCampaign();
  const [by, setBy] = useState<"area" | "institution-kind">("area");
  const [opened, setOpened] = useState<{ figure: string; title: string }>();
  const query = useQuery(api.report.getStatistics.queryOptions({ input: { campaign: campaign.key, by } }));
  return (
    <>
      <Select
        aria-label="分组"
        value={by}
        onChange={setBy}
        className="w-m below"
        options={[
          { value: "area", label: "按区县" },
          { value: "institution-kind", label: "按学校类别" },
        ]}
      />
      <Fetched query={query}>
        {({ figures, rows, violations }) => (
          <>
            {violations.map((violation) => (
              <Alert key={violation} type="error" showIcon title={violation} className="below-s" />
            ))}
            <DataTable
              label="注册情况统计"
              size="small"
              rowKey="key"
              dataSource={rows}
              pagination={false}
              columns={[
                { title: by === "area" ? "区县" : "学校类别", dataIndex: "title" },
                ...figures.map(({ key, title, definition }) => ({
                  title: (
                    <button
                      type="button"
                      className="link-button"
                      title={definition}
                      onClick={() => setOpened({ figure: key, title })}
                    >
                      {title}
                    </button>
                  ),
                  key,
                  align: "right" as const,
                  render: (_: unknown, row: { values: Record<string, number> }) => row.values[key] ?? 0,
                })),
              ]}
            />
            <Typography.Paragraph className="above-s">点击项目名称，可以查看这个数字对应的人员。</Typography.Paragraph>
          </>
        )}
      </Fetched>
      {opened !== undefined && (
        <Modal open width={760} title={`${opened.title}：人员名单`} footer={null} onCancel={() => setOpened(undefined)}>
          <PagedTable<{ application: string | null; name: string; school: string | null; state: string }>
            title={opened.title}
            name={["people", campaign.key, opened.figure]}
            read={(page) => client.report.listPeople({ campaign: campaign.key, figure: opened.figure, ...page })}
            rowKey={({ application, name, school }) => application ?? `${name}${school}`}
            empty="没有人员。"
            columns={[
              { title: "姓名", dataIndex: "name" },
              { title: "学校", dataIndex: "school" },
              { title: "状态", dataIndex: "state" },
            ]}
          />
        </Modal>
      )}
    </>
  );
}

function Reports() {
  const campaign = useCampaign();
  const { may } = useOffice();
  const { message } = App.useApp();
  const act = useMutation({
    mutationFn: (send: () => Promise<string>) => send(),
    onSuccess: async (sentence) => {
      message.success(sentence);
      await queryClient.invalidateQueries();
    },
  });
  const input = (report: string) => ({ campaign: campaign.key, report });
  const sends: Record<Report["actions"][number]["name"], (report: string) => Promise<string>> = {
    report: async (report) => {
      const { outcome } = await client.report.report(input(report));
      return `已上报${outcome.done}人。`;
    },
    "receive-paper": async (report) => {
      await client.report.receivePaper(input(report));
      return "已登记收到纸质统计表。";
    },
    "accept-report": async (report) => {
      await client.report.acceptReport(input(report));
      return "已接收上报。";
    },
  };
  return (
    <>
      {may(contract.report.prepareReport) && (
        <Space className="below">
          <Button
            type="primary"
            loading={act.isPending}
            onClick={() =>
              act.mutate(async () => {
                await client.report.prepareReport({ campaign: campaign.key });
                return "统计表已填制，请区县负责人审核上报。";
              })
            }
          >
            填制统计表
          </Button>
          <span>公示期满后填制，由区县负责人审核上报。</span>
        </Space>
      )}
      {act.error !== null && <ProblemAlert error={act.error} />}
      <PagedTable<Report>
        title="上报情况"
        name={["reports", campaign.key]}
        read={(page) => client.report.listReports({ campaign: campaign.key, ...page })}
        rowKey={({ id }) => id}
        empty="还没有填制统计表。"
        columns={[
          { title: "单位", dataIndex: "authority" },
          { title: "批次", render: (_, { number }) => `第${number}次` },
          { title: "人数", dataIndex: "cases" },
          { title: "填表", render: (_, row) => `${row.preparedBy}　${momentText(row.preparedAt)}` },
          {
            title: "审核上报",
            render: (_, { reportedAt, reportedBy, lateMinutes }) =>
              reportedAt === null ? (
                <Tag color="warning">待审核</Tag>
              ) : (
                <>
                  {reportedBy}　{momentText(reportedAt)} <Late minutes={lateMinutes} />
                </>
              ),
          },
          {
            title: "纸质件",
            render: (_, { paperReceivedAt, paperLateMinutes }) =>
              paperReceivedAt === null ? (
                "未收到"
              ) : (
                <>
                  {momentText(paperReceivedAt)} <Late minutes={paperLateMinutes} />
                </>
              ),
          },
          { title: "接收", render: (_, { acceptedAt }) => (acceptedAt === null ? "未接收" : momentText(acceptedAt)) },
          {
            title: "办理",
            render: (_, row) => (
              <Space wrap>
                {row.actions.map((action) => (
                  <ActionButton
                    key={action.name}
                    action={action}
                    size="small"
                    type={action.name === "report" ? "primary" : "default"}
                    onClick={() => act.mutate(() => sends[action.name](row.id))}
                  />
                ))}
              </Space>
            ),
          },
        ]}
      />
    </>
  );
}

function Late({ minutes }: { minutes: number | null }) {
  if (minutes === null || minutes === 0) return null;
  return <Tag color="red">逾期{minutes >= 1440 ? `${Math.floor(minutes / 1440)}天` : `${minutes}分钟`}</Tag>;
}
