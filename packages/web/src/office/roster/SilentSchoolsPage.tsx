import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { endText, momentText } from "../../ui/moment.ts";
import { Fetched, Nothing } from "../../ui/problem.tsx";

type Silent = Awaited<ReturnType<typeof client.roster.listSilentSchools>>;
type School = Silent["schools"][number];

/** Schools with people whom they have not seen; after the end the district takes note of it (Notice §三(二)). */
export function SilentSchoolsPage() {
  const campaign = useCampaign();
  const [noting, setNoting] = useState<School>();
  const query = useQuery(api.roster.listSilentSchools.queryOptions({ input: { campaign: campaign.key } }));
  return (
    <>
      <Typography.Title level={2}>学校未核对</Typography.Title>
      <Typography.Paragraph>
        到期没有完成现场确认的，视为自动放弃，但须经学校逐人核对。学校没有核对的，现场确认结束后由区县核实情况、写明理由记录，之后才按自动放弃处理。
      </Typography.Paragraph>
      <Fetched query={query}>
        {({ endsAt, over, schools, noted }) => (
          <>
            {endsAt !== null && (
              <Alert
                type={over ? "warning" : "info"}
                showIcon
                className="below"
                title={
                  over
                    ? `现场确认已于 ${endText(endsAt)} 结束。`
                    : `现场确认到 ${endText(endsAt)} 截止。截止前请督促学校核对；截止后仍未核对的，在这里记录。`
                }
              />
            )}
            <DataTable<School>
              label="有教师未经核对的学校"
              rowKey="school"
              dataSource={schools}
              locale={{ emptyText: <Nothing text="各学校都已核对。" /> }}
              expandable={{
                rowExpandable: ({ people }) => people.length > 0,
                expandedRowRender: ({ people, unseen }) => (
                  <>
                    {people.map(({ name, number, why }) => `${name}（${number}，${why}）`).join("、")}
                    {unseen > people.length && `等${unseen}人`}
                  </>
                ),
              }}
              columns={[
                { title: "学校", dataIndex: "name" },
                { title: "将放弃而未看过", dataIndex: "unseen", align: "right" },
                { title: "其中已到期", dataIndex: "held", align: "right" },
                { title: "名册中未核对", dataIndex: "unseenOnRoster", align: "right" },
                {
                  title: "办理",
                  render: (_, row) => (
                    <Button
                      size="small"
                      disabled={!over || row.held === 0}
                      onClick={() => setNoting(row)}
                      aria-label={`记录未核对：${row.name}`}
                    >
                      记录未核对
                    </Button>
                  ),
                },
              ]}
            />
            {noted.length > 0 && (
              <>
                <Typography.Title level={3} className="above-l">
                  已经记录的
                </Typography.Title>
                <DataTable<Silent["noted"][number]>
                  label="已经记录的学校"
                  rowKey="id"
                  dataSource={noted}
                  columns={[
                    { title: "学校", dataIndex: "school" },
                    { title: "人数", dataIndex: "cases", align: "right" },
                    { title: "情况", dataIndex: "reason" },
                    { title: "记录", render: (_, { at, by }) => `${momentText(at)} ${by}` },
                  ]}
                />
              </>
            )}
          </>
        )}
      </Fetched>
      {noting !== undefined && (
        <FormDialog<{ reason: string }, unknown>
          title={`记录未核对：${noting.name}`}
          button="记录"
          grave
          tells={`${noting.name}有${noting.held}名教师到期没有完成现场确认，学校也没有核对。记录后，他们视为自动放弃此次注册（没有提交的按未申请处理），并通知本人。`}
          send={({ reason }, once) =>
            client.roster.noteSilence(
              { campaign: campaign.key, school: noting.school, reason, count: noting.held },
              once,
            )
          }
          onDone={() => setNoting(undefined)}
          onCancel={() => setNoting(undefined)}
        >
          <Form.Item
            name="reason"
            label="核实的情况"
            rules={[
              {
                required: true,
                whitespace: true,
                min: 2,
                message: "请写明核实的情况，如：已电话核实，学校确认无补办。",
              },
            ]}
          >
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
