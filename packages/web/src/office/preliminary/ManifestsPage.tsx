import { Link } from "@tanstack/react-router";
import { Tag, Typography } from "antd";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";

type Manifest = Awaited<ReturnType<typeof client.preliminary.listManifests>>["items"][number];

/** What schools have handed over, and whether the district has signed for it (Notice §三(二)). */
export function ManifestsPage() {
  const campaign = useCampaignKey();
  return (
    <>
      <Typography.Title level={2}>交接清单</Typography.Title>
      <Typography.Paragraph>
        学校统一报送的申请与材料。区县收到后逐件核对、签收，有出入的逐件写明。
      </Typography.Paragraph>
      <PagedTable<Manifest>
        title="交接清单"
        name={["manifests", campaign]}
        read={(page) => client.preliminary.listManifests({ campaign, ...page })}
        rowKey={({ id }) => id}
        empty="还没有交接清单。"
        columns={[
          {
            title: "清单编号",
            render: (_, { id, number }) => (
              <Link to="/office/$campaign/manifests/$manifest" params={{ campaign, manifest: id }}>
                {number}
              </Link>
            ),
          },
          { title: "报送单位", dataIndex: "point" },
          { title: "件数", dataIndex: "entries" },
          { title: "报送时间", render: (_, { handedOverAt }) => momentText(handedOverAt) },
          {
            title: "签收",
            render: (_, { receivedAt }) =>
              receivedAt === null ? <Tag color="orange">待签收</Tag> : `${momentText(receivedAt)} 已签收`,
          },
        ]}
      />
    </>
  );
}
