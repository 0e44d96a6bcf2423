import { contract } from "@shice/contract/contract.ts";
import type { ManifestView } from "@shice/contract/preliminary.ts";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Alert, Descriptions, Progress, Space, Typography } from "antd";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { FileButton } from "../../ui/FileButton.tsx";
import { momentText } from "../../ui/moment.ts";
import { Fetched } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { Bags } from "./Bags.tsx";

export function ManifestPage() {
  const campaign = useCampaignKey();
  const { manifest = "" } = useParams({ strict: false });
  const query = useQuery(api.preliminary.getManifest.queryOptions({ input: { campaign, manifest } }));
  return <Fetched query={query}>{(found) => <Manifest key={found.id} found={found} />}</Fetched>;
}

/** One list: bag after another is scanned or ticked, what is short is noted beside it, the school sees how far it is. */
function Manifest({ found }: { found: ManifestView }) {
  const campaign = useCampaignKey();
  const { may } = useOffice();
  const ofDistrict = may(contract.preliminary.settleItems);
  const receives = ofDistrict && found.receivedAt === null;
  return (
    <>
      <Typography.Title level={2}>交接清单 {found.number}</Typography.Title>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 3 }}
        items={[
          {
            key: "point",
            label: "报送单位",
            children: found.continuedBy === null ? found.point : `${found.point}（已并入${found.continuedBy}）`,
          },
          { key: "authority", label: "接收单位", children: found.authority },
          { key: "entries", label: "件数", children: found.entries },
          { key: "at", label: "报送", children: `${momentText(found.handedOverAt)} ${found.handedOverBy}` },
          {
            key: "received",
            label: "签收",
            children:
              found.receivedAt === null
                ? found.settled === 0
                  ? "待签收"
                  : `已签收 ${found.settled}/${found.entries}`
                : `${momentText(found.receivedAt)} ${found.receivedBy ?? ""}`,
          },
          { key: "hash", label: "清单校验值", children: <code>{found.listHash.slice(0, 12)}</code> },
        ]}
      />
      {found.receivedAt === null && found.settled > 0 && (
        <Progress
          percent={Math.floor((found.settled / found.entries) * 100)}
          className="w-search"
          aria-label="签收进度"
        />
      )}
      {found.outstanding > 0 && (
        <Alert
          type="warning"
          showIcon
          className="around"
          title={
            ofDistrict
              ? `有${found.outstanding}件缺少或不符，已通知学校补交。收到补交的，在该行登记。`
              : `区县核对发现${found.outstanding}件缺少或不符，请尽快补交。`
          }
        />
      )}
      <Space wrap className="no-print flex around">
        <FileButton open read={() => client.documents.getManifestSheet({ campaign, manifest: found.id })}>
          打印交接清单
        </FileButton>
        <FileButton open read={() => client.documents.getBagLabels({ campaign, manifest: found.id })}>
          打印档案袋标签
        </FileButton>
        <FileButton read={() => client.documents.getManifestBook({ campaign, manifest: found.id })}>
          下载 Excel
        </FileButton>
      </Space>
      <Bags found={found} receives={receives} ofDistrict={ofDistrict} />
    </>
  );
}
