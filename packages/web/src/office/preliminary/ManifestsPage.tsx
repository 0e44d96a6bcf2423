import { contract } from "@shice/contract/contract.ts";
import type { Manifest } from "@shice/contract/preliminary.ts";
import { keysOf } from "@shice/rules/keys.ts";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Input, Select, Space, Tag, Typography } from "antd";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { sentenceOfError } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { ManifestsSearch } from "./search.ts";

const states = { open: "正在签收", received: "已办结签收", outstanding: "有待补交" } as const;
type State = keyof typeof states;

/** What schools have handed over, and how far the district has looked into it (Notice §三(二)). */
export function ManifestsPage() {
  const campaign = useCampaignKey();
  const { may } = useOffice();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { state, search } = ManifestsSearch.parse(useSearch({ strict: false }));
  const filter = {
    ...(state === undefined ? {} : { state }),
    ...(search === undefined || search === "" ? {} : { search }),
  };
  const go = (change: ManifestsSearch) =>
    navigate({
      to: "/office/$campaign/manifests",
      params: { campaign },
      search: { state, search, ...change },
    });

  /** A scanned code means one list: that is opened, with the bag in view. */
  async function find(text: string): Promise<void> {
    const word = text.trim();
    if (!/^(jj)?[\d-]{8,}$/i.test(word)) return void go({ search: word === "" ? undefined : word });
    try {
      const { items } = await client.preliminary.listManifests({ campaign, search: word, limit: 2 });
      const [only, second] = items;
      if (only === undefined) message.warning("没有找到这份清单或材料袋，请核对编号。");
      else if (second !== undefined) await go({ search: word });
      else {
        await navigate({
          to: "/office/$campaign/manifests/$manifest",
          params: { campaign, manifest: only.id },
          search: /^jj/i.test(word) ? {} : { bag: word },
        });
      }
    } catch (error) {
      message.error(sentenceOfError(error));
    }
  }
  return (
    <>
      <Typography.Title level={2}>交接清单</Typography.Title>
      <Typography.Paragraph>
        {may(contract.confirmation.handOver)
          ? "本校报送的申请与材料，和区县逐件核对的结果。缺少或不符的，请尽快补交。"
          : "学校统一报送的申请与材料。区县收到后逐件核对、签收，有出入的逐件写明。"}
      </Typography.Paragraph>
      <Space wrap className="below">
        <Input.Search
          aria-label="清单编号、申请编号或姓名"
          placeholder="扫描清单或档案袋条码，或输入姓名"
          allowClear
          enterButton="查找"
          className="w-search"
          defaultValue={search ?? ""}
          key={search ?? ""}
          onSearch={find}
        />
        <Select<State | "all">
          aria-label="签收情况"
          className="w-m"
          value={state ?? "all"}
          onChange={(now) => go({ state: now === "all" ? undefined : now })}
          options={[
            { value: "all", label: "全部" },
            ...keysOf(states).map((value) => ({ value, label: states[value] })),
          ]}
        />
      </Space>
      <PagedTable<Manifest>
        key={JSON.stringify(filter)}
        title="交接清单"
        name={["manifests", campaign, filter]}
        read={(page) => client.preliminary.listManifests({ campaign, ...filter, ...page })}
        rowKey={({ id }) => id}
        empty="没有交接清单。"
        columns={[
          {
            title: "清单编号",
            render: (_, { id, number }) => (
              <Link to="/office/$campaign/manifests/$manifest" params={{ campaign, manifest: id }}>
                {number}
              </Link>
            ),
          },
          ...(may(contract.confirmation.handOver)
            ? [{ title: "接收单位", dataIndex: "authority" }]
            : [{ title: "报送单位", dataIndex: "point" }]),
          { title: "件数", dataIndex: "entries" },
          { title: "报送时间", render: (_, { handedOverAt }) => momentText(handedOverAt) },
          { title: "签收", render: (_, row) => <Receipt manifest={row} /> },
          {
            title: "出入",
            render: (_, { differing, outstanding }) =>
              differing === 0
                ? ""
                : outstanding === 0
                  ? `${differing}件，已补齐`
                  : `${differing}件，待补${outstanding}件`,
          },
        ]}
      />
    </>
  );
}

function Receipt({ manifest: { receivedAt, settled, entries } }: { manifest: Manifest }) {
  if (receivedAt !== null) return <>{momentText(receivedAt)} 已签收</>;
  return settled === 0 ? (
    <Tag color="warning">待签收</Tag>
  ) : (
    <Tag color="processing">
      已签收 {settled}/{entries}
    </Tag>
  );
}
