import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Form, Input, Select, Typography } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { Fetched, ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";

/** Persons who may not register for a time or for life; an entry counts once a second person has reviewed it. */
export function RestrictionsPage() {
  const campaign = useCampaign();
  const { me } = useOffice();
  const [entering, setEntering] = useState(false);
  const query = useQuery(api.campaigns.listRestrictions.queryOptions({ input: { campaign: campaign.key } }));
  const review = useMutation({
    mutationFn: (restriction: string) => client.campaigns.reviewRestriction({ campaign: campaign.key, restriction }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <Typography.Title level={2}>限制库</Typography.Title>
      <Typography.Paragraph>登记后须由另一人复核，复核后生效。名单不保存证件号码原文。</Typography.Paragraph>
      <Button type="primary" onClick={() => setEntering(true)} className="below">
        登记
      </Button>
      {review.error !== null && <ProblemAlert error={review.error} />}
      <Fetched query={query}>
        {(rows) => (
          <DataTable
            label="限制库"
            size="small"
            rowKey="id"
            dataSource={rows}
            pagination={{ pageSize: 50, hideOnSinglePage: true }}
            columns={[
              { title: "姓名", render: (_, { name }) => name ?? "（未注册账号）" },
              { title: "情形", dataIndex: "kindName" },
              { title: "期间", render: (_, { from, until }) => `${from} 至 ${until ?? "终身"}` },
              { title: "依据", dataIndex: "source" },
              { title: "登记人", dataIndex: "enteredByName" },
              {
                title: "复核",
                render: (_, { id, enteredBy, reviewedByName, reviewedAt }) =>
                  reviewedAt === null ? (
                    <Button
                      size="small"
                      disabled={enteredBy === me.account}
                      title={enteredBy === me.account ? "须由另一人复核" : undefined}
                      onClick={() => review.mutate(id)}
                    >
                      复核
                    </Button>
                  ) : (
                    `${reviewedByName ?? ""}　${momentText(reviewedAt)}`
                  ),
              },
            ]}
          />
        )}
      </Fetched>
      {entering && (
        <FormDialog<{ idNumber: string; kind: string; from: Dayjs; until?: Dayjs; source: string }, unknown>
          title="登记限制库"
          button="登记"
          tells="不填截止日期的，按批次方案规定的年限计算。"
          send={({ idNumber, kind, from, until, source }, once) =>
            client.campaigns.enterRestriction(
              {
                campaign: campaign.key,
                idNumber,
                kind,
                from: from.format("YYYY-MM-DD"),
                ...(until == null ? {} : { until: until.format("YYYY-MM-DD") }),
                source,
              },
              once,
            )
          }
          onDone={() => setEntering(false)}
          onCancel={() => setEntering(false)}
        >
          <Form.Item
            name="idNumber"
            label="证件号码"
            rules={[{ required: true, whitespace: true, message: "请填写证件号码。" }]}
          >
            <Input maxLength={30} autoComplete="off" />
          </Form.Item>
          <Form.Item name="kind" label="情形" rules={[{ required: true, message: "请选择情形。" }]}>
            <Select
              options={campaign.restrictions.map(({ kind, name, years }) => ({
                value: kind,
                label: `${name}（${years === null ? "终身" : `${years}年`}）`,
              }))}
            />
          </Form.Item>
          <Form.Item name="from" label="起始日期" rules={[{ required: true, message: "请选择日期。" }]}>
            <DatePicker className="full" />
          </Form.Item>
          <Form.Item name="until" label="截止日期（可不填）">
            <DatePicker className="full" />
          </Form.Item>
          <Form.Item
            name="source"
            label="依据"
            rules={[{ required: true, whitespace: true, min: 2, message: "请填写依据。" }]}
          >
            <Input maxLength={200} placeholder="如：决定书文号" />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
