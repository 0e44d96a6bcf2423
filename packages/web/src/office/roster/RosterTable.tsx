import { contract } from "@shice/contract/contract.ts";
import { isExpectedToApply, standingTitles } from "@shice/rules/roster/standing.ts";
import { Link } from "@tanstack/react-router";
import { Button, Space, type TableColumnsType } from "antd";
import { useCampaign } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { shortMoment } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { useOffice } from "../../ui/session.ts";
import { AssistButton } from "../acts/StartAssistanceButton.tsx";
import { type Item, reasonText } from "./items.ts";

/** The people of the roster, each with how far they have come and whether the school has gone through them. */
export function RosterTable({
  filter,
  chosen,
  onChoose,
  onStanding,
  onStatement,
  onRemind,
}: {
  filter: object;
  chosen: readonly Item[];
  onChoose: (items: Item[]) => void;
  onStanding: (item: Item) => void;
  onStatement: (item: Item) => void;
  onRemind: (item: Item) => void;
}) {
  const campaign = useCampaign();
  const { post, may } = useOffice();
  const mayEdit = may(contract.roster.setStanding);
  const columns: TableColumnsType<Item> = [
    {
      title: "姓名",
      render: (_, row) => (
        <>
          {row.application === null ? (
            row.name
          ) : (
            <Link
              to="/office/$campaign/case/$application"
              params={{ campaign: campaign.key, application: row.application }}
            >
              {row.name}
            </Link>
          )}
          <div className="soft">{row.idNumberMasked}</div>
        </>
      ),
    },
    ...(post.organisationKind === "school" ? [] : [{ title: "学校", dataIndex: "schoolName" }]),
    { title: "情形", render: (_, row) => <Standing item={row} /> },
    {
      title: "申请",
      render: (_, { stateTitle, elsewhere }) =>
        elsewhere === null ? (stateTitle ?? "未申请") : `已在${elsewhere}申请`,
    },
    { title: "分批", render: (_, { batch }) => (batch === null ? "" : `${batch.name} ${batch.plannedOn.slice(5)}`) },
    { title: "核对", render: (_, row) => <Seen item={row} /> },
    ...(mayEdit
      ? [
          {
            title: "办理",
            render: (_: unknown, row: Item) => (
              <Space size={4} wrap>
                <Button size="small" onClick={() => onStanding(row)} aria-label={`登记情形：${row.name}`}>
                  登记情形
                </Button>
                {may(contract.roster.remind) && owes(row) && (
                  <Button size="small" onClick={() => onRemind(row)} aria-label={`提醒：${row.name}`}>
                    提醒
                  </Button>
                )}
                {may(contract.assistance.start) && isExpectedToApply(row.standing) && <AssistButton item={row} />}
                {row.standing === "unwilling" && (
                  <Button size="small" onClick={() => onStatement(row)} aria-label={`声明：${row.name}`}>
                    声明
                  </Button>
                )}
              </Space>
            ),
          },
        ]
      : []),
  ];
  return (
    <PagedTable<Item>
      key={JSON.stringify(filter)}
      title="应注册教师名册"
      name={["roster", campaign.key, filter]}
      read={(page) => client.roster.listRoster({ campaign: campaign.key, ...filter, ...page })}
      rowKey={({ id }) => id}
      empty="名册里没有符合条件的教师。"
      columns={columns}
      {...(may(contract.roster.markSeen)
        ? {
            rowSelection: {
              preserveSelectedRowKeys: true,
              selectedRowKeys: chosen.map(({ id }) => id),
              onChange: (_keys: unknown, rows: Item[]) => onChoose(rows),
              getCheckboxProps: (row: Item) => ({ "aria-label": `选择${row.name}` }),
              getTitleCheckboxProps: () => ({ "aria-label": "选择本页全部" }),
            },
          }
        : {})}
    />
  );
}

/** Whether there is something that only the teacher can do now. */
function owes({ state, standing, elsewhere }: Item): boolean {
  return state === null ? isExpectedToApply(standing) && elsewhere === null : state === "draft" || state === "returned";
}

function Standing({ item }: { item: Item }) {
  const campaign = useCampaign();
  const { standing, parked, statementOn, scan } = item;
  const reason = reasonText(campaign, item);
  const statement =
    standing !== "unwilling"
      ? ""
      : statementOn === null
        ? "没有登记声明"
        : `声明${statementOn.slice(5)}签字${scan === "kept" ? "，有扫描件" : scan === "lost" ? "，扫描件已丢失" : ""}`;
  return (
    <>
      {standingTitles[standing]}{" "}
      {parked !== null && <span className="tag heed">{`${parked.title} ${parked.days}天`}</span>}
      {[reason, statement]
        .filter((line) => line !== "")
        .map((line) => (
          <div key={line} className="soft">
            {line}
          </div>
        ))}
    </>
  );
}

function Seen({ item: { seen, seenAt, seenBy } }: { item: Item }) {
  if (!seen) return <span className="tag heed">还没有看过</span>;
  return seenAt === null ? "已办理" : `${shortMoment(seenAt)}${seenBy === null ? "" : ` ${seenBy}`}`;
}
