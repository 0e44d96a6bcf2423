import { stageTitles, windowedStages } from "@shice/rules/plan/stage.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, App, Button, DatePicker, Form, Input, Modal, Radio, Select, Space, Tabs, Typography } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { type CampaignView, useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { Fetched, ProblemAlert } from "../../ui/problem.tsx";
import { SchoolPicker } from "../../ui/SchoolPicker.tsx";
import { Texts } from "./Texts.tsx";

type Stage = (typeof windowedStages)[number];

/** Windows as they stand now, the plan in its versions, and the extensions granted. */
export function CampaignPage() {
  const campaign = useCampaign();
  return (
    <>
      <Typography.Title level={2}>批次方案与延期</Typography.Title>
      <Tabs
        items={[
          { key: "windows", label: "各环节时间", children: <Windows campaign={campaign} /> },
          { key: "extensions", label: "延期", children: <Extensions campaign={campaign} /> },
          { key: "versions", label: "方案版本", children: <Versions campaign={campaign} /> },
          { key: "texts", label: "通知原文和注意事项", children: <Texts campaign={campaign.key} /> },
          { key: "close", label: "结束批次", children: <Close campaign={campaign} /> },
        ]}
      />
    </>
  );
}

function Windows({ campaign }: { campaign: CampaignView }) {
  return (
    <div className="stack">
      {campaign.windows.map(({ stage, open, sentence }) => (
        <Alert key={stage} type={open ? "success" : "info"} showIcon title={sentence} />
      ))}
    </div>
  );
}

interface Granted {
  stage: Stage;
  whom: "authority" | "school";
  authority?: string;
  school?: string;
  until: Dayjs;
  reason: string;
}

function Extensions({ campaign }: { campaign: CampaignView }) {
  const [granting, setGranting] = useState(false);
  const query = useQuery(api.campaigns.listExtensions.queryOptions({ input: { campaign: campaign.key } }));
  const bodies = useQuery(api.organisations.listBodies.queryOptions({ input: { campaign: campaign.key } }));
  const nameOf = (id: string | null) => (bodies.data ?? []).find((body) => body.id === id)?.name;
  return (
    <>
      <Typography.Paragraph>
        延期针对一个区县、一所学校或一份申请，须写明理由和截止时间；其他单位仍按原定时间。
      </Typography.Paragraph>
      <Button type="primary" onClick={() => setGranting(true)} className="below">
        批准延期
      </Button>
      <Fetched query={query}>
        {(rows) => (
          <DataTable
            label="延期记录"
            size="small"
            rowKey="id"
            dataSource={rows}
            pagination={false}
            columns={[
              { title: "环节", render: (_, { stage }) => stageTitles[stage] },
              {
                title: "对象",
                render: (_, { authority, school, application }) =>
                  nameOf(authority) ?? (school !== null ? "一所学校" : application !== null ? "一份申请" : ""),
              },
              { title: "截止", render: (_, { until }) => momentText(until) },
              { title: "理由", dataIndex: "reason" },
              { title: "批准时间", render: (_, { grantedAt }) => momentText(grantedAt) },
            ]}
          />
        )}
      </Fetched>
      {granting && (
        <FormDialog<Granted, unknown>
          title="批准延期"
          tells="在新的截止时间之前，所选对象可以继续办理该环节。"
          initial={{ whom: "school" }}
          send={({ stage, whom, authority, school, until, reason }, once) =>
            client.campaigns.grantExtension(
              {
                campaign: campaign.key,
                stage,
                ...(whom === "authority" && authority !== undefined ? { authority } : {}),
                ...(whom === "school" && school !== undefined ? { school } : {}),
                until: until.toISOString(),
                reason,
              },
              once,
            )
          }
          onDone={() => setGranting(false)}
          onCancel={() => setGranting(false)}
        >
          <Form.Item name="stage" label="环节" rules={[{ required: true, message: "请选择环节。" }]}>
            <Select options={windowedStages.map((stage) => ({ value: stage, label: stageTitles[stage] }))} />
          </Form.Item>
          <Form.Item name="whom" label="对象">
            <Radio.Group
              options={[
                { value: "school", label: "一所学校" },
                { value: "authority", label: "一个区县" },
              ]}
            />
          </Form.Item>
          <Form.Item noStyle dependencies={["whom"]}>
            {({ getFieldValue }) =>
              getFieldValue("whom") === "authority" ? (
                <Form.Item name="authority" label="区县" rules={[{ required: true, message: "请选择区县。" }]}>
                  <Select
                    showSearch={{ optionFilterProp: "label" }}
                    options={(bodies.data ?? [])
                      .filter(({ area }) => area !== null)
                      .map(({ id, name }) => ({ value: id, label: name }))}
                  />
                </Form.Item>
              ) : (
                <Form.Item name="school" label="学校" rules={[{ required: true, message: "请选择学校。" }]}>
                  <SchoolPicker />
                </Form.Item>
              )
            }
          </Form.Item>
          <Form.Item name="until" label="延期至" rules={[{ required: true, message: "请选择截止时间。" }]}>
            <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" className="full" />
          </Form.Item>
          <Form.Item
            name="reason"
            label="理由"
            rules={[{ required: true, whitespace: true, min: 2, message: "请填写理由。" }]}
          >
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}

function Versions({ campaign }: { campaign: CampaignView }) {
  const [shown, setShown] = useState<string>();
  const [amending, setAmending] = useState(false);
  const query = useQuery(api.campaigns.listPlanVersions.queryOptions({ input: { campaign: campaign.key } }));
  return (
    <>
      <Typography.Paragraph>
        已经发布的方案不能改动；修订发布为新的版本，自发布起执行，已经告知的截止时间不缩短。
      </Typography.Paragraph>
      <Button onClick={() => setAmending(true)} className="below">
        发布修订版
      </Button>
      <Fetched query={query}>
        {(versions) => (
          <DataTable
            label="方案各版本"
            size="small"
            rowKey="version"
            dataSource={versions}
            pagination={false}
            columns={[
              { title: "版本", render: (_, { version }) => `第${version}版` },
              { title: "说明", dataIndex: "reason" },
              { title: "发布时间", render: (_, { publishedAt }) => momentText(publishedAt) },
              { title: "校验值", render: (_, { sourceHash }) => <code>{sourceHash.slice(0, 16)}</code> },
              {
                title: "原文",
                render: (_, { source }) => (
                  <Button size="small" onClick={() => setShown(source)}>
                    查看
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Fetched>
      <Modal open={shown !== undefined} width={900} title="方案原文" footer={null} onCancel={() => setShown(undefined)}>
        <pre className="scrolls">{shown}</pre>
      </Modal>
      {amending && (
        <FormDialog<{ plan: string; reason: string }, unknown>
          title="发布修订版"
          width={900}
          tells="粘贴修订后的方案全文。有错误的，逐条指出，不会发布。"
          initial={{ plan: query.data?.at(-1)?.source ?? "" }}
          send={({ plan, reason }, once) => client.campaigns.amendPlan({ campaign: campaign.key, plan, reason }, once)}
          onDone={() => setAmending(false)}
          onCancel={() => setAmending(false)}
        >
          <Form.Item name="plan" label="方案全文（YAML）" rules={[{ required: true, message: "请填写方案。" }]}>
            <Input.TextArea rows={16} className="code" />
          </Form.Item>
          <Form.Item
            name="reason"
            label="修订说明"
            rules={[{ required: true, whitespace: true, min: 2, message: "请填写修订说明。" }]}
          >
            <Input maxLength={500} />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}

function Close({ campaign }: { campaign: CampaignView }) {
  const { message, modal } = App.useApp();
  const close = useMutation({
    mutationFn: () => client.campaigns.closeCampaign({ campaign: campaign.key }),
    onSuccess: async () => {
      message.success("批次已结束。");
      await queryClient.invalidateQueries();
    },
  });
  if (campaign.closedAt !== null)
    return <Typography.Paragraph>批次已于 {momentText(campaign.closedAt)} 结束。</Typography.Paragraph>;
  return (
    <>
      <Typography.Paragraph>全部申请办结或转入下一批次后，才能结束批次。</Typography.Paragraph>
      {close.error !== null && <ProblemAlert error={close.error} />}
      <Space>
        <Button
          danger
          loading={close.isPending}
          onClick={() =>
            modal.confirm({
              title: "结束本批次？",
              content: "结束后，本批次只能查阅、打印、核验和归档，办理申诉、撤销注册，不能再办理其他事项，也不能恢复。",
              okText: "结束批次",
              cancelText: "取消",
              onOk: () => close.mutateAsync().catch(() => undefined),
            })
          }
        >
          结束批次
        </Button>
      </Space>
    </>
  );
}
