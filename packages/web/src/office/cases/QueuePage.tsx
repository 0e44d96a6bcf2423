import { DownOutlined, SettingOutlined } from "@ant-design/icons";
import { type QueueColumn, queueColumns, type SavedFilter } from "@shice/contract/cases.ts";
import { contract } from "@shice/contract/contract.ts";
import { lifecycle } from "@shice/rules/lifecycle/lifecycle.ts";
import { concludedStates, isAmong } from "@shice/rules/lifecycle/state.ts";
import { certificateTitles } from "@shice/rules/plan/institution.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Checkbox, Form, Input, Popover, Select, Space, type TableColumnsType, Tag, Typography } from "antd";
import { useState } from "react";
import { conclusionName, useCampaign } from "../../ui/campaign.ts";
import { api, type client } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { shortMoment } from "../../ui/moment.ts";
import { Nothing, ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import type { BulkActSpec } from "../acts/act-spec.ts";
import { BulkDialog } from "../acts/BulkDialog.tsx";
import { queuesOf } from "../queue-registry.ts";
import { rememberRows } from "../queues/neighbours.ts";
import { useQueueCount } from "../queues/queue-count.ts";
import type { QueueView } from "../queues/queue-view.ts";
import { SavedFilters } from "./SavedFilters.tsx";
import { QueueSearch } from "./search.ts";
import { ExportWhole, SelectWhole } from "./WholeQueue.tsx";

type Row = Awaited<ReturnType<typeof client.cases.listQueue>>["items"][number];
const pageSize = 50;
const batchPageSize = 500;
const columnsKey = "shice-columns";

/** The queues of a role with their counts; filters, chosen columns and place are in the address. */
export function QueuePage() {
  const campaign = useCampaign();
  const { post } = useOffice();
  const search: QueueSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const views = queuesOf(post.role);
  const view = views.find(({ key }) => key === search.queue) ?? views[0];
  const [selected, setSelected] = useState<Row[]>([]);
  const [bulk, setBulk] = useState<BulkActSpec>();
  const [hidden, setHidden] = useHiddenColumns();

  const { queue: _queue, after, ...filter } = search;
  const wanted = { state: [...(view?.states ?? [])], ...view?.filter, ...withoutEmpty(filter) };
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
      <Filters search={search} onSearch={go} decided={view.states.some((state) => isAmong(state, concludedStates))} />
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
          filter={{ queue: view.key, ...withoutEmpty(filter) }}
          columns={columns.map(({ key }) => key)}
          onChoose={choose}
        />
        <ColumnChoice columns={columnsOf(campaign)} hidden={hidden} onChange={setHidden} />
        <ExportWhole campaign={campaign.key} filter={wanted} columns={columns.map(({ key }) => key)} />
      </Space>
      {list.error !== null && <ProblemAlert error={list.error} again={() => list.refetch()} />}
      <DataTable<Row>
        label="办件"
        rowKey="id"
        size="middle"
        loading={list.isPlaceholderData || list.isPending}
        dataSource={rows}
        columns={columns.map((column) =>
          column.key === "name"
            ? {
                ...column,
                render: (_: unknown, row: Row) => (
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
                ),
              }
            : column,
        )}
        pagination={false}
        locale={{ emptyText: <Nothing text="没有符合条件的申请。" /> }}
        {...(view.bulk === undefined
          ? {}
          : {
              rowSelection: {
                selectedRowKeys: selected.map(({ id }) => id),
                preserveSelectedRowKeys: true,
                // The rows of other pages are ours to know: the table knows this page alone.
                onChange: (keys) => {
                  const known = new Map([...selected, ...rows].map((row) => [row.id, row]));
                  setSelected(keys.flatMap((key) => known.get(String(key)) ?? []));
                },
                getCheckboxProps: (row: Row) => ({ "aria-label": `选择${row.name}` }),
              },
            })}
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

/** What is asked, without what is not; an empty search asks nothing. */
type Asked = { [Part in keyof Omit<QueueSearch, "queue" | "after">]?: Exclude<QueueSearch[Part], undefined> };

function withoutEmpty(filter: Omit<QueueSearch, "queue" | "after">): Asked {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ""));
}

/** In which a teacher has a conclusion to sign for. */

function Filters({
  search,
  onSearch,
  decided,
}: {
  search: QueueSearch;
  onSearch: (change: Partial<QueueSearch>) => void;
  decided: boolean;
}) {
  const campaign = useCampaign();
  const { post, may } = useOffice();
  const wide = post.organisationKind !== "school" && post.organisationKind !== "authority";
  const bodies = useQuery(
    api.organisations.listBodies.queryOptions({ input: { campaign: campaign.key }, enabled: wide }),
  );
  return (
    <Form layout="inline" className="filters" role="search" aria-label="筛选">
      <Form.Item label="姓名或编号">
        <Input.Search
          aria-label="姓名或编号"
          placeholder="可用拼音、曾用名"
          defaultValue={search.search ?? ""}
          key={search.search ?? ""}
          allowClear
          onSearch={(text) => onSearch({ search: text.trim() === "" ? undefined : text.trim() })}
          className="w-xl"
          enterButton="查找"
        />
      </Form.Item>
      {wide && (
        <Form.Item label="区县">
          <Select
            aria-label="区县"
            allowClear
            className="w-m"
            value={search.authority ?? null}
            onChange={(authority: string | null) => onSearch({ authority: authority ?? undefined })}
            options={(bodies.data ?? [])
              .filter(({ area }) => area !== null)
              .map(({ id, areaName }) => ({ value: id, label: areaName }))}
          />
        </Form.Item>
      )}
      <Form.Item label="注册类型">
        <Select
          aria-label="注册类型"
          allowClear
          className="w-s"
          value={search.registrationKind ?? null}
          onChange={(kind: "first" | "periodic" | null) => onSearch({ registrationKind: kind ?? undefined })}
          options={[
            { value: "first", label: "首次注册" },
            { value: "periodic", label: "定期注册" },
          ]}
        />
      </Form.Item>
      {may(contract.roster.assignBatch) && <BatchChoice search={search} onSearch={onSearch} />}
      <Form.Item label="提示">
        <Select
          aria-label="提示"
          allowClear
          className="w-s"
          value={search.flagged ?? null}
          onChange={(flagged: "yes" | "no" | null) => onSearch({ flagged: flagged ?? undefined })}
          options={[
            { value: "yes", label: "有提示" },
            { value: "no", label: "无提示" },
          ]}
        />
      </Form.Item>
      {decided && (
        <Form.Item label="结论签收">
          <Select
            aria-label="结论签收"
            allowClear
            className="w-s"
            value={search.received ?? null}
            onChange={(received: "yes" | "no" | null) => onSearch({ received: received ?? undefined })}
            options={[
              { value: "yes", label: "已签收" },
              { value: "no", label: "未签收" },
            ]}
          />
        </Form.Item>
      )}
      {!may(contract.confirmation.confirm) && (
        <Form.Item label="结论">
          <Select
            aria-label="结论"
            allowClear
            className="w-s"
            value={search.conclusion ?? null}
            onChange={(conclusion: string | null) => onSearch({ conclusion: conclusion ?? undefined })}
            options={campaign.conclusions.map(({ key, name }) => ({ value: key, label: name }))}
          />
        </Form.Item>
      )}
    </Form>
  );
}

/** The school's batches, where it has any. */
function BatchChoice({ search, onSearch }: { search: QueueSearch; onSearch: (change: Partial<QueueSearch>) => void }) {
  const campaign = useCampaign();
  const { data = [] } = useQuery(api.roster.listBatches.queryOptions({ input: { campaign: campaign.key } }));
  if (data.length === 0) return null;
  return (
    <Form.Item label="分批">
      <Select
        aria-label="分批"
        allowClear
        className="w-m"
        value={search.batch ?? null}
        onChange={(batch: string | null) => onSearch({ batch: batch ?? undefined })}
        options={data.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}

type Column = TableColumnsType<Row>[number] & { key: QueueColumn };

function columnsOf(campaign: ReturnType<typeof useCampaign>): Column[] {
  return [
    { key: "name", title: "姓名", dataIndex: "name" },
    { key: "number", title: "申请编号", dataIndex: "number" },
    { key: "school", title: "任教学校", dataIndex: "school" },
    { key: "subject", title: "任教学科", dataIndex: "subject" },
    {
      key: "certificateKind",
      title: "教师资格种类",
      render: (_, { certificateKind }) => (certificateKind === null ? "" : certificateTitles[certificateKind]),
    },
    {
      key: "registrationKind",
      title: "注册类型",
      render: (_, { registrationKind }) => (registrationKind === "first" ? "首次注册" : "定期注册"),
    },
    { key: "state", title: "状态", dataIndex: "stateTitle" },
    { key: "since", title: "到达时间", render: (_, { stateSince }) => shortMoment(stateSince) },
    { key: "replyBy", title: "答复截止", render: (_, { replyBy }) => (replyBy === null ? "" : shortMoment(replyBy)) },
    {
      key: "proposed",
      title: "拟定结论",
      render: (_, row) => conclusionName(campaign, row.conclusion ?? row.proposedConclusion),
    },
    {
      key: "flags",
      title: "提示",
      render: (_, { flags, assisted }) => {
        // The school's filling in is a flag too; here it is said in words.
        const found = flags.filter((code) => code !== "assistance.by-school").length;
        return (
          <>
            {found > 0 && <Tag color="warning">{found}项</Tag>}
            {assisted !== null && <span className="mark">学校代填</span>}
          </>
        );
      },
    },
  ];
}

function useHiddenColumns(): [string[], (hidden: string[]) => void] {
  const [hidden, setHidden] = useState<string[]>(() =>
    (localStorage.getItem(columnsKey) ?? "certificateKind").split(",").filter((key) => key !== ""),
  );
  return [
    hidden,
    (now) => {
      localStorage.setItem(columnsKey, now.join(","));
      setHidden(now);
    },
  ];
}

function ColumnChoice({
  columns,
  hidden,
  onChange,
}: {
  columns: TableColumnsType<Row>;
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}) {
  const options = columns
    .filter(({ key }) => key !== "name")
    .map(({ key, title }) => ({ value: String(key), label: String(title) }));
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      content={
        <Checkbox.Group
          className="stack"
          options={options}
          value={options.map(({ value }) => value).filter((key) => !hidden.includes(key))}
          onChange={(shown) => onChange(options.map(({ value }) => value).filter((key) => !shown.includes(key)))}
        />
      }
    >
      <Button icon={<SettingOutlined aria-hidden />}>
        选择列 <DownOutlined aria-hidden />
      </Button>
    </Popover>
  );
}
