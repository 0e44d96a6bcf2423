import { useQuery } from "@tanstack/react-query";
import { Button, Descriptions, Modal, Space, Tag, Typography } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { Fetched } from "../../ui/problem.tsx";

type Decision = Awaited<ReturnType<typeof client.decision.listDecisions>>["items"][number];

/** The commission's decisions: number, signed list, and what is needed to verify it without Shice (Notice §三(五)). */
export function DecisionsPage() {
  const campaign = useCampaignKey();
  const [opened, setOpened] = useState<string>();
  return (
    <>
      <Typography.Title level={2}>终审决定</Typography.Title>
      <Typography.Paragraph>名单经数字签名，凭签名原文和公钥可以离线验证。</Typography.Paragraph>
      <PagedTable<Decision>
        title="终审决定"
        name={["decisions", campaign]}
        read={(page) => client.decision.listDecisions({ campaign, ...page })}
        rowKey={({ id }) => id}
        empty="还没有终审决定。"
        columns={[
          { title: "文号", dataIndex: "number" },
          {
            title: "类别",
            render: (_, { kind }) => (kind === "conclude" ? "注册结论" : <Tag color="red">撤销注册</Tag>),
          },
          { title: "人数", dataIndex: "entries" },
          { title: "决定时间", render: (_, { decidedAt }) => momentText(decidedAt) },
          { title: "签名算法", dataIndex: "signatureAlgorithm" },
          {
            title: "名单",
            render: (_, { id }) => (
              <Button size="small" onClick={() => setOpened(id)}>
                查看签名原文
              </Button>
            ),
          },
        ]}
      />
      {opened !== undefined && (
        <DecisionList campaign={campaign} decision={opened} onClose={() => setOpened(undefined)} />
      )}
    </>
  );
}

function DecisionList({ campaign, decision, onClose }: { campaign: string; decision: string; onClose: () => void }) {
  const query = useQuery(api.decision.getDecisionList.queryOptions({ input: { campaign, decision } }));
  return (
    <Modal open width={820} title="决定名单（签名原文）" onCancel={onClose} footer={null}>
      <Fetched query={query}>
        {(found) => (
          <>
            <Descriptions
              size="small"
              column={1}
              items={[
                { key: "number", label: "文号", children: found.number },
                { key: "hash", label: "名单校验值", children: <code className="wrap">{found.listHash}</code> },
                { key: "signature", label: "签名", children: <code className="wrap">{found.signature}</code> },
                { key: "key", label: "公钥", children: <code className="wrap">{found.publicKey}</code> },
              ]}
            />
            <Space className="around-s">
              <Button href={textUrl(found.list)} download={`${found.number}.txt`}>
                下载签名原文
              </Button>
            </Space>
            <pre className="scrolls lines-kept">{found.list}</pre>
          </>
        )}
      </Fetched>
    </Modal>
  );
}

function textUrl(text: string): string {
  return `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
}
