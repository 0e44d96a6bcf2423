import type { textKinds } from "@shice/contract/campaigns.ts";
import { useQuery } from "@tanstack/react-query";
import { Button, Card, Form, Input, Space, Typography } from "antd";
import { useState } from "react";
import { api, client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { Fetched } from "../../ui/problem.tsx";

type Kind = (typeof textKinds)[number];

const kinds: readonly { kind: Kind; title: string; tells: string }[] = [
  {
    kind: "notice",
    title: "通知原文",
    tells: "显示在公众网站的“通知原文”。用 # 标题、- 列表的 Markdown 写法，网页代码不会生效。",
  },
  { kind: "attention", title: "注意事项", tells: "显示在填报第6步。空一行分段。" },
];

/** What the public reads of the notice, and what a teacher reads at step 6; each change is a version of its own. */
export function Texts({ campaign }: { campaign: string }) {
  const texts = useQuery(api.campaigns.listTexts.queryOptions({ input: { campaign } }));
  const [editing, setEditing] = useState<Kind>();
  return (
    <Fetched query={texts}>
      {(rows) => (
        <Space orientation="vertical" className="full">
          {kinds.map(({ kind, title, tells }) => {
            const text = rows.find((row) => row.kind === kind);
            return (
              <Card
                key={kind}
                size="small"
                title={title}
                extra={<Button onClick={() => setEditing(kind)}>{text === undefined ? "录入" : "修改"}</Button>}
              >
                <Typography.Paragraph type="secondary">
                  {text === undefined ? "还没有录入。" : `第${text.version}版，${momentText(text.enteredAt)} 录入。`}
                </Typography.Paragraph>
                {text !== undefined && (
                  <Typography.Paragraph ellipsis={{ rows: 4 }} className="lines-kept">
                    {text.text}
                  </Typography.Paragraph>
                )}
                {editing === kind && (
                  <FormDialog<{ text: string }, unknown>
                    title={title}
                    button="发布"
                    width={820}
                    tells={tells}
                    initial={{ text: text?.text ?? "" }}
                    send={(entered) => client.campaigns.setText({ campaign, kind, ...entered })}
                    onDone={() => setEditing(undefined)}
                    onCancel={() => setEditing(undefined)}
                  >
                    <Form.Item
                      name="text"
                      label={title}
                      rules={[{ required: true, whitespace: true, message: "请录入内容。" }]}
                    >
                      <Input.TextArea rows={18} maxLength={60_000} />
                    </Form.Item>
                  </FormDialog>
                )}
              </Card>
            );
          })}
        </Space>
      )}
    </Fetched>
  );
}
