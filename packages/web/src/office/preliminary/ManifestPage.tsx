import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, Button, Descriptions, Input, Space, Typography } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { momentText } from "../../ui/moment.ts";
import { Fetched, ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";

type ManifestView = Awaited<ReturnType<typeof client.preliminary.getManifest>>;

export function ManifestPage() {
  const campaign = useCampaignKey();
  const { manifest = "" } = useParams({ strict: false });
  const query = useQuery(api.preliminary.getManifest.queryOptions({ input: { campaign, manifest } }));
  return <Fetched query={query}>{(found) => <Manifest found={found} />}</Fetched>;
}

/** One manifest: signed for whole, or with what is missing or wrong beside the row. */
function Manifest({ found }: { found: ManifestView }) {
  const campaign = useCampaignKey();
  const { post } = useOffice();
  const [differences, setDifferences] = useState<Record<string, string>>({});
  const told = Object.entries(differences).filter(([, text]) => text.trim() !== "");
  const receive = useMutation({
    mutationFn: () =>
      client.preliminary.receiveManifest({
        campaign,
        manifest: found.id,
        differences: told.map(([application, difference]) => ({ application, difference: difference.trim() })),
      }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const receives = post.role !== "school-clerk" && found.receivedAt === null;
  return (
    <>
      <Typography.Title level={2}>交接清单 {found.number}</Typography.Title>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: "point", label: "报送单位", children: found.point },
          { key: "entries", label: "件数", children: found.entries },
          { key: "at", label: "报送时间", children: momentText(found.handedOverAt) },
          {
            key: "received",
            label: "签收",
            children: found.receivedAt === null ? "待签收" : momentText(found.receivedAt),
          },
          { key: "hash", label: "清单校验值", children: <code>{found.listHash.slice(0, 16)}</code> },
        ]}
      />
      <Space style={{ marginBlock: 12 }} className="no-print">
        {receives && (
          <Button type="primary" loading={receive.isPending} onClick={() => receive.mutate()}>
            {told.length === 0 ? "全部收到，签收" : `签收，${told.length}件有出入`}
          </Button>
        )}
        <Button onClick={() => window.print()}>打印</Button>
      </Space>
      {receive.error !== null && <ProblemAlert error={receive.error} />}
      {receives && (
        <Alert type="info" showIcon style={{ marginBottom: 12 }} title="材料缺少或不符的，在该行写明，再签收。" />
      )}
      <DataTable
        label="清单明细"
        size="small"
        rowKey="application"
        dataSource={found.items}
        pagination={false}
        columns={[
          { title: "序号", dataIndex: "position", width: 70 },
          {
            title: "姓名",
            render: (_, { application, name }) => (
              <Link to="/office/$campaign/case/$application" params={{ campaign, application }}>
                {name}
              </Link>
            ),
          },
          { title: "申请编号", dataIndex: "number" },
          {
            title: "出入",
            render: (_, { application, name, difference }) =>
              receives ? (
                <Input
                  aria-label={`${name}的材料出入`}
                  maxLength={300}
                  placeholder="没有出入的不填"
                  value={differences[application] ?? ""}
                  onChange={({ target }) => setDifferences((now) => ({ ...now, [application]: target.value }))}
                />
              ) : (
                (difference ?? (found.receivedAt === null ? "" : "收到"))
              ),
          },
        ]}
      />
    </>
  );
}
