import { useQuery } from "@tanstack/react-query";
import { App, Button, Card, Form, Input, Space, Tag, Typography } from "antd";
import { useState } from "react";
import { api, client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { Fetched } from "../../ui/problem.tsx";

type Wording = Awaited<ReturnType<typeof client.messages.listWordings>>[number];
interface Entered {
  title: string;
  text: string;
  short?: string;
}

/** What the system says by itself, and the office's own words in its place. */
export function WordingsPage() {
  const query = useQuery(api.messages.listWordings.queryOptions({ input: {} }));
  const [chosen, setChosen] = useState<{ wording: Wording; back: boolean }>();
  return (
    <>
      <Typography.Title level={2}>消息用语</Typography.Title>
      <Typography.Paragraph>
        系统自动发出的消息可以改成本地的说法。改动只影响以后发出的消息。大括号中的内容发出时自动填入，请保留。
      </Typography.Paragraph>
      <Fetched query={query}>
        {(wordings) => (
          <div className="stack-m">
            {wordings.map((wording) => (
              <Card
                key={wording.template}
                size="small"
                title={wording.title}
                extra={wording.version > 0 ? <Tag color="blue">已修改</Tag> : null}
              >
                <Typography.Paragraph>{wording.about}</Typography.Paragraph>
                <Typography.Paragraph className="lines-kept">{wording.text}</Typography.Paragraph>
                {wording.short !== undefined && <Typography.Paragraph>短信：{wording.short}</Typography.Paragraph>}
                {wording.enteredAt !== null && (
                  <Typography.Paragraph>
                    第{wording.version}版，{momentText(wording.enteredAt)}修改
                  </Typography.Paragraph>
                )}
                <Space wrap>
                  <Button aria-label={`修改“${wording.title}”`} onClick={() => setChosen({ wording, back: false })}>
                    修改
                  </Button>
                  {wording.version > 0 && (
                    <Button
                      aria-label={`“${wording.title}”恢复原文`}
                      onClick={() => setChosen({ wording, back: true })}
                    >
                      恢复原文
                    </Button>
                  )}
                </Space>
              </Card>
            ))}
          </div>
        )}
      </Fetched>
      {chosen !== undefined && <WordingDialog {...chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

function WordingDialog({ wording, back, onClose }: { wording: Wording; back: boolean; onClose: () => void }) {
  const { message } = App.useApp();
  const { template, title, text, short, placeholders } = wording;
  const known = placeholders.map(({ name, meaning }) => `{${name}} ${meaning}`).join("；");
  return (
    <FormDialog<Entered, Wording>
      title={back ? "恢复原文" : `修改“${title}”`}
      button={back ? "恢复原文" : "保存"}
      tells={
        back
          ? `以后的“${title}”改用系统原文。`
          : known === ""
            ? "这条消息没有可以自动填入的内容。"
            : `可以使用：${known}。`
      }
      width={640}
      initial={{ title, text, ...(short === undefined ? {} : { short }) }}
      send={(entered, once) =>
        client.messages.setWording(
          {
            template,
            words: back
              ? null
              : {
                  title: entered.title,
                  text: entered.text,
                  ...(short === undefined ? {} : { short: entered.short ?? "" }),
                },
          },
          once,
        )
      }
      onDone={() => {
        message.success("已保存，以后的消息按新的用语发出。");
        onClose();
      }}
      onCancel={onClose}
    >
      {!back && (
        <>
          <Form.Item name="title" label="标题" rules={[{ required: true, whitespace: true, message: "请填写标题。" }]}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="text" label="内容" rules={[{ required: true, whitespace: true, message: "请填写内容。" }]}>
            <Input.TextArea rows={5} maxLength={1000} showCount />
          </Form.Item>
          {short !== undefined && (
            <Form.Item
              name="short"
              label="短信内容"
              rules={[{ required: true, whitespace: true, message: "请填写短信内容。" }]}
            >
              <Input.TextArea rows={3} maxLength={200} showCount />
            </Form.Item>
          )}
        </>
      )}
    </FormDialog>
  );
}
