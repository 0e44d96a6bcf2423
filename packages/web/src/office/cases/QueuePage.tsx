import { queueColumns, type SavedFilter } from "@shice/contract/cases.ts";
import { lifecycle } from "@shice/rules/lifecycle/lifecycle.ts";
import { concludedStates, isAmong } from "@shice/rules/lifecycle/state.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Space, type TableColumnsType, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { Nothing, ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import type { BulkActSpec } from "../acts/act-spec.ts";
import { BulkDialog } from "../acts/BulkDialog.tsx";
import { queuesOf } from "../queue-registry.ts";
import { rememberRows } from "../queues/neighbours.ts";
import { useQueueCount } from "../queues/queue-count.ts";
import type { QueueView } from "../queues/queue-view.ts";
import { QueueFilters } from "./QueueFilters.tsx";
import { ColumnChoice, columnsOf, type QueueRow, useHiddenColumns } from "./queue-columns.tsx";
import { SavedFilters } from "./SavedFilters.tsx";
import { filterOf, QueueSearch } from "./search.ts";
import { ExportWhole, SelectWhole } from "./WholeQueue.tsx";

const pageSize = 50;
const batchPageSize = 500;

/** The queues of a role with their counts; filters, chosen columns and place are in the address. */
export function QueuePage() {
  const campaign = useCampaign();
  const { post } = useOffice();
  const search: QueueSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const views = queuesOf(post.role);
  const view = views.find(({ key }) => key === search.queue) ?? views[0];
  const [selected, setSelected] = useState<QueueRow[]>([]);
  const [bulk, setBulk] = useState<BulkActSpec>();
  const [hidden, setHidden] = useHiddenColumns();

  const { after } = search;
  const filter = filterOf(search);
  const wanted = { state: [...(view?.states ?? [])], ...view?.filter, ...filter };
  const counts = useQuery(api.cases.countQueue.queryOptions({ input: { campaign: campaign.key } }));
  const list = useQuery(
    api.cases.listQueue.queryOptions({
      input: {
        campaign: campaign.key,
        ...wanted,
        ...(after === undefined ? {} : { after }),
        // A batch is confirmed or handed over as one: its people stand on one page.
        limit: filter.batch === undefined ? pageSize : batchPageSize,
      },
      placeholderData: keepPreviousData,
      enabled: view !== undefined,
    }),
  );
  if (view === undefined) return <Nothing text="这个岗位没有办件队列。" />;

  const go = (change: Partial<QueueSearch>) => {
    setSelected([]);
    void navigate({
      to: "/office/$campaign/queue",
      params: { campaign: campaign.key },
      search: { ...search, after: undefined, ...change },
    });
  };
  const choose = ({ filter: saved, columns: shown }: SavedFilter) => {
    setSelected([]);
    setHidden(queueColumns.filter((key) => !shown.includes(key)));
    void navigate({
      to: "/office/$campaign/queue",
      params: { campaign: campaign.key },
      search: QueueSearch.parse(saved),
    });
  };
  const rows = list.data?.items ?? [];
  const columns = columnsOf(campaign).filter(({ key }) => !hidden.includes(key));

  return (
    <>
      <Typography.Title level={2}>办件</Typography.Title>
      <nav className="heaps" aria-label="办件队列">
        {views.map((queue) => (
          <Link
            key={queue.key}
            to="/office/$campaign/queue"
            params={{ campaign: campaign.key }}
            search={{ queue: queue.key }}
            aria-current={queue.key === view.key ? "page" : undefined}
            onClick={() => setSelected([])}
          >
            <QueueTab queue={queue} campaign={campaign.key} counts={counts.data?.counts} />
          </Link>
        ))}
      </nav>
      <Typography.Paragraph>{view.todo}</Typography.Paragraph>
      <QueueFilters
        search={search}
        onSearch={go}
        decided={view.states.some((state) => isAmong(state, concludedStates))}
      />
      <Space wrap className="around">
        {(view.bulk ?? []).map((act) => (
          <Button key={act.transition} type="primary" disabled={selected.length === 0} onClick={() => setBulk(act)}>
            {lifecycle[act.transition].title}
            {selected.length > 0 && `（${selected.length}件）`}
          </Button>
        ))}
        {view.bulk !== undefined && <SelectWhole campaign={campaign.key} filter={wanted} onSelect={setSelected} />}
        {view.page !== undefined && (
          <Link to={`/office/$campaign/${view.page.key}`} params={{ campaign: campaign.key }} search={view.page.search}>
            <Button type="primary" tabIndex={-1}>
              {view.page.label}
            </Button>
          </Link>
        )}
        <SavedFilters
          campaign={campaign.key}
          filter={{ queue: view.key, ...filter }}
          columns={columns.map(({ key }) => key)}
          onChoose={choose}
        />
        <ColumnChoice columns={columnsOf(campaign)} hidden={hidden} onChange={setHidden} />
        <ExportWhole campaign={campaign.key} filter={wanted} columns={columns.map(({ key }) => key)} />
      </Space>
      {list.error !== null && <ProblemAlert error={list.error} again={() => list.refetch()} />}
      <QueueTable
        rows={rows}
        columns={columns}
        isLoading={list.isPlaceholderData || list.isPending}
        selected={view.bulk === undefined ? undefined : selected}
        onSelect={setSelected}
      />
      <Space className="above">
        {after !== undefined && <Button onClick={() => go({})}>回到第一页</Button>}
        {after !== undefined && <Button onClick={() => window.history.back()}>上一页</Button>}
        <Button disabled={list.data?.next == null} onClick={() => go({ after: list.data?.next ?? undefined })}>
          下一页
        </Button>
      </Space>
      {bulk !== undefined && (
        <BulkDialog
          spec={bulk}
          campaign={campaign.key}
          rows={selected}
          onClose={() => {
            setBulk(undefined);
            setSelected([]);
          }}
        />
      )}
    </>
  );
}

function QueueTable({
  rows,
  columns,
  isLoading,
  selected,
  onSelect,
}: {
  rows: readonly QueueRow[];
  columns: TableColumnsType<QueueRow>;
  isLoading: boolean;
  /** The selected rows, of other pages too; undefined where nothing is done with many at once. */
  selected: readonly QueueRow[] | undefined;
  onSelect: (rows: QueueRow[]) => void;
}) {
  const campaign = useCampaign();
  const renderName = (_: unknown, row: QueueRow) => (
    <>
      <Link
        to="/office/$campaign/case/$application"
        params={{ campaign: campaign.key, application: row.id }}
        onClick={() => rememberRows(rows.map(({ id }) => id))}
      >
        {row.name}
      </Link>
      {row.nameOnCertificate !== null && <div className="soft">证书姓名：{row.nameOnCertificate}</div>}
    </>
  );
  return (
    <DataTable<QueueRow>
      label="办件"
      rowKey="id"
      size="middle"
      loading={isLoading}
      dataSource={[...rows]}
      columns={columns.map((column) => (column.key === "name" ? { ...column, render: renderName } : column))}
      pagination={false}
      locale={{ emptyText: <Nothing text="没有符合条件的申请。" /> }}
      {...(selected === undefined
        ? {}
        : {
            rowSelection: {
              selectedRowKeys: selected.map(({ id }) => id),
              preserveSelectedRowKeys: true,
              // The table knows this page alone, so rows of other pages are looked up here.
              onChange: (keys) => {
                const known = new Map([...selected, ...rows].map((row) => [row.id, row]));
                onSelect(keys.flatMap((key) => known.get(String(key)) ?? []));
              },
              getCheckboxProps: (row: QueueRow) => ({ "aria-label": `选择${row.name}` }),
            },
          })}
    />
  );
}

function QueueTab({
  queue,
  campaign,
  counts,
}: {
  queue: QueueView;
  campaign: string;
  counts: Record<string, number> | undefined;
}) {
  const number = useQueueCount(campaign, queue, counts);
  return (
    <>
      {queue.title}（{number}）
    </>
  );
}
