import { formValueText } from "@shice/contract/form-text.zh.ts";
import { type FormField, formFields } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { Link } from "@tanstack/react-router";
import { Button, Form, Input, Space, Tag, Typography } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";

type Correction = Awaited<ReturnType<typeof client.review.listCorrections>>["items"][number];
type Outcome = "granted" | "refused";

/** Corrections of data after the preliminary decision: asked by the district, granted by the next level. */
export function CorrectionsPage() {
  const campaign = useCampaignKey();
  const [chosen, setChosen] = useState<{ correction: Correction; outcome: Outcome }>();
  return (
    <>
      <Typography.Title level={2}>更正申请</Typography.Title>
      <Typography.Paragraph>初审之后更正信息，由区县提出，经批准后生效。</Typography.Paragraph>
      <PagedTable<Correction>
        title="更正申请"
        name={["corrections", campaign]}
        read={(page) => client.review.listCorrections({ campaign, ...page })}
        rowKey={({ id }) => id}
        empty="没有更正申请。"
        columns={[
          {
            title: "申请",
            render: (_, { application }) => (
              <Link to="/office/$campaign/case/$application" params={{ campaign, application }}>
                查看
              </Link>
            ),
          },
          { title: "更正内容", render: (_, { changes }) => changesText(changes) },
          { title: "理由", dataIndex: "reason" },
          { title: "提出时间", render: (_, { askedAt }) => momentText(askedAt) },
          {
            title: "办理",
            render: (_, correction) =>
              correction.outcome === null ? (
                <Space>
                  <Button size="small" onClick={() => setChosen({ correction, outcome: "granted" })}>
                    批准
                  </Button>
                  <Button size="small" onClick={() => setChosen({ correction, outcome: "refused" })}>
                    不批准
                  </Button>
                </Space>
              ) : (
                <Tag>{correction.outcome === "granted" ? "已批准" : "未批准"}</Tag>
              ),
          },
        ]}
      />
      {chosen !== undefined && (
        <FormDialog<{ reason: string }, unknown>
          title={chosen.outcome === "granted" ? "批准更正" : "不批准更正"}
          tells={changesText(chosen.correction.changes)}
          send={({ reason }, once) =>
            client.review.decideCorrection(
              { campaign, correction: chosen.correction.id, outcome: chosen.outcome, reason },
              once,
            )
          }
          onDone={() => setChosen(undefined)}
          onCancel={() => setChosen(undefined)}
        >
          <Form.Item
            name="reason"
            label="理由"
            rules={[{ required: true, whitespace: true, min: 2, message: "请填写理由。" }]}
          >
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}

function changesText(changes: Record<string, unknown>): string {
  return Object.entries(changes)
    .map(([name, value]) => {
      const field = formFields.find((known): known is FormField => known === name);
      return field === undefined ? name : `${fieldTitles[field]}改为“${formValueText(field, value)}”`;
    })
    .join("；");
}
