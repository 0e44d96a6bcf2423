import { auditRoleTitles } from "@shice/contract/audit-words.ts";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Table, Typography } from "antd";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { ProblemAlert } from "../../ui/problem.tsx";

type Verified = Awaited<ReturnType<typeof client.audit.verifyChains>>;
type Entry = Awaited<ReturnType<typeof client.audit.listAudit>>["items"][number];

function verifiedText(verified: Verified): string {
  const { applications, rows, decisions, auditEntries, seals, movements, faultCount } = verified;
  const counted = `${applications}份申请，${rows}条办理记录，${decisions}份终审决定，${auditEntries}条审计记录，${seals}个封存值，${movements}条注册贴流转记录`;
  return `${counted}：${faultCount === 0 ? "全部一致。" : `${faultCount}处不一致。`}`;
}

/** Who looked at what and did what beside the cases' own history; and the check of all chains. */
export function AuditPage() {
  const campaign = useCampaignKey();
  const verify = useMutation({ mutationFn: () => client.audit.verifyChains({ campaign }), retry: false });
  return (
    <>
      <Typography.Title level={2}>审计日志</Typography.Title>
      <Typography.Paragraph>
        办理经过、审计日志和每日封存值都带有密钥生成的校验码，决定带有签名。校验会指出被改动、删除或者添加的记录；只读，不影响办理。
      </Typography.Paragraph>
      <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()} className="below">
        校验全部记录
      </Button>
      {verify.error !== null && <ProblemAlert error={verify.error} />}
      {verify.data !== undefined && (
        <Alert
          className="below"
          type={verify.data.faultCount === 0 ? "success" : "error"}
          showIcon
          title={verifiedText(verify.data)}
          description={
            verify.data.faultCount === 0 ? undefined : (
              <Table
                size="small"
                rowKey="sentence"
                dataSource={verify.data.faults}
                pagination={{ pageSize: 10, hideOnSinglePage: true }}
                columns={[{ title: "不一致之处", dataIndex: "sentence" }]}
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
          { title: "岗位", render: (_, { role }) => auditRoleTitles[role] },
          { title: "事项", dataIndex: "action" },
          { title: "对象", dataIndex: "subjectKind" },
          { title: "编号", render: (_, { subject }) => <code>{subject?.slice(-12) ?? ""}</code> },
        ]}
      />
    </>
  );
}
