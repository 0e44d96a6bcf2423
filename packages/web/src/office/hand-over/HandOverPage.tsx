import type { ToHandOver } from "@shice/contract/confirmation.ts";
import { keysOf } from "@shice/rules/keys.ts";
import type { State } from "@shice/rules/lifecycle/state.ts";
import { certificateTitles } from "@shice/rules/plan/institution.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Card, Input, Segmented, Select, Space, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { FileButton } from "../../ui/FileButton.tsx";
import { endText, shortEnd, shortMoment } from "../../ui/moment.ts";
import { Fetched, Nothing, ProblemAlert } from "../../ui/problem.tsx";
import { HandOverSearch } from "./search.ts";
import { inOrder, type Order, orders, type Totals, totalsOf } from "./totals.ts";

type Waiting = Awaited<ReturnType<typeof client.confirmation.listToHandOver>>;
type Done = Awaited<ReturnType<typeof client.confirmation.handOver>>;
type Kind = "first" | "again";

/** Hand-over in the order of the work: choose, look at the totals, hand over, print (Notice §三(二): 统一报送). */
export function HandOverPage() {
  const campaign = useCampaign();
  const navigate = useNavigate();
  const { kind = "first", batch } = HandOverSearch.parse(useSearch({ strict: false }));
  const [done, setDone] = useState<{ result: Done; names: ReadonlyMap<string, string> }>();
  const go = (search: HandOverSearch) => {
    setDone(undefined);
    void navigate({ to: "/office/$campaign/hand-over", params: { campaign: campaign.key }, search });
  };
  const counts = useQuery(api.cases.countQueue.queryOptions({ input: { campaign: campaign.key } }));
  const query = useQuery(api.confirmation.listToHandOver.queryOptions({ input: { campaign: campaign.key, kind } }));
  const planned = useQuery(api.roster.listBatches.queryOptions({ input: { campaign: campaign.key } }));
  const count = (state: State) => counts.data?.counts[state] ?? 0;
  return (
    <>
      <Typography.Title level={2}>报送</Typography.Title>
      <Typography.Paragraph>
        选择要报送的教师，核对人数和材料份数，报送后打印交接清单和档案袋标签，与纸质材料一并送区县。
      </Typography.Paragraph>
      <Segmented<Kind>
        value={kind}
        onChange={(now) => go({ kind: now })}
        options={[
          { value: "first", label: `待报送（${count("confirmed")}）` },
          { value: "again", label: `区县退回，再次报送（${count("sent-back")}）` },
        ]}
        className="below"
      />
      {done !== undefined && <Result {...done} />}
      <Fetched query={planned}>
        {(batches) => (
          <Fetched query={query}>
            {(waiting) => (
              <Choosing
                key={`${kind} ${batch}`}
                kind={kind}
                // A batch that was dissolved since the address was kept is no restriction.
                batch={batch === "none" || batches.some(({ id }) => id === batch) ? batch : undefined}
                planned={batches}
                onBatch={(chosen) => go({ kind, batch: chosen })}
                waiting={waiting}
                onDone={(result) => {
                  const names = new Map(waiting.items.map(({ application, name }) => [application, name]));
                  setDone({ result, names });
                  window.scrollTo({ top: 0 });
                }}
              />
            )}
          </Fetched>
        )}
      </Fetched>
    </>
  );
}

interface ChoosingProps {
  kind: Kind;
  batch: HandOverSearch["batch"];
  planned: readonly Planned[];
  onBatch: (batch: HandOverSearch["batch"]) => void;
  waiting: Waiting;
  onDone: (result: Done) => void;
}

function Choosing({ kind, batch, planned, onBatch, waiting, onDone }: ChoosingProps) {
  const campaign = useCampaign();
  const { modal } = App.useApp();
  const [order, setOrder] = useState<Order>("number");
  const [text, setText] = useState("");
  const batches = batchesOf(planned, waiting.items);
  const concerned =
    batch === undefined ? waiting.items : waiting.items.filter((item) => (item.batch?.id ?? "none") === batch);
  const able = concerned.filter(({ refusal }) => refusal === null);
  // All of them, unless somebody takes one out; whoever is confirmed meanwhile comes in with the next reading.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = inOrder(
    able.filter(({ application }) => !left.has(application)),
    order,
  );
  const shown = inOrder(
    concerned.filter(
      ({ name, number, sound, school }) =>
        text === "" || name.includes(text) || number.includes(text) || sound.includes(text) || school.includes(text),
    ),
    order,
  );
  const totals = totalsOf(chosen, waiting.materials);
  const handOver = useMutation({
    mutationFn: ({ applications, key }: { applications: string[]; key: string }) => {
      const input = { campaign: campaign.key, applications };
      const once = { context: { idempotencyKey: key } };
      return kind === "first"
        ? client.confirmation.handOver(input, once)
        : client.confirmation.handOverAgain(input, once);
    },
    onSuccess: async (result) => {
      onDone(result);
      await queryClient.invalidateQueries();
    },
  });
  const ask = () =>
    modal.confirm({
      title: `报送区县（${totals.people}人）`,
      width: 560,
      content: (
        <>
          <p>
            所列{totals.people}人列入一份交接清单，共{totals.copies}份材料。报送后不能再撤销确认。
          </p>
          <TotalsTable totals={totals} />
        </>
      ),
      okText: "报送",
      cancelText: "再核对一下",
      onOk: () =>
        handOver
          .mutateAsync({ applications: chosen.map(({ application }) => application), key: crypto.randomUUID() })
          .catch(() => undefined),
    });
  if (waiting.items.length === 0) {
    return <Nothing text={kind === "first" ? "没有待报送的申请。" : "没有区县退回的申请。"} />;
  }
  return (
    <>
      {waiting.until !== null && kind === "first" && (
        <Alert type="info" showIcon className="below" title={`报送截止：${endText(waiting.until)}。`} />
      )}
      {waiting.more && (
        <Alert type="warning" showIcon className="below" title="一次最多报送5000人，其余的请在报送后继续。" />
      )}
      <div className="hand-over">
        <div className="shrinks">
          <Space wrap className="below-s">
            {(planned.length > 0 || batch !== undefined) && (
              <Select
                aria-label="分批"
                className="w-m"
                popupMatchSelectWidth={false}
                value={batch ?? "all"}
                onChange={(chosen: string) => onBatch(chosen === "all" ? undefined : chosen)}
                options={[{ value: "all", label: `全部（${waiting.items.length}人）` }, ...batches]}
              />
            )}
            <Input
              aria-label="按姓名、拼音、编号或学校筛选"
              placeholder="姓名、拼音、编号或学校"
              allowClear
              className="w-xl"
              value={text}
              onChange={({ target }) => setText(target.value.trim())}
            />
            <Select<Order>
              aria-label="清单的顺序"
              className="w-m"
              value={order}
              onChange={setOrder}
              options={keysOf(orders).map((value) => ({ value, label: `按${orders[value]}排列` }))}
            />
            <Button onClick={() => setLeft(new Set())} disabled={left.size === 0}>
              全部选上
            </Button>
            <Button
              onClick={() => setLeft(new Set(able.map(({ application }) => application)))}
              disabled={chosen.length === 0}
            >
              全部不选
            </Button>
          </Space>
          <DataTable<ToHandOver>
            label={kind === "first" ? "待报送" : "区县退回"}
            size="small"
            rowKey="application"
            dataSource={shown}
            pagination={{ pageSize: 100, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: <Nothing text="没有符合条件的教师。" /> }}
            rowSelection={{
              selectedRowKeys: chosen.map(({ application }) => application),
              preserveSelectedRowKeys: true,
              onChange: (keys) => {
                const kept = new Set(keys.map(String));
                const here = new Set(shown.map(({ application }) => application));
                setLeft(
                  new Set(
                    able
                      .map(({ application }) => application)
                      .filter((id) => (here.has(id) ? !kept.has(id) : left.has(id))),
                  ),
                );
              },
              getCheckboxProps: ({ name, refusal }) => ({ "aria-label": `选择${name}`, disabled: refusal !== null }),
            }}
            columns={columnsOf(kind, campaign.key, {
              school: new Set(concerned.map(({ school }) => school)).size > 1,
              batch: concerned.some((item) => item.batch !== null),
            })}
          />
        </div>
        <Card title="本次报送" size="small" className="hand-over-sum">
          <p className="hand-over-people">
            <strong>{totals.people}</strong> 人，<strong>{totals.copies}</strong> 份材料
          </p>
          <TotalsTable totals={totals} />
          {handOver.error !== null && <ProblemAlert error={handOver.error} />}
          <Button
            type="primary"
            size="large"
            block
            disabled={totals.people === 0}
            loading={handOver.isPending}
            onClick={ask}
          >
            报送区县（{totals.people}人）
          </Button>
        </Card>
      </div>
    </>
  );
}

type Planned = Pick<Awaited<ReturnType<typeof client.roster.listBatches>>[number], "id" | "name" | "schoolName">;

/** The batches in the order of their days, each with how many of it wait; those in none come last. */
function batchesOf(planned: readonly Planned[], items: readonly ToHandOver[]) {
  const waiting = Map.groupBy(items, ({ batch }) => batch?.id ?? "none");
  const severalSchools = new Set(planned.map(({ schoolName }) => schoolName)).size > 1;
  const named = planned.map(({ id, name, schoolName }) => ({
    id,
    name: severalSchools ? `${schoolName} ${name}` : name,
  }));
  return [...named, { id: "none", name: "未分批" }].map(({ id, name }) => ({
    value: id,
    label: `${name}（${waiting.get(id)?.length ?? 0}人）`,
  }));
}

function columnsOf(kind: Kind, campaign: string, show: { school: boolean; batch: boolean }) {
  return [
    {
      title: "姓名",
      render: (_: unknown, { application, name, refusal }: ToHandOver) => (
        <>
          <Link to="/office/$campaign/case/$application" params={{ campaign, application }}>
            {name}
          </Link>
          {refusal !== null && <div className="soft">不能报送：{refusal.sentence}</div>}
        </>
      ),
    },
    { title: "申请编号", dataIndex: "number" },
    ...(show.school ? [{ title: "任教学校", dataIndex: "school" }] : []),
    ...(show.batch ? [{ title: "分批", render: (_: unknown, { batch }: ToHandOver) => batch?.name ?? "" }] : []),
    {
      title: "资格种类",
      render: (_: unknown, { certificateKind }: ToHandOver) =>
        certificateKind === null ? "" : certificateTitles[certificateKind],
    },
    {
      title: "份数",
      render: (_: unknown, { copies }: ToHandOver) => copies.reduce((sum, each) => sum + each.copies, 0),
    },
    ...(kind === "first"
      ? [{ title: "确认时间", render: (_: unknown, { since }: ToHandOver) => shortMoment(since) }]
      : [
          {
            title: "区县要求",
            render: (_: unknown, { asked, replyBy }: ToHandOver) => (
              <>
                {asked.join("；")}
                {replyBy !== null && <div className="soft">{shortEnd(replyBy)}前答复</div>}
              </>
            ),
          },
        ]),
  ];
}

function TotalsTable({ totals }: { totals: Totals }) {
  return (
    <table className="sums">
      <tbody>
        {totals.kinds.map(({ name, people }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{people}人</td>
          </tr>
        ))}
        {totals.materials.map(({ item, name, people, copies }) => (
          <tr key={item} className={people < totals.people ? "short" : ""}>
            <th scope="row">
              {item}. {name}
            </th>
            <td>
              {people}人，{copies}份
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What was handed over, and the papers that go with it. */
function Result({ result, names }: { result: Done; names: ReadonlyMap<string, string> }) {
  const { key: campaign } = useCampaign();
  const refused = result.outcome.rows.filter(({ ok }) => !ok);
  return (
    <div role="status" className="stack-m below-l">
      {result.manifests.map(({ id, number, authority, entries }) => (
        <Alert
          key={id}
          type="success"
          showIcon
          title={`已报送${authority}：${entries}人，交接清单 ${number}`}
          description={
            <Space wrap className="above-s">
              <FileButton
                open
                type="primary"
                read={() => client.documents.getManifestSheet({ campaign, manifest: id })}
              >
                打印交接清单
              </FileButton>
              <FileButton open read={() => client.documents.getBagLabels({ campaign, manifest: id })}>
                打印档案袋标签
              </FileButton>
              <FileButton read={() => client.documents.getManifestBook({ campaign, manifest: id })}>
                下载 Excel
              </FileButton>
              <Link to="/office/$campaign/manifests/$manifest" params={{ campaign, manifest: id }}>
                查看清单
              </Link>
            </Space>
          }
        />
      ))}
      {refused.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`${refused.length}人没有报送`}
          description={
            <ul className="reasons">
              {refused.map(({ application, refusal }) => (
                <li key={application}>
                  {names.get(application)}：{refusal?.sentence}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </div>
  );
}
