import { contract } from "@shice/contract/contract.ts";
import { Button, Form, Input, Segmented, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { useOffice } from "../../ui/session.ts";
import { RosterTabs } from "./RosterTabs.tsx";

type Row = Awaited<ReturnType<typeof client.roster.listParked>>["items"][number];

/** Who waits for a certificate or a file that is being put right, the longest first (Notice §三(一)). */
export function ParkedPage() {
  const campaign = useCampaign();
  const { post, may } = useOffice();
  const [ended, setEnded] = useState<"yes" | "no">("no");
  const [releasing, setReleasing] = useState<Row>();
  return (
    <>
      <Typography.Title level={2}>证书、档案更正中</Typography.Title>
      <RosterTabs here="parked" />
      <Typography.Paragraph>
        证书信息更正、档案清理还没有完成的教师，等待最久的在前。更正完成后请“恢复办理”；截止前仍未完成的，系统会提醒学校。在名册中勾选教师，可以登记更正中。
      </Typography.Paragraph>
      <Segmented<"yes" | "no">
        aria-label="更正中或已完成"
        value={ended}
        onChange={setEnded}
        className="below"
        options={[
          { value: "no", label: "更正中" },
          { value: "yes", label: "已完成" },
        ]}
      />
      <PagedTable<Row>
        key={ended}
        title="证书、档案更正中的教师"
        name={["parked", campaign.key, ended]}
        read={(page) => client.roster.listParked({ campaign: campaign.key, ended, ...page })}
        rowKey={({ id }) => id}
        empty={ended === "no" ? "现在没有正在更正的教师。" : "还没有更正完成的教师。"}
        columns={[
          {
            title: "姓名",
            render: (_, { name, idNumberMasked }) => (
              <>
                {name}
                <div className="soft">{idNumberMasked}</div>
              </>
            ),
          },
          ...(post.organisationKind === "school" ? [] : [{ title: "学校", dataIndex: "schoolName" }]),
          { title: "种类", dataIndex: "title" },
          { title: "缺什么、办到哪一步", dataIndex: "missing" },
          { title: "从何时起", render: (_, { since, parkedBy }) => `${since} ${parkedBy}` },
          ...(ended === "no"
            ? [{ title: "已等", render: (_: unknown, { days }: Row) => `${days}天`, align: "right" as const }]
            : [
                {
                  title: "结果",
                  render: (_: unknown, { note, releasedAt, releasedBy }: Row) =>
                    `${note ?? ""}（${releasedAt === null ? "" : momentText(releasedAt)} ${releasedBy ?? ""}）`,
                },
              ]),
          { title: "申请", dataIndex: "stateTitle" },
          ...(may(contract.roster.release) && ended === "no"
            ? [
                {
                  title: "办理",
                  render: (_: unknown, row: Row) => (
                    <Button size="small" onClick={() => setReleasing(row)} aria-label={`恢复办理：${row.name}`}>
                      恢复办理
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {releasing !== undefined && (
        <FormDialog<{ note: string }, unknown>
          title={`恢复办理：${releasing.name}`}
          button="恢复办理"
          tells={`“${releasing.title}”已经办完，教师可以照常申请、确认。`}
          send={({ note }, once) =>
            client.roster.release({ campaign: campaign.key, parking: releasing.id, note }, once)
          }
          onDone={() => setReleasing(undefined)}
          onCancel={() => setReleasing(undefined)}
        >
          <Form.Item
            name="note"
            label="结果"
            rules={[{ required: true, whitespace: true, min: 2, message: "请写明结果，如：新证书已取得。" }]}
          >
            <Input.TextArea rows={2} maxLength={300} showCount />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
