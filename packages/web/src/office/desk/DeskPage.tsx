import { findProblem } from "@shice/contract/client.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input, Space, Typography } from "antd";
import { memo, useCallback, useDeferredValue, useEffect, useRef, useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { useReached } from "../../ui/connection.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { Fetched, ProblemAlert } from "../../ui/problem.tsx";
import { DeskCase, IsShown } from "./DeskCase.tsx";
import { DeskSearch, People } from "./DeskSearch.tsx";
import { sendOutbox, useOutbox } from "./outbox.ts";
import { outboxPlaceText, readOutbox, removeFromOutbox } from "./outbox-store.ts";

/** The confirmation desk: scan or type, check, one key, next (Notice §三(二)). */
export function DeskPage() {
  const campaign = useCampaign();
  const navigate = useNavigate();
  const { case: chosen } = useSearch({ strict: false });
  const { message } = App.useApp();
  const [status, setStatus] = useState("");
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  /** Dealt with at this sitting; the list may have been read before. */
  const handled = useRef(new Set<string>());
  const isOnline = useReached();
  const waiting = useQuery(
    api.confirmation.findAtDesk.queryOptions({ input: { campaign: campaign.key }, refetchInterval: 15_000 }),
  );
  useEffect(() => {
    if (isOnline) void sendOutbox((name) => setStatus(`${name}：已确认。`));
  }, [isOnline]);

  const open = (id: string | undefined) =>
    navigate({
      to: "/office/$campaign/desk",
      params: { campaign: campaign.key },
      search: id === undefined ? {} : { case: id },
    });

  /** The pile: what waits, without what was put aside, is held by others, or is on its way. */
  function pileAfter(after: readonly string[], items = waiting.data?.items ?? []): string[] {
    const aside = new Set([...after, ...handled.current, ...readOutbox().map(({ application }) => application)]);
    return items.flatMap(({ id, held }) => (!aside.has(id) && (held === null || held.mine) ? [id] : []));
  }
  async function next(after: readonly string[]): Promise<void> {
    let [first] = pileAfter(after);
    if (first === undefined) {
      // The end of what was read: there may be more by now.
      const { data } = await waiting.refetch();
      [first] = pileAfter(after, data?.items);
    }
    if (first === undefined) message.info("没有待确认的材料了。");
    await open(first);
  }
  // While a person looks at this folder, the next one is drawn unseen, and the one after it is read.
  const [following, afterwards] = chosen === undefined ? [] : pileAfter([...skipped, chosen]);
  useEffect(() => {
    for (const application of [following, afterwards])
      if (application !== undefined) readAhead(campaign.key, application);
  }, [campaign.key, following, afterwards]);

  async function done(id: string, sentence: string | undefined): Promise<void> {
    handled.current.add(id);
    if (sentence === undefined) void sendOutbox((name) => setStatus(`${name}：已确认。`));
    else {
      setStatus(sentence);
      await queryClient.invalidateQueries({ refetchType: "none" });
      await waiting.refetch();
    }
    await next([...skipped, id]);
  }
  async function skip(id: string): Promise<void> {
    const now = [...skipped, id];
    setSkipped(now);
    await putDown(campaign.key, id);
    await next(now);
  }
  async function putBack(id: string): Promise<void> {
    await putDown(campaign.key, id);
    await open(undefined);
  }
  // Draw the chosen folder first; the next one only when this one is shown.
  const isReady = useDeferredValue(following) === following;
  const shownFolders = [chosen, isReady ? following : undefined].filter((id) => id !== undefined);
  const callbacks = useRef({ done, skip, putBack, open, next: () => next(skipped) });
  callbacks.current = { done, skip, putBack, open, next: () => next(skipped) };
  // Keep these functions stable: the prepared folder must not be drawn again.
  const onDone = useCallback((id: string, status?: string) => void callbacks.current.done(id, status), []);
  const onSkip = useCallback((id: string) => void callbacks.current.skip(id), []);
  const onPutDown = useCallback((id: string) => void callbacks.current.putBack(id), []);
  const onOpen = useCallback((id: string) => void callbacks.current.open(id), []);
  const onNext = useCallback(() => void callbacks.current.next(), []);

  return (
    <>
      <div className="desk-bar">
        <Typography.Title level={2} className="no-margin">
          现场确认
        </Typography.Title>
        <DeskSearch isTableFree={chosen === undefined} onOpen={onOpen} onNext={onNext} />
        <Progress />
        <span role="status">{status}</span>
      </div>
      <Outbox />
      {chosen === undefined ? (
        <Fetched query={waiting}>
          {({ items }) => (
            <>
              <Typography.Paragraph>
                扫描教师的现场确认凭条，或直接按回车取下一份。对照纸质原件逐项勾选，按键写在每一项旁边。
              </Typography.Paragraph>
              {items.length > 0 && (
                <Button type="primary" size="large" onClick={onNext}>
                  开始核验下一份
                </Button>
              )}
              <People items={items} onOpen={onOpen} />
            </>
          )}
        </Fetched>
      ) : (
        <div className="desk-table">
          {shownFolders.map((id) => (
            <IsShown key={id} value={id === chosen}>
              <div
                className={id === chosen ? "" : "desk-beneath"}
                inert={id !== chosen}
                aria-hidden={id === chosen ? undefined : true}
              >
                <OneFolder id={id} active={id === chosen} onDone={onDone} onSkip={onSkip} onPutDown={onPutDown} />
              </div>
            </IsShown>
          ))}
        </div>
      )}
    </>
  );
}

function readAhead(campaign: string, application: string): void {
  const input = { campaign, application };
  void queryClient.prefetchQuery(api.cases.getCase.queryOptions({ input }));
  void queryClient.prefetchQuery(api.confirmation.lookAtDesk.queryOptions({ input }));
}

/** Put back as well as the line allows: a folder that stays claimed is free again the next morning. */
async function putDown(campaign: string, application: string): Promise<void> {
  await client.confirmation.putDown({ campaign, application }).catch(() => undefined);
}

/** How many are still to do, and how far the school is. */
const Progress = memo(function Progress() {
  const campaign = useCampaign();
  const { data } = useQuery(api.cases.countQueue.queryOptions({ input: { campaign: campaign.key } }));
  const toConfirm = data?.counts["submitted"] ?? 0;
  return (
    <>
      <span>
        待确认 <strong>{toConfirm}</strong>
      </span>
      <progress aria-label="已办比例" max={data?.total || 1} value={(data?.total ?? 0) - toConfirm} />
    </>
  );
});

interface FolderActs {
  onDone: (id: string, status?: string) => void;
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
        <Space className="above">
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
      {(desk) => <Fetched query={found}>{(view) => <DeskCase found={view} desk={desk} {...acts} />}</Fetched>}
    </Fetched>
  );
});

/** What waits for the line, and what was not taken when it arrived. */
const Outbox = memo(function Outbox() {
  const outbox = useOutbox();
  const navigate = useNavigate();
  const isOnline = useReached();
  // What is on its way while the line is up is there before anybody has read this.
  const waiting = isOnline ? [] : outbox.filter(({ refused }) => refused === undefined);
  return (
    <>
      {waiting.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`${waiting.length}份核验结果${outboxPlaceText()}，等待网络恢复后发送：${waiting.map(({ name }) => name).join("、")}`}
          action={<Button onClick={() => sendOutbox()}>立即发送</Button>}
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
                  removeFromOutbox(key);
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
});
