import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Card, Descriptions, Form, Input, Select, Space, Tag, Typography } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { FileButton } from "../../ui/FileButton.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { endText, momentText } from "../../ui/moment.ts";
import { Fetched, Nothing } from "../../ui/problem.tsx";
import { ActionButton } from "../acts/ActionButton.tsx";

type Objection = Awaited<ReturnType<typeof client.notice.listObjections>>["items"][number];
type Action = Objection["actions"][number];
type Act = Action["name"];

const acts: Record<Act, { tells: string; asks: string; grave?: true }> = {
  "open-inquiry": {
    tells: "受理后，该申请转为“异议核查中”，办结之前不能上报；名单上的其他人不受影响。",
    asks: "受理的理由",
  },
  dismiss: { tells: "办结后该申请回到公示；公示期已满的，可以上报。", asks: "答复内容" },
  uphold: {
    tells: "办结后该申请重新初审，新的结论须重新公示。",
    asks: "答复内容",
    grave: true,
  },
};

/** Objections and appeals against the entries of notices, with the day by which each must be answered. */
export function ObjectionsPage() {
  const campaign = useCampaignKey();
  const [open, setOpen] = useState<"yes" | "no">("yes");
  const [chosen, setChosen] = useState<{ objection: Objection; action: Action }>();
  const query = useQuery(api.notice.listObjections.queryOptions({ input: { campaign, open, limit: 200 } }));
  return (
    <>
      <Typography.Title level={2}>异议</Typography.Title>
      <Select
        aria-label="办理情况"
        value={open}
        onChange={setOpen}
        className="w-m below"
        options={[
          { value: "yes", label: "待办结" },
          { value: "no", label: "已办结" },
        ]}
      />
      <Fetched query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={open === "yes" ? "没有待办结的异议。" : "没有已办结的异议。"} />
          ) : (
            <div className="stack-m">
              {items.map((objection) => (
                <Card
                  key={objection.id}
                  size="small"
                  title={objection.kind === "appeal" ? "本人申诉" : "他人异议"}
                  extra={<Outcome objection={objection} />}
                >
                  <Descriptions
                    size="small"
                    column={{ xs: 1, md: 2 }}
                    items={[
                      { key: "by", label: "提出人", children: `${objection.objector}（${objection.contact}）` },
                      { key: "at", label: "提出时间", children: momentText(objection.raisedAt) },
                      { key: "answer", label: "答复截止", children: endText(objection.answerBy) },
                      {
                        key: "case",
                        label: "涉及的申请",
                        children: (
                          <Link
                            to="/office/$campaign/case/$application"
                            params={{ campaign, application: objection.application }}
                          >
                            查看申请
                          </Link>
                        ),
                      },
                    ]}
                  />
                  <Typography.Paragraph className="lines-kept">{objection.statement}</Typography.Paragraph>
                  {objection.pictures.length > 0 && (
                    <Space wrap className="below">
                      所附图片：
                      {objection.pictures.map(({ id: picture, fileName }) => (
                        <FileButton
                          key={picture}
                          open
                          read={() => client.notice.getObjectionPicture({ campaign, objection: objection.id, picture })}
                        >
                          {fileName}
                        </FileButton>
                      ))}
                    </Space>
                  )}
                  {objection.answer !== null && <Typography.Paragraph>答复：{objection.answer}</Typography.Paragraph>}
                  {objection.outcome === null && (
                    <Space wrap>
                      {objection.actions.map((action) => (
                        <ActionButton
                          key={action.name}
                          action={action}
                          danger={acts[action.name].grave === true}
                          onClick={() => setChosen({ objection, action })}
                        />
                      ))}
                    </Space>
                  )}
                </Card>
              ))}
            </div>
          )
        }
      </Fetched>
      {chosen !== undefined && <AnswerDialog campaign={campaign} {...chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

function Outcome({ objection: { outcome } }: { objection: Objection }) {
  if (outcome === null) return <Tag color="warning">待办结</Tag>;
  return <Tag>{outcome === "upheld" ? "异议成立" : "异议不成立"}</Tag>;
}

function AnswerDialog({
  campaign,
  objection,
  action: { name, title },
  onClose,
}: {
  campaign: string;
  objection: Objection;
  action: Action;
  onClose: () => void;
}) {
  const { tells, asks, grave } = acts[name];
  const target = { campaign, application: objection.application, objection: objection.id };
  return (
    <FormDialog<{ words: string }, unknown>
      title={title}
      tells={tells}
      grave={grave === true}
      send={({ words }, once) => {
        if (name === "open-inquiry") return client.notice.openInquiry({ ...target, reason: words }, once);
        return client.notice[name]({ ...target, answer: words }, once);
      }}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item
        name="words"
        label={asks}
        rules={[{ required: true, whitespace: true, min: 2, message: `请填写${asks}。` }]}
      >
        <Input.TextArea rows={4} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  );
}
