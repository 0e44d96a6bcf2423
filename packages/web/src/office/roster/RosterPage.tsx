import { DownOutlined } from "@ant-design/icons";
import { contract } from "@shice/contract/contract.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Dropdown, Space, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { useFile } from "../../ui/FileButton.tsx";
import { Fetched, ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { AddDialog } from "./AddDialog.tsx";
import { AssistedResetDialog } from "./AssistedResetDialog.tsx";
import { AssignDialog, ParkDialog } from "./BatchDialogs.tsx";
import { Filters } from "./Filters.tsx";
import { type Item, selectionOf, sizeOf, type Target, targetText } from "./items.ts";
import { Numbers } from "./Numbers.tsx";
import { RemindDialog } from "./RemindDialog.tsx";
import { RosterTable } from "./RosterTable.tsx";
import { RosterTabs } from "./RosterTabs.tsx";
import { StandingDialog } from "./StandingDialog.tsx";
import { StatementDialog } from "./StatementDialog.tsx";
import { filterOf, type RosterSearch } from "./search.ts";

type Open = "add" | "help" | "remind" | "assign" | "park" | "standings";

/** Who should register, and how far each has come; nobody lapses whom the school has not seen (Notice §三(一), §三(二)). */
export function RosterPage() {
  const campaign = useCampaign();
  const { may } = useOffice();
  const search: RosterSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const filter = filterOf(search);
  const isClerk = may(contract.roster.markSeen);
  const [chosen, setChosen] = useState<Item[]>([]);
  const [open, setOpen] = useState<Open>();
  const [standing, setStanding] = useState<Item>();
  const [statement, setStatement] = useState<Item>();
  const [reminded, setReminded] = useState<Item>();
  const counts = useQuery(api.roster.countRoster.queryOptions({ input: { campaign: campaign.key } }));
  const matching = useQuery(
    api.roster.countMatching.queryOptions({ input: { campaign: campaign.key, ...filter }, enabled: isClerk }),
  );
  const target: Target = { chosen, filter, count: matching.data?.count };
  const show = (now: RosterSearch) => {
    setChosen([]);
    void navigate({ to: "/office/$campaign/roster", params: { campaign: campaign.key }, search: now });
  };
  const close = () => setOpen(undefined);
  return (
    <>
      <Typography.Title level={2}>应注册教师名册</Typography.Title>
      <RosterTabs here="roster" />
      <Fetched query={counts} rows={2}>
        {(known) => <Numbers counts={known} search={search} onShow={show} />}
      </Fetched>
      <Filters search={search} onSearch={show} />
      <Keeping filter={filter} onOpen={setOpen} />
      {isClerk && <Acts target={target} onOpen={setOpen} onDone={() => setChosen([])} />}
      <RosterTable
        filter={filter}
        chosen={chosen}
        onChoose={setChosen}
        onStanding={setStanding}
        onStatement={setStatement}
        onRemind={setReminded}
      />
      {standing !== undefined && <StandingDialog items={[standing]} onClose={() => setStanding(undefined)} />}
      {statement !== undefined && <StatementDialog item={statement} onClose={() => setStatement(undefined)} />}
      {reminded !== undefined && (
        <RemindDialog target={{ ...target, chosen: [reminded] }} onClose={() => setReminded(undefined)} />
      )}
      {open === "add" && <AddDialog onClose={close} />}
      {open === "help" && <AssistedResetDialog onClose={close} />}
      {open === "standings" && <StandingDialog items={chosen} onClose={close} />}
      {open === "remind" && <RemindDialog target={target} onClose={close} />}
      {open === "assign" && <AssignDialog target={target} onClose={close} />}
      {open === "park" && <ParkDialog target={target} onClose={close} />}
    </>
  );
}

/** How people come onto the roster, and the papers that are made from it. */
function Keeping({ filter, onOpen }: { filter: object; onOpen: (what: Open) => void }) {
  const campaign = useCampaign();
  const { post, may } = useOffice();
  const [busy, fetchIt] = useFile();
  if (!may(contract.roster.addRoster)) return null;
  const isClerk = may(contract.roster.markSeen);
  const { roster } = client;
  const papers: Record<string, () => void> = {
    book: () => void fetchIt(() => roster.getRosterBook({ campaign: campaign.key, filled: "yes" })),
    sheet: () => void fetchIt(() => roster.getReconciliationSheet({ campaign: campaign.key }), true),
    list: () => void fetchIt(() => roster.getReminderList({ campaign: campaign.key, ...filter, owing: "yes" }), true),
    statement: () => void fetchIt(() => roster.getStatementForm({ campaign: campaign.key }), true),
    help: () => onOpen("help"),
  };
  const ofOneSchool = isClerk && post.organisationKind === "school";
  return (
    <Space wrap className="below">
      <Button type="primary" onClick={() => onOpen("add")}>
        登记教师
      </Button>
      <Link to="/office/$campaign/roster/import" params={{ campaign: campaign.key }}>
        <Button tabIndex={-1}>导入 Excel</Button>
      </Link>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "book", label: "导出 Excel" },
            ...(ofOneSchool ? [{ key: "sheet", label: "打印名册核对表（负责人签字）" }] : []),
            ...(isClerk ? [{ key: "list", label: "打印提醒名单（张贴用，不含号码）" }] : []),
            { key: "statement", label: "打印空白的“不参加”声明" },
            ...(isClerk ? [{ key: "help", label: "协助教师重设密码" }] : []),
          ],
          onClick: ({ key }) => papers[key]?.(),
        }}
      >
        <Button loading={busy}>
          导出与打印 <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
    </Space>
  );
}

/** What the clerk does for those chosen, or for all that the list shows. */
function Acts({ target, onOpen, onDone }: { target: Target; onOpen: (what: Open) => void; onDone: () => void }) {
  const campaign = useCampaign();
  const { modal, message } = App.useApp();
  const see = useMutation({
    mutationFn: () => client.roster.markSeen({ campaign: campaign.key, selection: selectionOf(target) }),
    onSuccess: async ({ seen }) => {
      message.success(`已记录：逐一核对${seen}人。`);
      onDone();
      await queryClient.invalidateQueries();
    },
    retry: false,
  });
  const nobody = sizeOf(target) === 0;
  const none = target.chosen.length === 0;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend */}
      <div className="act-bar" role="group" aria-label="批量办理">
        <span>对{targetText(target)}：</span>
        <Button
          disabled={nobody}
          loading={see.isPending}
          onClick={() =>
            modal.confirm({
              title: `确认已逐一核对${targetText(target)}？`,
              content:
                "到期没有完成现场确认的，将视为自动放弃。请确认每一个人都已看过：申请了没有，没有申请的是什么原因。",
              okText: "已逐一核对",
              cancelText: "再看看",
              onOk: () => see.mutate(),
            })
          }
        >
          已逐一核对
        </Button>
        <Button disabled={nobody} onClick={() => onOpen("remind")}>
          提醒
        </Button>
        <Button disabled={nobody} onClick={() => onOpen("assign")}>
          编入分批
        </Button>
        <Button disabled={none} onClick={() => onOpen("standings")}>
          登记情形
        </Button>
        <Button disabled={none} onClick={() => onOpen("park")}>
          登记更正中
        </Button>
        {none && <span className="soft">登记情形、更正中，请先勾选教师。</span>}
      </div>
      {see.error !== null && <ProblemAlert error={see.error} />}
    </>
  );
}
