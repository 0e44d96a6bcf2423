import type { ManifestItem, ManifestView } from "@shice/contract/preliminary.ts";
import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { App, Button, Input, type InputRef, Space, Tag } from "antd";
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { shortMoment } from "../../ui/moment.ts";
import { ProblemAlert, sentenceOfError } from "../../ui/problem.tsx";
import { DifferenceDialog, SupplementDialog } from "./BagDialogs.tsx";
import { bagIn } from "./bag-in.ts";
import { ManifestSearch } from "./search.ts";

const pageSize = 100;

/** The bags of a list: scanned or ticked one after another, what is short noted beside, what comes later taken in. */
export function Bags({ found, receives, ofDistrict }: { found: ManifestView; receives: boolean; ofDistrict: boolean }) {
  const campaign = useCampaignKey();
  const { message } = App.useApp();
  const { bag } = ManifestSearch.parse(useSearch({ strict: false }));
  const [page, setPage] = useState(1);
  const [at, setAt] = useState<string>();
  const [noting, setNoting] = useState<ManifestItem>();
  const [supplementing, setSupplementing] = useState<ManifestItem>();
  const scan = useRef<InputRef>(null);
  const target = { campaign, manifest: found.id };
  const settle = useMutation({
    mutationFn: ({ rows, key }: { rows: Settled[]; key: string }) =>
      client.preliminary.settleItems({ ...target, rows }, { context: { idempotencyKey: key } }),
    onSuccess: (view) => note(campaign, view),
    onError: (error) => message.error(sentenceOfError(error)),
  });

  /** Brings a bag's row into view and marks it. */
  const show = useCallback((item: ManifestItem) => {
    setPage(Math.ceil(item.position / pageSize));
    setAt(item.application);
    requestAnimationFrame(() =>
      document.querySelector(`[data-row-key="${item.application}"]`)?.scrollIntoView({ block: "center" }),
    );
  }, []);
  const { items } = found;
  useEffect(() => {
    const asked = bag === undefined ? undefined : bagIn(items, bag);
    if (asked?.kind === "one") show(asked.item);
  }, [bag, items, show]);
  useEffect(() => {
    if (receives) scan.current?.focus();
  }, [receives]);

  /** Answers at once, so that the next bag can be scanned while this one is being saved. */
  function receiveScanned(word: string): "found" | "unclear" {
    const hit = bagIn(items, word);
    if (hit.kind === "several") {
      message.info("有几位教师符合，请输入完整的姓名或申请编号。");
      return "unclear";
    }
    if (hit.kind === "none") {
      void sayWhichManifest(word);
      return "unclear";
    }
    show(hit.item);
    const { position, name, outcome } = hit.item;
    if (outcome === "received") message.info(`第${position}号 ${name}：${stateText(hit.item)}`);
    else if (outcome !== null)
      message.warning(`第${position}号 ${name}：${stateText(hit.item)}。补齐了的，请登记补交。`);
    // A name typed in part may be another's: only a scanned number or a whole name ticks the bag.
    else if (!hit.exact) message.info(`第${position}号 ${name}，请核对后勾选。`);
    else
      settle.mutateAsync(receivedOf(hit.item)).then(
        ({ settled, entries }) => message.success(`第${position}号 ${name}：收到。${settled}/${entries}`),
        () => undefined,
      );
    return "found";
  }
  async function sayWhichManifest(word: string): Promise<void> {
    const others = await client.preliminary.listManifests({ campaign, search: word, limit: 2 }).catch(() => undefined);
    const [other] = others?.items ?? [];
    message.warning(
      other === undefined
        ? "这份清单里没有，请核对。"
        : `不在这份清单内，而在${other.point}的清单 ${other.number} 中。`,
    );
  }
  return (
    <>
      {receives && <ReceiptBar found={found} scan={scan} onScanned={receiveScanned} />}
      <BagTable
        found={found}
        page={page}
        marked={at}
        onPage={setPage}
        actionsOf={
          ofDistrict
            ? (item) => (
                <BagActions
                  item={item}
                  receives={receives}
                  onReceived={() => settle.mutate(receivedOf(item))}
                  onDifference={() => setNoting(item)}
                  onSupplement={() => setSupplementing(item)}
                />
              )
            : undefined
        }
      />
      {noting !== undefined && (
        <DifferenceDialog
          manifest={found.id}
          item={noting}
          onDone={(view) => note(campaign, view)}
          onClose={() => setNoting(undefined)}
        />
      )}
      {supplementing !== undefined && (
        <SupplementDialog
          manifest={found.id}
          item={supplementing}
          onDone={(view) => note(campaign, view)}
          onClose={() => setSupplementing(undefined)}
        />
      )}
    </>
  );
}

/** Scans or types one bag after another; signs for the rest, or closes the receipt. */
function ReceiptBar({
  found,
  scan,
  onScanned,
}: {
  found: ManifestView;
  scan: RefObject<InputRef | null>;
  /** Clears the entry where the bag was found. */
  onScanned: (text: string) => "found" | "unclear";
}) {
  const campaign = useCampaignKey();
  const { modal } = App.useApp();
  const [text, setText] = useState("");
  const target = { campaign, manifest: found.id };
  const closing = useMutation({
    mutationFn: (act: "close" | "receive") =>
      act === "close" ? client.preliminary.closeReceipt(target) : client.preliminary.receiveManifest(target),
    onSuccess: (view) => note(campaign, view),
  });
  const left = found.entries - found.settled;
  const rest = found.settled === 0 ? "全部收到，签收" : `其余${left}件全部收到，签收`;
  function search(): void {
    const word = text.trim();
    if (word !== "" && onScanned(word) === "found") setText("");
  }
  return (
    <>
      <div className="desk-bar no-print">
        <Input.Search
          ref={scan}
          aria-label="扫描档案袋条码，或输入申请编号、姓名"
          placeholder="扫描档案袋条码，或输入申请编号、姓名后回车"
          value={text}
          onChange={({ target: { value } }) => setText(value)}
          onSearch={search}
          enterButton="收到"
          allowClear
          className="w-search"
        />
        {left === 0 ? (
          <Button type="primary" loading={closing.isPending} onClick={() => closing.mutate("close")}>
            办结签收
          </Button>
        ) : (
          <Button
            loading={closing.isPending}
            onClick={() =>
              modal.confirm({
                title: rest,
                content: `没有逐件核对的${left}件登记为收到，并办结签收。办结后不能再改动，缺少的可以登记补交。`,
                okText: "签收",
                cancelText: "取消",
                onOk: () => closing.mutate("receive"),
              })
            }
          >
            {rest}
          </Button>
        )}
      </div>
      {closing.error !== null && <ProblemAlert error={closing.error} />}
    </>
  );
}

/** The rows of the list; what may be done with each stands in its last column. */
function BagTable({
  found,
  page,
  marked,
  onPage,
  actionsOf,
}: {
  found: ManifestView;
  page: number;
  /** The row that was scanned or asked for last. */
  marked: string | undefined;
  onPage: (page: number) => void;
  actionsOf: ((item: ManifestItem) => ReactNode) | undefined;
}) {
  const campaign = useCampaignKey();
  const { items } = found;
  return (
    <DataTable<ManifestItem>
      label="清单明细"
      size="small"
      rowKey="application"
      dataSource={items}
      rowClassName={({ application }) => (application === marked ? "row-at" : "")}
      pagination={{ current: page, pageSize, onChange: onPage, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { title: "序号", dataIndex: "position", width: 60 },
        {
          title: "姓名",
          render: (_, { application, name }) => (
            <Link to="/office/$campaign/case/$application" params={{ campaign, application }}>
              {name}
            </Link>
          ),
        },
        { title: "申请编号", dataIndex: "number" },
        // Where the school is its own confirmation point, every row would repeat what stands above.
        ...(items.every(({ school }) => school === found.point) ? [] : [{ title: "任教学校", dataIndex: "school" }]),
        { title: "签收", render: (_, item) => <State item={item} /> },
        ...(actionsOf === undefined
          ? []
          : [{ title: "办理", render: (_: unknown, item: ManifestItem) => actionsOf(item) }]),
      ]}
    />
  );
}

function BagActions({
  item,
  receives,
  onReceived,
  onDifference,
  onSupplement,
}: {
  item: ManifestItem;
  receives: boolean;
  onReceived: () => void;
  onDifference: () => void;
  onSupplement: () => void;
}) {
  const difference = item.outcome === null ? "有出入" : "更改";
  return (
    <Space wrap>
      {receives && item.outcome === null && (
        <Button size="small" type="primary" onClick={onReceived} aria-label={`收到：${item.name}`}>
          收到
        </Button>
      )}
      {receives && item.supplementedAt === null && (
        <Button size="small" onClick={onDifference} aria-label={`${difference}：${item.name}`}>
          {difference}
        </Button>
      )}
      {isShort(item) && (
        <Button size="small" onClick={onSupplement} aria-label={`登记补交：${item.name}`}>
          登记补交
        </Button>
      )}
    </Space>
  );
}

type Settled = Parameters<typeof client.preliminary.settleItems>[0]["rows"][number];

function receivedOf({ application }: ManifestItem): { rows: Settled[]; key: string } {
  return { rows: [{ application, outcome: "received", again: false }], key: crypto.randomUUID() };
}

/** The answer is the list as it is now: shown at once, without reading it again. */
function note(campaign: string, view: ManifestView): void {
  queryClient.setQueryData(
    api.preliminary.getManifest.queryOptions({ input: { campaign, manifest: view.id } }).queryKey,
    view,
  );
  void queryClient.invalidateQueries({ queryKey: ["paged", "manifests", campaign] });
}

function isShort({ outcome, supplementedAt }: ManifestItem): boolean {
  return outcome !== null && outcome !== "received" && supplementedAt === null;
}

function stateText({ outcome, supplementedAt, difference }: ManifestItem): string {
  if (outcome === null) return "还没有核对";
  if (outcome === "received") return "已收到";
  return supplementedAt === null ? (difference ?? "") : "已补交";
}

function State({ item }: { item: ManifestItem }) {
  const { outcome, difference, settledBy, settledAt, supplementedAt, supplementedBy, supplement } = item;
  if (outcome === null) return <span className="soft">待核对</span>;
  return (
    <>
      {outcome === "received" ? (
        <Tag color="success">收到</Tag>
      ) : (
        <Tag color={supplementedAt === null ? "error" : "processing"}>
          {supplementedAt !== null ? "已补交" : outcome === "missing" ? "未收到" : "有出入"}
        </Tag>
      )}
      {difference !== null && <span>{difference}</span>}
      {settledAt !== null && (
        <span className="beside">
          {shortMoment(settledAt)} {settledBy}
        </span>
      )}
      {supplementedAt !== null && (
        <div className="soft">
          {shortMoment(supplementedAt)} 补交，{supplementedBy}收{supplement === null ? "" : `：${supplement}`}
        </div>
      )}
    </>
  );
}
