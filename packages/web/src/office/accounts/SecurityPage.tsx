import { Typography } from "antd";
import { client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { PostsTable } from "./PostsTable.tsx";

type Refused = Awaited<ReturnType<typeof client.accounts.listRefusedSignIns>>["items"][number];

/** Who may do what, and who was turned away: the security administrator ends posts and accounts, and grants none. */
export function SecurityPage() {
  return (
    <>
      <Typography.Title level={2}>岗位与登录安全</Typography.Title>
      <Typography.Paragraph>
        系统管理员授予岗位，安全管理员可以免去岗位、停用账号，审计员查看日志，三者不得由同一人担任。
      </Typography.Paragraph>
      <Typography.Title level={3}>在岗人员</Typography.Title>
      <PostsTable enables={false} />
      <Typography.Title level={3} className="above-l">
        被拒绝的登录
      </Typography.Title>
      <PagedTable<Refused>
        title="被拒绝的登录"
        name={["refused-sign-ins"]}
        read={(page) => client.accounts.listRefusedSignIns(page)}
        rowKey={({ id }) => id}
        empty="没有被拒绝的登录。"
        columns={[
          { title: "时间", render: (_, { at }) => momentText(at) },
          { title: "账号", render: (_, { name }) => name ?? "（没有这个账号）" },
          { title: "原因", dataIndex: "sentence" },
        ]}
      />
    </>
  );
}
