import { roleTitles, type StaffRole, staffRoles } from "@shice/rules/lifecycle/role.ts";
import { Button, Form, Input, Select, Space, Tag } from "antd";
import { useState } from "react";
import { client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";

type Post = Awaited<ReturnType<typeof client.accounts.listPosts>>["items"][number];
type Act = "end" | "disable" | "enable";

const acts: Record<Act, { title: string; tells: string; grave: boolean }> = {
  end: { title: "免去岗位", tells: "立即生效。本人的其他岗位不受影响。", grave: true },
  disable: { title: "停用账号", tells: "立即生效：本人的全部登录结束，所有岗位都不能再用。", grave: true },
  enable: { title: "恢复账号", tells: "恢复后，本人可以用原来的密码登录，岗位照旧。", grave: false },
};

/** Who holds which post; with what the reader may do about it. */
export function PostsTable({ enables }: { enables: boolean }) {
  const [role, setRole] = useState<StaffRole>();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<{ post: Post; act: Act }>();
  const filter = { ...(role === undefined ? {} : { role }), ...(search === "" ? {} : { search }) };
  return (
    <>
      <Space wrap className="below">
        <Input.Search
          aria-label="姓名或单位"
          placeholder="姓名或单位"
          allowClear
          enterButton="查找"
          className="w-xl"
          onSearch={(text) => setSearch(text.trim())}
        />
        <Select
          aria-label="岗位"
          placeholder="岗位"
          allowClear
          className="w-l"
          value={role ?? null}
          onChange={(value: StaffRole | null) => setRole(value ?? undefined)}
          options={staffRoles.map((known) => ({ value: known, label: roleTitles[known] }))}
        />
      </Space>
      <PagedTable<Post>
        key={`${role}${search}`}
        title="在岗人员"
        name={["posts", filter]}
        read={(page) => client.accounts.listPosts({ ...filter, ...page })}
        rowKey={({ id }) => id}
        empty="没有符合条件的人员。"
        columns={[
          {
            title: "姓名",
            render: (_, { name, disabled }) => (
              <>
                {name} {disabled && <Tag color="red">已停用</Tag>}
              </>
            ),
          },
          { title: "岗位", dataIndex: "roleTitle" },
          { title: "单位", dataIndex: "organisation" },
          { title: "任职时间", render: (_, { since }) => momentText(since) },
          {
            title: "办理",
            render: (_, post) => (
              <Space>
                <Button size="small" onClick={() => setChosen({ post, act: "end" })}>
                  免去岗位
                </Button>
                {!post.disabled && (
                  <Button size="small" onClick={() => setChosen({ post, act: "disable" })}>
                    停用账号
                  </Button>
                )}
                {post.disabled && enables && (
                  <Button size="small" onClick={() => setChosen({ post, act: "enable" })}>
                    恢复账号
                  </Button>
                )}
              </Space>
            ),
          },
        ]}
      />
      {chosen !== undefined && <PostDialog {...chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

function PostDialog({ post, act, onClose }: { post: Post; act: Act; onClose: () => void }) {
  const { title, tells, grave } = acts[act];
  return (
    <FormDialog<{ reason: string }, unknown>
      title={`${title}：${post.name}（${post.roleTitle}，${post.organisation}）`}
      button={title}
      tells={tells}
      grave={grave}
      send={({ reason }, once) => {
        if (act === "end") return client.accounts.endPost({ post: post.id }, once);
        const target = { account: post.account, reason };
        return act === "disable"
          ? client.accounts.disableAccount(target, once)
          : client.accounts.enableAccount(target, once);
      }}
      onDone={onClose}
      onCancel={onClose}
    >
      {act !== "end" && (
        <Form.Item
          name="reason"
          label="理由"
          rules={[{ required: true, whitespace: true, min: 2, message: "请填写理由。" }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
