import { type Role, roleTitles } from "@shice/rules/lifecycle/role.ts";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Table, Typography } from "antd";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { ProblemAlert } from "../../ui/problem.tsx";

type Entry = Awaited<ReturnType<typeof client.audit.listAudit>>["items"][number];

/** Who looked at what and did what beside the cases' own history; and the check of all chains. */
export function AuditPage() {
  const campaign = useCampaignKey();
  const verify = useMutation({ mutationFn: () => client.audit.verifyChains({ campaign }), retry: false });
  return (
    <>
      <Typography.Title level={2}>审计日志</Typography.Title>
      <Typography.Paragraph>办理经过以哈希链保存，任何一条改动都能查出。校验只读，不影响办理。</Typography.Paragraph>
      <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()} style={{ marginBottom: 12 }}>
        校验全部办理经过
      </Button>
      {verify.error !== null && <ProblemAlert error={verify.error} />}
      {verify.data !== undefined && (
        <Alert
          style={{ marginBottom: 12 }}
          type={verify.data.broken.length === 0 ? "success" : "error"}
          showIcon
          title={`${verify.data.applications}份申请，${verify.data.rows}条办理记录，${
            verify.data.broken.length === 0 ? "全部一致。" : `${verify.data.broken.length}处不一致。`
          }`}
          description={
            verify.data.broken.length === 0 ? undefined : (
              <Table
                size="small"
                rowKey={({ application, sequence }) => `${application}${sequence}`}
                dataSource={verify.data.broken}
                pagination={{ pageSize: 10, hideOnSinglePage: true }}
                columns={[
                  { title: "申请", dataIndex: "application" },
                  { title: "第几条", dataIndex: "sequence" },
                  { title: "问题", dataIndex: "why" },
                ]}
              />
            )
          }
        />
      )}
      <PagedTable<Entry>
        title="审计日志"
        name={["audit"]}
        read={(page) => client.audit.listAudit(page)}
        rowKey={({ id }) => id}
        empty="还没有审计记录。"
        columns={[
          { title: "时间", render: (_, { at }) => momentText(at) },
          { title: "岗位", render: (_, { role }) => roleTitles[role as Role] ?? role },
          { title: "事项", dataIndex: "action" },
          { title: "对象", dataIndex: "subjectKind" },
          { title: "编号", render: (_, { subject }) => <code>{subject?.slice(-12) ?? ""}</code> },
        ]}
      />
    </>
  );
}
