import { findProblem } from "@shice/contract/client.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input, type InputRef, Progress, Space, Typography } from "antd";
import { memo, useCallback, useEffect, useRef, useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { useReached } from "../../ui/connection.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { Fetched, ProblemAlert } from "../../ui/problem.tsx";
import { CameraDialog } from "./CameraDialog.tsx";
import { DeskCase } from "./DeskCase.tsx";
import { flush, forget, readOutbox, useOutbox } from "./outbox.ts";

type Found = Awaited<ReturnType<typeof client.confirmation.findAtDesk>>["items"][number];

/** The confirmation desk: scan or type, check, one key, next (Notice §三(二)). */
export function DeskPage() {
  const campaign = useCampaign();
  const navigate = useNavigate();
  const { case: chosen } = useSearch({ strict: false });
  const { message } = App.useApp();
  const [text, setText] = useState("");
  const [filming, setFilming] = useState(false);
  const [passed, setPassed] = useState<readonly string[]>([]);
  const search = useRef<InputRef>(null);
  /** Dealt with at this sitting; the list may have been read before. */
  const handled = useRef(new Set<string>());
  const reached = useReached();
  const waiting = useQuery(
    api.confirmation.findAtDesk.queryOptions({ input: { campaign: campaign.key }, refetchInterval: 15_000 }),
  );
  const say = useCallback(
    (sentence: string) => void message.open({ key: "desk", type: "success", content: sentence }),
    [message],
  );
  const counts = useQuery(api.cases.countQueue.queryOptions({ input: { campaign: campaign.key } }));

  useEffect(() => {
    if (reached) void flush((name) => say(`${name}：已确认。`));
  }, [reached, say]);
  useEffect(() => {
    if (chosen === undefined) search.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, [role=dialog]");
      if (event.key !== "F2" && !(event.key === "/" && !typing)) return;
      event.preventDefault();
      search.current?.focus({ cursor: "all" });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [chosen]);

  const open = (id: string | undefined) =>
    navigate({
      to: "/office/$campaign/desk",
      params: { campaign: campaign.key },
      search: id === undefined ? {} : { case: id },
    });

  async function find(typed = text): Promise<void> {
    // Nothing typed: the next of the pile is meant.
    if (typed.trim() === "") return await next(passed);
    try {
      const found = await client.confirmation.findAtDesk({ campaign: campaign.key, text: typed });
      const [only, second] = found.items;
      if (only !== undefined && second === undefined) {
        setText("");
        await open(only.id);
      } else if (only === undefined) message.warning("没有找到。请核对姓名，或扫描教师的现场确认凭条。");
    } catch {
      message.error("现在查不到，请稍后再试。");
    }
  }

  /** The next folder of the pile: what waits, without what was put aside, is held by others, or is on its way. */
  function followingOf(after: readonly string[], items = waiting.data?.items): string | undefined {
    const aside = new Set([...after, ...handled.current, ...readOutbox().map(({ application }) => application)]);
    return items?.find(({ id, held }) => !aside.has(id) && (held === null || held.mine))?.id;
  }
  async function next(after: readonly string[]): Promise<void> {
    let following = followingOf(after);
    if (following === undefined) {
      // The end of what was read: there may be more by now.
      const { data } = await waiting.refetch();
      following = followingOf(after, data?.items);
    }
    if (following === undefined) message.info("没有待确认的材料了。");
    await open(following);
  }
  // The next folder is read, and laid out unseen, while a person looks at this one.
  const following = chosen === undefined ? undefined : followingOf([...passed, chosen]);
  const ahead = { input: { campaign: campaign.key, application: following ?? "" }, enabled: following !== undefined };
  useQuery(api.cases.getCase.queryOptions(ahead));
  useQuery(api.confirmation.lookAtDesk.queryOptions(ahead));

  async function done(id: string, told: string | undefined): Promise<void> {
    handled.current.add(id);
    if (told === undefined) void flush((name) => say(`${name}：已确认。`));
    else {
      say(told);
      await queryClient.invalidateQueries({ refetchType: "none" });
      await waiting.refetch();
    }
    await next([...passed, id]);
  }
  async function skip(id: string): Promise<void> {
    const now = [...passed, id];
    setPassed(now);
    await putDown(campaign.key, id);
    await next(now);
  }
  async function putBack(id: string): Promise<void> {
    await putDown(campaign.key, id);
    await open(undefined);
  }
  const latest = useRef({ done, skip, putBack });
  latest.current = { done, skip, putBack };
  // The same functions at every turn: the folder that lies ready is shown as it is, and not laid out once more.
  const onDone = useCallback((id: string, told?: string) => void latest.current.done(id, told), []);
  const onSkip = useCallback((id: string) => void latest.current.skip(id), []);
  const onPutDown = useCallback((id: string) => void latest.current.putBack(id), []);

  const toConfirm = counts.data?.counts["submitted"] ?? 0;
  const confirmed = counts.data === undefined ? 0 : counts.data.total - toConfirm;
  return (
    <>
      <div className="desk-bar">
        <Typography.Title level={2} style={{ margin: 0 }}>
          现场确认
        </Typography.Title>
        <Input.Search
          ref={search}
          aria-label="扫描凭条，或输入姓名、拼音、申请编号"
          placeholder="扫描凭条，或输入姓名、拼音、申请编号后回车（F2）"
          value={text}
          onChange={({ target }) => setText(target.value)}
          onSearch={() => find()}
          enterButton="查找"
          allowClear
          style={{ maxWidth: 460 }}
        />
        <Button onClick={() => setFilming(true)}>用摄像头扫描</Button>
        <span>
          待确认 <strong>{toConfirm}</strong>
        </span>
        <Progress
          percent={confirmed + toConfirm === 0 ? 0 : Math.round((confirmed / (confirmed + toConfirm)) * 100)}
          size="small"
          style={{ width: 140 }}
          aria-label="已办比例"
        />
      </div>
      {filming && (
        <CameraDialog
          onRead={(read) => {
            setFilming(false);
            void find(read);
          }}
          onClose={() => setFilming(false)}
        />
      )}
      <Outbox />
      {text.trim() !== "" && (
        <Matches
          text={text.trim()}
          onOpen={(id) => {
            setText("");
            void open(id);
          }}
        />
      )}
      {chosen === undefined ? (
        <Fetched query={waiting}>
          {({ items }) => (
            <>
              <Typography.Paragraph>
                扫描教师的现场确认凭条，或直接按回车取下一份。对照纸质原件逐项勾选，按键写在每一项旁边。
              </Typography.Paragraph>
              {items.length > 0 && (
                <Button type="primary" size="large" onClick={() => next(passed)}>
                  开始核验下一份
                </Button>
              )}
              <People items={items} onOpen={open} />
            </>
          )}
        </Fetched>
      ) : (
        [chosen, following]
          .filter((id) => id !== undefined)
          .map((id) => (
            <div key={id} hidden={id !== chosen}>
              <OneFolder id={id} active={id === chosen} onDone={onDone} onSkip={onSkip} onPutDown={onPutDown} />
            </div>
          ))
      )}
    </>
  );
}

/** Put back as well as the line allows: a folder that stays claimed is free again the next morning. */
async function putDown(campaign: string, application: string): Promise<void> {
  await client.confirmation.putDown({ campaign, application }).catch(() => undefined);
}

function Matches({ text, onOpen }: { text: string; onOpen: (id: string) => void }) {
  const campaign = useCampaign();
  const query = useQuery(api.confirmation.findAtDesk.queryOptions({ input: { campaign: campaign.key, text } }));
  if (query.data === undefined) return null;
  return <People items={query.data.items} onOpen={onOpen} />;
}

function People({ items, onOpen }: { items: readonly Found[]; onOpen: (id: string) => void }) {
  return (
    <ul className="desk-people">
      {items.map(({ id, name, nameOnCertificate, number, stateTitle, school, flags, held }) => (
        <li key={id}>
          <Button
            block
            onClick={() => onOpen(id)}
            style={{ height: "auto", textAlign: "start", justifyContent: "start" }}
          >
            <strong>{name}</strong>
            {nameOnCertificate !== null && <span>证书姓名：{nameOnCertificate}</span>}
            <span>{number}</span>
            <span>{stateTitle}</span>
            <span>{school}</span>
            {flags > 0 && <span>{flags}项须核对</span>}
            {held !== null && !held.mine && (
              <span>
                {held.by}正在核验（{momentText(held.since)}起）
              </span>
            )}
          </Button>
        </li>
      ))}
    </ul>
  );
}

interface FolderActs {
  onDone: (id: string, told?: string) => void;
  onSkip: (id: string) => void;
  onPutDown: (id: string) => void;
}

const OneFolder = memo(function OneFolder({ id, active, ...acts }: { id: string; active: boolean } & FolderActs) {
  const campaign = useCampaign();
  const [takingOver, setTakingOver] = useState(false);
  const input = { campaign: campaign.key, application: id };
  const folder = useQuery(api.confirmation.lookAtDesk.queryOptions({ input }));
  const found = useQuery(api.cases.getCase.queryOptions({ input }));
  // Taken in the clerk's name as soon as it is opened; whoever has it already is named instead of it.
  const taken = useQuery({
    queryKey: ["folder", id],
    queryFn: () => client.confirmation.takeUp(input),
    enabled: active,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: (count, error) => findProblem(error) === undefined && count < 3,
  });
  if (findProblem(taken.error)?.code === "desk.held") {
    return (
      <>
        <ProblemAlert error={taken.error} />
        <Space style={{ marginTop: 12 }}>
          <Button type="primary" onClick={() => acts.onSkip(id)}>
            下一份
          </Button>
          <Button onClick={() => setTakingOver(true)}>接手</Button>
        </Space>
        {takingOver && (
          <FormDialog<{ reason: string }, unknown>
            title="接手"
            tells="接手后，由您继续核验这份材料。原经办人和理由会记录下来。"
            send={({ reason }, once) => client.confirmation.takeUp({ ...input, reason }, once)}
            onDone={() => setTakingOver(false)}
            onCancel={() => setTakingOver(false)}
          >
            <Form.Item name="reason" label="理由" rules={[{ required: true, min: 2, message: "请写明理由。" }]}>
              <Input.TextArea rows={2} maxLength={500} />
            </Form.Item>
          </FormDialog>
        )}
      </>
    );
  }
  return (
    <Fetched query={folder}>
      {(desk) => (
        <Fetched query={found}>{(view) => <DeskCase found={view} desk={desk} active={active} {...acts} />}</Fetched>
      )}
    </Fetched>
  );
});

/** What waits for the line, and what was not taken when it arrived. */
function Outbox() {
  const outbox = useOutbox();
  const navigate = useNavigate();
  const reached = useReached();
  // What is on its way while the line is up is there before anybody has read this.
  const waiting = reached ? [] : outbox.filter(({ refused }) => refused === undefined);
  return (
    <>
      {waiting.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`${waiting.length}份核验结果存在本机，等待网络恢复后发送：${waiting.map(({ name }) => name).join("、")}`}
          action={<Button onClick={() => flush()}>立即发送</Button>}
        />
      )}
      {outbox
        .filter(({ refused }) => refused !== undefined)
        .map(({ key, name, refused, campaign, application }) => (
          <Alert
            key={key}
            type="error"
            showIcon
            title={`${name}没有确认：${refused}`}
            action={
              <Button
                onClick={() => {
                  forget(key);
                  void navigate({ to: "/office/$campaign/desk", params: { campaign }, search: { case: application } });
                }}
              >
                打开
              </Button>
            }
          />
        ))}
    </>
  );
}
