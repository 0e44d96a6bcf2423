import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Alert, Button, Descriptions, Space, Tag } from "antd";
import { api, client, queryClient } from "../ui/client.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { momentText } from "../ui/moment.ts";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Fetched, ProblemAlert } from "../ui/problem.tsx";
import { signOut, useMe } from "../ui/session.ts";

/** One's own account: who, which posts, where signed in; each sign-in can be ended. */
export function AccountPage() {
  const me = useMe();
  const navigate = useNavigate();
  const sessions = useQuery(api.accounts.listSessions.queryOptions());
  const end = useMutation({
    mutationFn: (session: string) => client.accounts.endSession({ session }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  if (me === undefined) return null;
  return (
    <PlainPage title="我的账号" width={760}>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: "name", label: "姓名", children: me.name },
          { key: "email", label: "电子邮箱", children: me.emailVerified ? "已验证" : "尚未验证，请按邮件中的说明验证" },
          ...me.posts.map((post) => ({ key: post.id, label: post.roleTitle, children: post.organisation })),
        ]}
      />
      {me.kind === "staff" && me.posts.length === 0 && (
        <Alert type="warning" showIcon title="您目前没有岗位。请联系本单位的系统管理员。" />
      )}
      <h2 style={{ fontSize: 17 }}>我的登录</h2>
      {end.error !== null && <ProblemAlert error={end.error} />}
      <Fetched query={sessions}>
        {(rows) => (
          <DataTable
            label="我的登录"
            size="small"
            rowKey="id"
            dataSource={rows}
            pagination={false}
            columns={[
              { title: "登录时间", render: (_, { createdAt }) => momentText(createdAt) },
              { title: "失效时间", render: (_, { expiresAt }) => momentText(expiresAt) },
              {
                title: "办理",
                render: (_, { id, current }) =>
                  current ? (
                    <Tag>本次登录</Tag>
                  ) : (
                    <Button size="small" onClick={() => end.mutate(id)}>
                      结束这次登录
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Fetched>
      <Space style={{ marginTop: 16 }}>
        <Link to={me.kind === "applicant" ? "/my" : "/office"}>
          {me.kind === "applicant" ? "到我的申请" : "到今日工作"}
        </Link>
        <Button
          onClick={async () => {
            await signOut();
            await navigate({ to: "/sign-in" });
          }}
        >
          退出登录
        </Button>
      </Space>
    </PlainPage>
  );
}
