import { contract } from "@shice/contract/contract.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Card, Checkbox, Input, Space, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { FileButton } from "../../ui/FileButton.tsx";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { lastSigner, rememberSigner } from "../../ui/signer.ts";

type SheetItem = Awaited<ReturnType<typeof client.confirmation.listSheets>>["items"][number];

/** Items 5, 6 and 7 for all teachers at once (Notice §三(二)): issued, printed, signed; traceable from each case. */
export function SheetsPage() {
  const campaign = useCampaign();
  const { may } = useOffice();
  const [chosen, setChosen] = useState<string[]>([]);
  return (
    <>
      <Typography.Title level={2}>学校证明</Typography.Title>
      {may(contract.confirmation.supplySheets) && <IssueCard onIssued={setChosen} />}
      <Typography.Title level={3}>已出具的证明</Typography.Title>
      <Space wrap className="below">
        <FileButton
          open
          type="primary"
          disabled={chosen.length === 0}
          read={() => client.documents.getSchoolSheets({ campaign: campaign.key, sheets: chosen })}
        >
          {`合并打印所选${chosen.length === 0 ? "" : chosen.length}种（逐名教师排列）`}
        </FileButton>
        <span>打印后按教师依次装入材料袋。</span>
      </Space>
      <PagedTable<SheetItem>
        title="已出具的证明"
        rowSelection={{
          selectedRowKeys: chosen,
          preserveSelectedRowKeys: true,
          onChange: (keys) => setChosen(keys.slice(0, 20).map(String)),
        }}
        name={["sheets", campaign.key]}
        read={(page) => client.confirmation.listSheets({ campaign: campaign.key, ...page })}
        rowKey={({ id }) => id}
        empty="还没有出具过证明。"
        columns={[
          { title: "编号", dataIndex: "number" },
          { title: "证明", dataIndex: "title" },
          ...(may(contract.confirmation.supplySheets) ? [] : [{ title: "学校", dataIndex: "school" }]),
          { title: "人数", dataIndex: "entries" },
          { title: "签发人", dataIndex: "signer" },
          { title: "出具", render: (_, { issuedAt, issuedBy }) => `${momentText(issuedAt)} ${issuedBy}` },
          {
            title: "打印",
            render: (_, { id }) => (
              <Space>
                <FileButton
                  open
                  size="small"
                  read={() => client.documents.getSchoolSheet({ campaign: campaign.key, sheet: id, layout: "person" })}
                >
                  每人一份
                </FileButton>
                <FileButton
                  open
                  size="small"
                  read={() => client.documents.getSchoolSheet({ campaign: campaign.key, sheet: id, layout: "rows" })}
                >
                  汇总表
                </FileButton>
              </Space>
            ),
          },
        ]}
      />
    </>
  );
}

function IssueCard({ onIssued }: { onIssued: (sheets: string[]) => void }) {
  const campaign = useCampaign();
  const kinds = useQuery(api.confirmation.listSheetKinds.queryOptions({ input: { campaign: campaign.key } }));
  const counts = useQuery(api.cases.countQueue.queryOptions({ input: { campaign: campaign.key, state: "submitted" } }));
  const supplied = kinds.data ?? [];
  const [chosen, setChosen] = useState<string[]>();
  const [signer, setSigner] = useState(lastSigner());
  const wanted = chosen ?? supplied.filter(({ lacking }) => lacking > 0).map(({ material }) => material);
  const issue = useMutation({
    mutationFn: async () => {
      const bySchool = Map.groupBy(await listSubmitted(campaign.key), ({ schoolId }) => schoolId ?? "");
      const issued: { recorded: number; sheets: string[] } = { recorded: 0, sheets: [] };
      for (const [school, cases] of bySchool) {
        for (const material of wanted) {
          const { recorded, sheets } = await client.confirmation.supplySheets({
            campaign: campaign.key,
            school,
            material,
            signer: signer.trim(),
            applications: cases.map(({ id }) => id),
          });
          issued.recorded += recorded;
          issued.sheets.push(...sheets.map(({ id }) => id));
        }
      }
      return issued;
    },
    onSuccess: async ({ sheets }) => {
      rememberSigner(signer);
      onIssued(sheets);
      await queryClient.invalidateQueries();
    },
    retry: false,
  });
  const waiting = counts.data?.total ?? 0;
  return (
    <Card size="small" className="below-l">
      <Typography.Paragraph>
        为待现场确认的{waiting}名教师一次出具下列证明。出具后打印，由学校负责人签字、加盖公章，每人一份放入材料袋。
      </Typography.Paragraph>
      <Checkbox.Group
        value={wanted}
        onChange={setChosen}
        options={supplied.map(({ material, item, title, lacking }) => ({
          value: material,
          label: `第${item}项 ${title}（${lacking === 0 ? "均已出具" : `${lacking}人未出具`}）`,
        }))}
      />
      <Space className="above" wrap>
        <label htmlFor="sheet-signer">签发人（学校负责人）</label>
        <Input
          id="sheet-signer"
          className="w-m"
          maxLength={50}
          value={signer}
          onChange={({ target }) => setSigner(target.value)}
        />
        <Button
          type="primary"
          loading={issue.isPending}
          disabled={waiting === 0 || wanted.length === 0 || signer.trim().length < 2}
          onClick={() => issue.mutate()}
        >
          出具证明
        </Button>
      </Space>
      <div role="status">
        {issue.data === undefined ? "" : `已出具${issue.data.recorded}份。点“合并打印所选”，一次打印。`}
      </div>
      {issue.error !== null && <ProblemAlert error={issue.error} />}
    </Card>
  );
}

/** All that wait for the desk, page by page. */
async function listSubmitted(campaign: string) {
  const all: { id: string; schoolId: string | null }[] = [];
  let after: string | undefined;
  do {
    const page = await client.cases.listQueue({
      campaign,
      state: "submitted",
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    all.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return all;
}
