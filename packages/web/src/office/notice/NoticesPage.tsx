import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Tag, Typography } from "antd";
import { useCampaign } from "../../ui/campaign.ts";
import { client, queryClient } from "../../ui/client.ts";
import { endText, momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { ActionButton } from "../acts/ActionButton.tsx";

type Notice = Awaited<ReturnType<typeof client.notice.listNotices>>["items"][number];

/** The district's public notices: frozen lists, counted days, no early end (Notice §三(三)). */
export function NoticesPage() {
  const campaign = useCampaign();
  const { post } = useOffice();
  const { message } = App.useApp();
  const close = useMutation({
    mutationFn: (notice: string) => client.notice.closeNotice({ campaign: campaign.key, notice }),
    onSuccess: async ({ done, refused }) => {
      message.success(refused === 0 ? `公示期满，${done}人可以上报。` : `公示期满${done}人，仍在核查${refused}人。`);
      await queryClient.invalidateQueries();
    },
  });
  return (
    <>
      <Typography.Title level={2}>公示</Typography.Title>
      <Typography.Paragraph>
        公示名单在“办件 · 已初审，待公示”中选择并公布。公布后名单不能改动，公示期满才能结束。
      </Typography.Paragraph>
      {close.error !== null && <ProblemAlert error={close.error} />}
      <PagedTable<Notice>
        title="公示"
        name={["notices", campaign.key, post.organisationId]}
        read={(page) => client.notice.listNotices({ campaign: campaign.key, authority: post.organisationId, ...page })}
        rowKey={({ id }) => id}
        empty="还没有公布公示名单。"
        columns={[
          {
            title: "公示编号",
            render: (_, { id, number }) => (
              <Link to="/office/$campaign/notices/$notice" params={{ campaign: campaign.key, notice: id }}>
                {number}
              </Link>
            ),
          },
          { title: "人数", dataIndex: "entries" },
          { title: "公布时间", render: (_, { publishedAt }) => momentText(publishedAt) },
          { title: "公示期", render: (_, { firstDay, lastDay }) => `${firstDay} 至 ${lastDay}` },
          { title: "期满时间", render: (_, { endsAt }) => endText(endsAt) },
          {
            title: "状态",
            render: (_, { closedAt }) => (closedAt === null ? <Tag color="blue">公示中</Tag> : <Tag>已期满</Tag>),
          },
          {
            title: "办理",
            render: (_, { id, actions }) =>
              actions.map((action) => (
                <ActionButton
                  key={action.name}
                  action={action}
                  size="small"
                  loading={close.isPending && close.variables === id}
                  onClick={() => close.mutate(id)}
                >
                  办理期满
                </ActionButton>
              )),
          },
        ]}
      />
    </>
  );
}
