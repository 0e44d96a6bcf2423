import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Segmented, Space, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { endText, shortEnd, shortMoment } from "../../ui/moment.ts";
import { Fetched, Nothing, ProblemAlert } from "../../ui/problem.tsx";
import { RosterTabs } from "./RosterTabs.tsx";

type Row = Awaited<ReturnType<typeof client.roster.listWouldLapse>>["items"][number];
type Seen = "all" | "no" | "yes";

/** Who would lapse at the end, and why; nobody does whom the school has not seen (Notice §三(二)). */
export function LapsingPage() {
  const campaign = useCampaign();
  const [seen, setSeen] = useState<Seen>("no");
  const [after, setAfter] = useState<string>();
  const [chosen, setChosen] = useState<string[]>([]);
  const { message } = App.useApp();
  const input = { campaign: campaign.key };
  const counts = useQuery(api.roster.countWouldLapse.queryOptions({ input }));
  const list = useQuery(
    api.roster.listWouldLapse.queryOptions({
      input: {
        ...input,
        limit: 200,
        ...(seen === "all" ? {} : { seen }),
        ...(after === undefined ? {} : { after }),
      },
    }),
  );
  const rows = list.data?.items ?? [];
  const acknowledge = useMutation({
    mutationFn: () => client.roster.acknowledgeLapse({ ...input, applications: chosen }),
    onSuccess: async (outcome) => {
      message.success(`已记录：逐人看过${outcome.seen}人。`);
      setChosen([]);
      setAfter(undefined);
      await queryClient.invalidateQueries();
    },
    retry: false,
  });
  const show = (which: Seen) => {
    setSeen(which);
    setAfter(undefined);
    setChosen([]);
  };
  return (
    <>
      <Typography.Title level={2}>将视为自动放弃</Typography.Title>
      <RosterTabs here="lapsing" />
      <Typography.Paragraph>
        下列教师到期没有完成现场确认的，视为自动放弃。能办的请抓紧办理或提醒本人；确实不办的，请逐人看过后勾选、记录。学校没有看过的，到期不会自动放弃，由区县核实处理。
      </Typography.Paragraph>
      <Fetched query={counts} rows={1}>
        {({ total, unseen: open, draft, submitted, returned, endsAt }) => (
          <Alert
            type={open > 0 ? "warning" : "success"}
            showIcon
            className="below"
            title={
              total === 0
                ? "现在没有到期将视为自动放弃的教师。"
                : `共${total}人：填报中未提交${draft}人，已提交未确认${submitted}人，退回未答复${returned}人；还没有看过的${open}人。${endsAt === null ? "" : endsAt > campaign.now ? `现场确认到 ${endText(endsAt)} 截止。` : `现场确认已于 ${endText(endsAt)} 结束。`}`
            }
          />
        )}
      </Fetched>
      <Space wrap className="below">
        <Segmented<Seen>
          aria-label="看过没有"
          value={seen}
          onChange={show}
          options={[
            { value: "no", label: "还没有看过" },
            { value: "yes", label: "已经看过" },
            { value: "all", label: "全部" },
          ]}
        />
        <Button
          type="primary"
          disabled={chosen.length === 0}
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate()}
        >
          已逐人看过（所选{chosen.length}人）
        </Button>
        <Link to="/office/$campaign/roster" params={{ campaign: campaign.key }} search={{ owing: "yes" }}>
          到名册中提醒没有办完的
        </Link>
      </Space>
      {acknowledge.error !== null && <ProblemAlert error={acknowledge.error} />}
      {list.error !== null && <ProblemAlert error={list.error} again={() => list.refetch()} />}
      <DataTable<Row>
        label="到期将视为自动放弃的教师"
        rowKey="application"
        loading={list.isPending}
        dataSource={rows}
        locale={{ emptyText: <Nothing text={seen === "no" ? "都已经看过。" : "没有这样的教师。"} /> }}
        rowSelection={{
          selectedRowKeys: chosen,
          onChange: (keys) => setChosen(keys.map(String)),
          getCheckboxProps: (row) => ({ "aria-label": `选择${row.name}` }),
          getTitleCheckboxProps: () => ({ "aria-label": "选择本页全部" }),
        }}
        columns={[
          {
            title: "姓名",
            render: (_, { name, application }) => (
              <Link to="/office/$campaign/case/$application" params={{ campaign: campaign.key, application }}>
                {name}
              </Link>
            ),
          },
          { title: "申请编号", dataIndex: "number" },
          {
            title: "将因什么放弃",
            render: (_, { why, onRoster }) => (
              <>
                {why} {!onRoster && <span className="tag heed">不在名册中</span>}
              </>
            ),
          },
          { title: "从何时起", render: (_, { since }) => shortMoment(since) },
          { title: "到期", render: (_, { by }) => (by === null ? "" : shortEnd(by)) },
          {
            title: "谁看过",
            render: (_, { sight }) =>
              sight === null ? (
                <span className="tag heed">还没有看过</span>
              ) : (
                `${sight.text}：${sight.by ?? ""} ${shortMoment(sight.at)}`
              ),
          },
        ]}
      />
      {(after !== undefined || (list.data?.next ?? null) !== null) && (
        <Space className="above">
          <Button disabled={after === undefined} onClick={() => setAfter(undefined)}>
            回到第一页
          </Button>
          <Button disabled={(list.data?.next ?? null) === null} onClick={() => setAfter(list.data?.next ?? undefined)}>
            下一页
          </Button>
        </Space>
      )}
    </>
  );
}
