import type { DirectoryItem } from "@shice/contract/organisations.ts";
import { institutionKinds, institutionTitles, ownerships, ownershipTitles } from "@shice/rules/plan/institution.ts";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Form, Input, Select, Space, Tag, Typography } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { FileButton } from "../../ui/FileButton.tsx";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { useOffice } from "../../ui/session.ts";
import { AddDialog } from "./AddDialog.tsx";
import { useAuthorities } from "./authorities.tsx";
import { PassDialog } from "./ChangeDialogs.tsx";
import { mayEditDirectory } from "./editors.ts";
import type { DirectorySearch } from "./search.ts";

/** The directory of schools, from which everyone picks: standard names, former names kept (Notice §三(一)). */
export function OrganisationsPage() {
  const campaign = useCampaignKey();
  const { post } = useOffice();
  const search: DirectorySearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<DirectoryItem[]>([]);
  const [passing, setPassing] = useState(false);
  const mayEdit = mayEditDirectory(post.role);
  // A district looks at its own schools first.
  const own = post.organisationKind === "authority" ? post.organisationId : undefined;
  const authority = search.authority ?? own ?? "all";
  const filter = {
    ...(search.query === undefined || search.query === "" ? {} : { query: search.query }),
    ...(authority === "all" ? {} : { authority }),
    ...(search.kind === undefined ? {} : { kind: search.kind }),
    ...(search.ownership === undefined ? {} : { ownership: search.ownership }),
    ended: search.ended ?? ("no" as const),
  };
  const go = (change: Partial<DirectorySearch>) => {
    setChosen([]);
    void navigate({
      to: "/office/$campaign/organisations",
      params: { campaign },
      search: { ...search, ...change },
    });
  };
  return (
    <>
      <Typography.Title level={2}>学校目录</Typography.Title>
      <Filters search={{ ...search, authority }} onSearch={go} />
      <Space wrap className="around">
        {mayEdit && (
          <Button type="primary" onClick={() => setAdding(true)}>
            登记学校
          </Button>
        )}
        {mayEdit && (
          <Link to="/office/$campaign/organisations/import" params={{ campaign }}>
            <Button tabIndex={-1}>导入 Excel</Button>
          </Link>
        )}
        <FileButton read={() => client.organisations.getDirectoryBook({ filled: "yes", ...filter })}>
          导出 Excel
        </FileButton>
        {mayEdit && (
          <Button disabled={chosen.length === 0} onClick={() => setPassing(true)}>
            划转到其他注册机构{chosen.length > 0 && `（${chosen.length}所）`}
          </Button>
        )}
      </Space>
      <PagedTable<DirectoryItem>
        key={JSON.stringify(filter)}
        title="学校目录"
        name={["directory", filter]}
        read={(page) => client.organisations.listSchools({ ...filter, ...page })}
        rowKey={({ id }) => id}
        empty="没有符合条件的学校。"
        {...(mayEdit
          ? {
              rowSelection: {
                selectedRowKeys: chosen.map(({ id }) => id),
                preserveSelectedRowKeys: true,
                onChange: (_keys: unknown, rows: DirectoryItem[]) => setChosen(rows),
                getCheckboxProps: ({ name, validTo }: DirectoryItem) => ({
                  "aria-label": `选择${name}`,
                  disabled: validTo !== null,
                }),
              },
            }
          : {})}
        columns={[
          { title: "学校", render: (_, school) => <NameCell school={school} campaign={campaign} /> },
          { title: "类别", render: (_, { kind }) => institutionTitles[kind] },
          {
            title: "举办者",
            render: (_, { ownership, industryRun }) =>
              `${ownershipTitles[ownership]}${industryRun ? "（行业办学）" : ""}`,
          },
          { title: "注册机构", dataIndex: "authority" },
          {
            title: "确认点",
            render: (_, { id, confirmationPoint, confirmationPointId }) =>
              confirmationPointId === id ? "本校" : confirmationPoint,
          },
          { title: "简称", render: (_, { aliases }) => aliases.join("、") },
          {
            title: "状态",
            render: (_, { validTo, successors }) =>
              validTo === null ? "在办" : <Ended on={validTo} successors={successors} campaign={campaign} />,
          },
        ]}
      />
      {adding && <AddDialog authority={authority === "all" ? undefined : authority} onClose={() => setAdding(false)} />}
      {passing && (
        <PassDialog
          schools={chosen}
          onClose={() => {
            setPassing(false);
            setChosen([]);
          }}
        />
      )}
    </>
  );
}

function NameCell({ school, campaign }: { school: DirectoryItem; campaign: string }) {
  return (
    <>
      <Link to="/office/$campaign/organisations/$school" params={{ campaign, school: school.id }}>
        {school.name}
      </Link>
      {school.foundBy !== null && <div className="soft">按“{school.foundBy}”找到</div>}
    </>
  );
}

function Ended({
  on,
  successors,
  campaign,
}: {
  on: string;
  successors: DirectoryItem["successors"];
  campaign: string;
}) {
  return (
    <>
      <Tag color="warning">{on} 撤并</Tag>
      {successors.map(({ id, name }) => (
        <div key={id}>
          现为{" "}
          <Link to="/office/$campaign/organisations/$school" params={{ campaign, school: id }}>
            {name}
          </Link>
        </div>
      ))}
    </>
  );
}

function Filters({
  search,
  onSearch,
}: {
  search: DirectorySearch;
  onSearch: (change: Partial<DirectorySearch>) => void;
}) {
  const authorities = useAuthorities();
  return (
    <Form layout="inline" className="filters" role="search" aria-label="筛选">
      <Form.Item>
        <Input.Search
          aria-label="学校名称"
          placeholder="全称、曾用名、简称、拼音或首字母"
          allowClear
          enterButton="查找"
          className="w-search"
          defaultValue={search.query ?? ""}
          key={search.query ?? ""}
          onSearch={(text) => onSearch({ query: text.trim() === "" ? undefined : text.trim() })}
        />
      </Form.Item>
      <Form.Item label="注册机构">
        <Select
          aria-label="注册机构"
          className="w-l"
          showSearch={{ optionFilterProp: "label" }}
          value={search.authority ?? "all"}
          onChange={(authority) => onSearch({ authority })}
          options={[{ value: "all", label: "全部" }, ...authorities]}
        />
      </Form.Item>
      <Form.Item label="类别">
        <Select
          aria-label="类别"
          allowClear
          placeholder="全部"
          className="w-l"
          value={search.kind ?? null}
          onChange={(kind) => onSearch({ kind: kind ?? undefined })}
          options={institutionKinds.map((kind) => ({ value: kind, label: institutionTitles[kind] }))}
        />
      </Form.Item>
      <Form.Item label="举办者">
        <Select
          aria-label="举办者"
          allowClear
          placeholder="全部"
          className="w-s"
          value={search.ownership ?? null}
          onChange={(ownership) => onSearch({ ownership: ownership ?? undefined })}
          options={ownerships.map((value) => ({ value, label: ownershipTitles[value] }))}
        />
      </Form.Item>
      <Form.Item label="撤并的">
        <Select
          aria-label="撤并的"
          className="w-s"
          value={search.ended ?? "no"}
          onChange={(ended) => onSearch({ ended })}
          options={[
            { value: "no", label: "不显示" },
            { value: "yes", label: "一并显示" },
            { value: "only", label: "只看撤并的" },
          ]}
        />
      </Form.Item>
    </Form>
  );
}
