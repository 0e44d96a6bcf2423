import { roleTitles, type StaffRole, staffRoles } from "@shice/rules/lifecycle/role.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select, Tag, Typography } from "antd";
import { useState } from "react";
import { useCampaign, useCampaignKey } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { endText, momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { SchoolPicker } from "../../ui/SchoolPicker.tsx";
import { PostsTable } from "./PostsTable.tsx";

type Invitation = Awaited<ReturnType<typeof client.accounts.listInvitations>>["items"][number];

/** Staff are invited by name and address and set their own password: nobody ever has a default one. */
export function StaffPage() {
  const campaign = useCampaign();
  const [inviting, setInviting] = useState(false);
  const withdraw = useMutation({
    mutationFn: (invitation: string) => client.accounts.withdrawInvitation({ invitation }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <Typography.Title level={2}>人员与邀请</Typography.Title>
      <Typography.Paragraph>
        工作人员凭邮件中的邀请自行设置密码。同一人可以有多个岗位，但不得在两个环节办理同一申请。
      </Typography.Paragraph>
      <Button type="primary" onClick={() => setInviting(true)} className="below">
        邀请工作人员
      </Button>
      <PagedTable<Invitation>
        title="邀请记录"
        name={["invitations"]}
        read={(page) => client.accounts.listInvitations(page)}
        rowKey={({ id }) => id}
        empty="还没有邀请记录。"
        columns={[
          { title: "姓名", dataIndex: "name" },
          { title: "岗位", render: (_, { role }) => roleTitles[role] },
          { title: "单位", dataIndex: "organisation" },
          { title: "邀请时间", render: (_, { invitedAt }) => momentText(invitedAt) },
          {
            title: "状态",
            render: (_, { acceptedAt, expiresAt, withdrawnAt }) => {
              if (withdrawnAt !== null) return <Tag>已收回</Tag>;
              if (acceptedAt !== null) return `${momentText(acceptedAt)} 已接受`;
              if (Date.parse(expiresAt) < Date.parse(campaign.now)) return <Tag>已过期</Tag>;
              return <Tag color="blue">{endText(expiresAt)} 前有效</Tag>;
            },
          },
          {
            title: "办理",
            render: (_, { id, acceptedAt, withdrawnAt, expiresAt }) =>
              acceptedAt === null &&
              withdrawnAt === null &&
              Date.parse(expiresAt) > Date.parse(campaign.now) && (
                <Button size="small" loading={withdraw.isPending} onClick={() => withdraw.mutate(id)}>
                  收回
                </Button>
              ),
          },
        ]}
      />
      <Typography.Title level={3} className="above-l">
        在岗人员
      </Typography.Title>
      <PostsTable enables />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const campaign = useCampaignKey();
  const bodies = useQuery(api.organisations.listBodies.queryOptions({ input: { campaign } }));
  const seen = new Set<string>();
  const choices = (bodies.data ?? []).filter(({ id }) => !seen.has(id) && seen.add(id));
  return (
    <FormDialog<{ role: StaffRole; body?: string; school?: string; name: string; email: string }, unknown>
      title="邀请工作人员"
      button="发出邀请"
      tells="邀请发到所填邮箱，在有效期内凭链接设置密码。"
      send={({ role, body, school, name, email }, once) =>
        client.accounts.invite({ role, organisation: school ?? body ?? "", name, email }, once)
      }
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="role" label="岗位" rules={[{ required: true, message: "请选择岗位。" }]}>
        <Select options={staffRoles.map((role) => ({ value: role, label: roleTitles[role] }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={["role"]}>
        {({ getFieldValue }) =>
          getFieldValue("role") === "school-clerk" ? (
            <Form.Item name="school" label="学校" rules={[{ required: true, message: "请选择学校。" }]}>
              <SchoolPicker />
            </Form.Item>
          ) : (
            <Form.Item name="body" label="单位" rules={[{ required: true, message: "请选择单位。" }]}>
              <Select
                showSearch={{ optionFilterProp: "label" }}
                options={choices.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item
        name="name"
        label="姓名"
        rules={[{ required: true, whitespace: true, min: 2, message: "请填写姓名。" }]}
      >
        <Input maxLength={50} />
      </Form.Item>
      <Form.Item
        name="email"
        label="电子邮箱"
        rules={[{ required: true, type: "email", message: "请填写有效的电子邮箱。" }]}
      >
        <Input maxLength={120} />
      </Form.Item>
    </FormDialog>
  );
}
