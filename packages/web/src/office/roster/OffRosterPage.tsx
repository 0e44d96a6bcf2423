import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { client, queryClient } from "../../ui/client.ts";
import { shortMoment } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { RosterTabs } from "./RosterTabs.tsx";

type Row = Awaited<ReturnType<typeof client.roster.listOffRoster>>["items"][number];

/** Who applied here and is not on the roster: put on it with one press, or asked where they belong. */
export function OffRosterPage() {
  const campaign = useCampaign();
  const { post } = useOffice();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<Row[]>([]);
  const put = useMutation({
    mutationFn: (applications: string[]) => client.roster.putOnRoster({ campaign: campaign.key, applications }),
    onSuccess: async ({ added }) => {
      if (added > 0) message.success(`已列入名册${added}人。`);
      setChosen([]);
      await queryClient.invalidateQueries();
    },
    retry: false,
  });
  const wrong = put.data?.wrong ?? [];
  return (
    <>
      <Typography.Title level={2}>不在名册中</Typography.Title>
      <RosterTabs here="off" />
      <Typography.Paragraph>
        下列教师在本单位申请，而不在名册中。确属本校教师的，列入名册；选错学校的，请退回本人改正，或请区县转到正确的学校。
      </Typography.Paragraph>
      <Button
        type="primary"
        className="below"
        disabled={chosen.length === 0}
        loading={put.isPending}
        onClick={() => put.mutate(chosen.map(({ application }) => application))}
      >
        列入名册{chosen.length > 0 && `（${chosen.length}人）`}
      </Button>
      {put.error !== null && <ProblemAlert error={put.error} />}
      {wrong.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="below"
          title={`没有列入的：${wrong.map(({ name, refusal }) => `${name}（${refusal.sentence}）`).join("；")}`}
        />
      )}
      <PagedTable<Row>
        title="已申请而不在名册中的教师"
        name={["off-roster", campaign.key]}
        read={(page) => client.roster.listOffRoster({ campaign: campaign.key, ...page })}
        rowKey={({ application }) => application}
        empty="在本单位申请的教师都在名册中。"
        rowSelection={{
          preserveSelectedRowKeys: true,
          selectedRowKeys: chosen.map(({ application }) => application),
          onChange: (_keys, rows) => setChosen(rows),
          getCheckboxProps: (row) => ({ "aria-label": `选择${row.name}` }),
          getTitleCheckboxProps: () => ({ "aria-label": "选择本页全部" }),
        }}
        columns={[
          {
            title: "姓名",
            render: (_, { name, application }) => (
              <Link to="/office/$campaign/case/$application" params={{ campaign: campaign.key, application }}>
                {name}
              </Link>
            ),
          },
          { title: "证件号码", dataIndex: "idNumberMasked" },
          ...(post.organisationKind === "school" ? [] : [{ title: "学校", dataIndex: "schoolName" }]),
          { title: "申请编号", dataIndex: "number" },
          { title: "申请", render: (_, { stateTitle, since }) => `${stateTitle}（${shortMoment(since)}）` },
          {
            title: "名册",
            render: (_, { elsewhere }) => (elsewhere === null ? "不在任何名册中" : `在${elsewhere}的名册中`),
          },
        ]}
      />
    </>
  );
}
