import type { Group } from "@shice/rules/lifecycle/group.ts";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, Typography } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { Fetched } from "../../ui/problem.tsx";

type Circular = Awaited<ReturnType<typeof client.messages.listCirculars>>["items"][number];
interface Entered {
  groups: Group[];
  title: string;
  text: string;
  bySms?: boolean;
}

/** Circulars: the office's own words to those of its teachers whose application stands at certain points. */
export function CircularsPage() {
  const campaign = useCampaignKey();
  const [writing, setWriting] = useState(false);
  return (
    <>
      <Typography.Title level={2}>群发通知</Typography.Title>
      <Typography.Paragraph>
        给本单位范围内、已经开始填报的教师群发通知。通知发到每位教师的站内消息和电子邮箱，落款为本单位。
      </Typography.Paragraph>
      <Button type="primary" className="below" onClick={() => setWriting(true)}>
        写通知
      </Button>
      <PagedTable<Circular>
        title="群发过的通知"
        name={["circulars", campaign]}
        read={(page) => client.messages.listCirculars({ campaign, ...page })}
        rowKey={({ id }) => id}
        empty="还没有群发过通知。"
        columns={[
          { title: "时间", render: (_, { sentAt }) => momentText(sentAt) },
          { title: "标题", dataIndex: "title" },
          {
            title: "内容",
            render: (_, { text }) => <span className="lines-kept">{text}</span>,
          },
          { title: "发给", render: (_, { groups }) => groups.join("、") },
          { title: "短信", render: (_, { bySms }) => (bySms ? "已发" : "没有发") },
          { title: "人数", dataIndex: "recipients", align: "right" },
        ]}
      />
      {writing && <WriteDialog campaign={campaign} onClose={() => setWriting(false)} />}
    </>
  );
}

function WriteDialog({ campaign, onClose }: { campaign: string; onClose: () => void }) {
  const { message } = App.useApp();
  const audience = useQuery(api.messages.countAudience.queryOptions({ input: { campaign } }));
  return (
    <FormDialog<Entered, { recipients: number }>
      title="写通知"
      button="发出"
      tells="发出后不能收回，请核对范围和内容。"
      width={640}
      send={({ groups, title, text, bySms = false }, once) =>
        client.messages.sendCircular({ campaign, groups, title, text, bySms }, once)
      }
      onDone={({ recipients }) => {
        message.success(`通知已发给${recipients}人。`);
        onClose();
      }}
      onCancel={onClose}
    >
      <Fetched query={audience} rows={4}>
        {(groups) => (
          <Form.Item name="groups" label="发给" rules={[{ required: true, message: "请选择发给哪些教师。" }]}>
            <GroupChoice groups={groups} />
          </Form.Item>
        )}
      </Fetched>
      <Form.Item
        name="title"
        label="标题"
        rules={[{ required: true, whitespace: true, min: 2, message: "请填写标题，不少于2个字。" }]}
      >
        <Input maxLength={30} showCount />
      </Form.Item>
      <Form.Item
        name="text"
        label="内容"
        rules={[{ required: true, whitespace: true, min: 5, message: "请填写内容，不少于5个字。" }]}
      >
        <Input.TextArea rows={6} maxLength={1000} showCount />
      </Form.Item>
      <Form.Item name="bySms" valuePropName="checked">
        <Checkbox>同时把标题发到手机短信</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

/** The groups with their numbers; wired by the form around it. */
function GroupChoice({
  id,
  value,
  onChange,
  groups,
}: {
  id?: string;
  value?: Group[];
  onChange?: (value: Group[]) => void;
  groups: readonly { group: Group; title: string; people: number }[];
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend beside the form's own label
    <div id={id} role="group" aria-label="发给（可多选）">
      <Checkbox.Group
        className="stack"
        value={value ?? []}
        onChange={(chosen) => onChange?.(chosen)}
        options={groups.map(({ group, title, people }) => ({
          value: group,
          label: `${title}（${people}人）`,
          disabled: people === 0,
        }))}
      />
    </div>
  );
}
