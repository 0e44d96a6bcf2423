import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Card, Descriptions, Form, InputNumber, Space, Tag, Typography } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { Fetched, Nothing, ProblemAlert } from "../../ui/problem.tsx";

type Sample = Awaited<ReturnType<typeof client.review.listSamples>>[number];
type Row = Awaited<ReturnType<typeof client.review.listSample>>["items"][number];

/** Second checks by sample: the seed is sealed before the reports come in, the draw can be repeated by anyone. */
export function SamplesPage() {
  const campaign = useCampaignKey();
  const [committing, setCommitting] = useState(false);
  const query = useQuery(api.review.listSamples.queryOptions({ input: { campaign } }));
  return (
    <>
      <Typography.Title level={2}>抽查</Typography.Title>
      <Typography.Paragraph>
        上报之前封存随机种子，上报之后按种子抽取。种子和抽取方法公开，任何人都能核对抽取结果。
      </Typography.Paragraph>
      <Button type="primary" onClick={() => setCommitting(true)} className="below">
        封存抽查种子
      </Button>
      <Fetched query={query}>
        {(samples) =>
          samples.length === 0 ? (
            <Nothing text="还没有封存抽查种子。" />
          ) : (
            <div className="stack-l">
              {samples.map((sample) => (
                <OneSample key={sample.id} sample={sample} campaign={campaign} />
              ))}
            </div>
          )
        }
      </Fetched>
      {committing && (
        <FormDialog<{ percent?: number }, unknown>
          title="封存抽查种子"
          tells="系统生成随机种子并封存，只公布其校验值。抽取之后公布种子。"
          send={({ percent }, once) =>
            client.review.commitSample({ campaign, ...(percent == null ? {} : { percent }) }, once)
          }
          onDone={() => setCommitting(false)}
          onCancel={() => setCommitting(false)}
        >
          <Form.Item name="percent" label="抽查比例（%）" extra="不填的，按批次方案规定的比例。">
            <InputNumber min={0} max={100} />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}

function OneSample({ sample, campaign }: { sample: Sample; campaign: string }) {
  const { message } = App.useApp();
  const act = useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSuccess: async () => {
      message.success("已登记。");
      await queryClient.invalidateQueries();
    },
  });
  const record = (application: string, outcome: "agrees" | "differs") =>
    act.mutate(() => client.review.recordSample({ campaign, sample: sample.id, applications: [application], outcome }));
  return (
    <Card
      size="small"
      title={`封存于 ${momentText(sample.committedAt)}，比例 ${sample.percent}%`}
      extra={
        sample.drawnAt === null ? (
          <Button
            loading={act.isPending}
            onClick={() => act.mutate(() => client.review.drawSample({ campaign, sample: sample.id }))}
          >
            抽取样本
          </Button>
        ) : (
          <Tag color="blue">已抽取{sample.size}件</Tag>
        )
      }
    >
      {act.error !== null && <ProblemAlert error={act.error} />}
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "commitment", label: "种子校验值", children: <code className="wrap">{sample.commitment}</code> },
          ...(sample.seed === null
            ? []
            : [{ key: "seed", label: "种子", children: <code className="wrap">{sample.seed}</code> }]),
        ]}
      />
      {sample.drawnAt !== null && (
        <PagedTable<Row>
          title="抽查名单"
          name={["sample", sample.id]}
          read={(page) => client.review.listSample({ campaign, sample: sample.id, ...page })}
          rowKey={({ application }) => application}
          empty="没有抽到申请。"
          columns={[
            {
              title: "姓名",
              render: (_, { application, name }) => (
                <Link to="/office/$campaign/case/$application" params={{ campaign, application }}>
                  {name}
                </Link>
              ),
            },
            { title: "申请编号", dataIndex: "number" },
            { title: "分组", dataIndex: "stratum" },
            {
              title: "抽查结果",
              render: (_, { application, outcome }) =>
                outcome === null ? (
                  <Space>
                    <Button size="small" onClick={() => record(application, "agrees")}>
                      一致
                    </Button>
                    <Button size="small" onClick={() => record(application, "differs")}>
                      有出入
                    </Button>
                  </Space>
                ) : outcome === "agrees" ? (
                  "一致"
                ) : (
                  <Tag color="red">有出入</Tag>
                ),
            },
          ]}
        />
      )}
    </Card>
  );
}
