import { certificateTitles } from "@shice/rules/plan/institution.ts";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Descriptions, Typography } from "antd";
import { conclusionName, useCampaign } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { endText, momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { Fetched } from "../../ui/problem.tsx";

type Entry = Awaited<ReturnType<typeof client.notice.getNotice>>["page"]["items"][number];

/** One notice as the public sees it: the same masked rows, in the same order. */
export function NoticePage() {
  const campaign = useCampaign();
  const { notice = "" } = useParams({ strict: false });
  const input = { campaign: campaign.key, notice };
  const query = useQuery(api.notice.getNotice.queryOptions({ input }));
  return (
    <Fetched query={query}>
      {(found) => (
        <>
          <Typography.Title level={2}>公示 {found.number}</Typography.Title>
          <Descriptions
            size="small"
            column={{ xs: 1, md: 2 }}
            items={[
              { key: "authority", label: "公布单位", children: found.authority },
              { key: "entries", label: "人数", children: found.entries },
              { key: "published", label: "公布时间", children: momentText(found.publishedAt) },
              { key: "days", label: "公示期", children: `${found.firstDay} 至 ${found.lastDay}` },
              { key: "ends", label: "期满时间", children: endText(found.endsAt) },
              { key: "hash", label: "名单校验值", children: <code>{found.listHash.slice(0, 16)}</code> },
            ]}
          />
          <PagedTable<Entry>
            title="公示名单"
            name={["notice", notice]}
            read={async (page) => (await client.notice.getNotice({ ...input, ...page })).page}
            rowKey={({ position }) => String(position)}
            empty="名单是空的。"
            columns={[
              { title: "序号", dataIndex: "position" },
              { title: "姓名", dataIndex: "name" },
              { title: "任教学校", dataIndex: "school" },
              { title: "资格种类", render: (_, { certificateKind }) => certificateTitles[certificateKind] },
              { title: "任教学科", dataIndex: "subject" },
              {
                title: "注册类型",
                render: (_, { registrationKind }) => (registrationKind === "first" ? "首次注册" : "定期注册"),
              },
              { title: "拟注册结论", render: (_, { conclusion }) => conclusionName(campaign, conclusion) },
            ]}
          />
        </>
      )}
    </Fetched>
  );
}
