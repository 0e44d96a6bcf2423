import { Typography } from "antd";
import { client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";

type Failed = Awaited<ReturnType<typeof client.messages.listFailed>>["items"][number];
const channels: Record<string, string> = { email: "电子邮件", sms: "短信", inbox: "站内消息" };

/** Messages that could not be delivered: work for somebody, not a line in a log. */
export function DeliveriesPage() {
  return (
    <>
      <Typography.Title level={2}>未送达的消息</Typography.Title>
      <Typography.Paragraph>
        多次发送仍未送达的消息。本校教师的，请当面或电话告知，并请本人核对邮箱和手机；大量未送达的，请系统管理员检查邮件服务器和短信网关。
      </Typography.Paragraph>
      <PagedTable<Failed>
        title="未送达的消息"
        name={["failed"]}
        read={(page) => client.messages.listFailed(page)}
        rowKey={({ id }) => id}
        empty="没有未送达的消息。"
        columns={[
          { title: "时间", render: (_, { at }) => momentText(at) },
          { title: "方式", render: (_, { channel }) => channels[channel] ?? channel },
          { title: "内容", dataIndex: "title" },
          {
            title: "收件人",
            render: (_, { name, number }) =>
              name === null ? "—" : `${name}${number === null ? "（名册登记的手机）" : `（${number}）`}`,
          },
          { title: "已试次数", dataIndex: "attempts", align: "right" },
        ]}
      />
    </>
  );
}
