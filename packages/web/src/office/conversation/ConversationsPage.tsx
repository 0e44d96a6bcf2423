import { Link } from "@tanstack/react-router";
import { Typography } from "antd";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";

type Open = Awaited<ReturnType<typeof client.conversation.listOpen>>["items"][number];

/** Teachers' words that wait for an answer of this office, the longest waiting first. */
export function ConversationsPage() {
  const campaign = useCampaignKey();
  return (
    <>
      <Typography.Title level={2}>教师留言</Typography.Title>
      <Typography.Paragraph>
        等待本单位答复的留言，等得最久的在最前面。打开申请，在“教师留言”中答复；不需要答复的，按“无须答复”。
      </Typography.Paragraph>
      <PagedTable<Open>
        title="等待答复的留言"
        name={["conversations", campaign]}
        read={(page) => client.conversation.listOpen({ campaign, ...page })}
        rowKey={({ application }) => application}
        empty="没有等待答复的留言。"
        refetchInterval={60_000}
        columns={[
          {
            title: "教师",
            render: (_, { application, name, number }) => (
              <>
                <Link to="/office/$campaign/case/$application" params={{ campaign, application }}>
                  {name}
                </Link>
                <div>{number}</div>
              </>
            ),
          },
          { title: "学校", render: (_, { school }) => school ?? "—" },
          { title: "状态", dataIndex: "stateTitle" },
          {
            title: "最近的留言",
            render: (_, { text }) => <span className="lines-kept">{text}</span>,
          },
          { title: "等待答复始于", render: (_, { at }) => momentText(at) },
        ]}
      />
    </>
  );
}
