import { momentText } from "@shice/contract/sentences/moment.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api, client, noteEnd, queryClient } from "../ui/client.ts";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { Fetched, Nothing, ProblemAlert } from "../ui/problem.tsx";
import { useOwn } from "./teacher-context.ts";

/** Words between the teacher and the office that has the case: in place of calls and chat groups, and kept with it. */
export function TalkPage() {
  const { campaign, own } = useOwn();
  if (own === null) return <Nothing text="您还没有本批次的申请。" />;
  return (
    <>
      <p>
        <Link to="/my">回到我的申请</Link>
      </p>
      <h1>留言</h1>
      <Talk campaign={campaign.key} application={own.id} />
    </>
  );
}

function Talk(target: { campaign: string; application: string }) {
  const talk = useQuery(api.conversation.list.queryOptions({ input: target, refetchInterval: 30_000 }));
  const unread = talk.data?.entries.some(({ side, readAt }) => side === "office" && readAt === null) === true;
  const { campaign, application } = target;
  useEffect(() => {
    if (!unread) return;
    client.conversation
      .noteRead({ campaign, application })
      .then(() => queryClient.invalidateQueries({ queryKey: [["conversation"]] }), noteEnd);
  }, [unread, campaign, application]);
  return (
    <Fetched query={talk} rows={4}>
      {({ office, entries }) => (
        <>
          {office === null ? (
            <Note kind="heed" title="还没有选择学校。请先在第5步选择学校，再给学校留言。" />
          ) : (
            <p className="soft">
              您的留言由{office}答复，答复后会发消息告诉您。只谈与本次申请有关的事，不要写身份证号码、密码和验证码。
            </p>
          )}
          {entries.length === 0 ? (
            <Nothing text="还没有留言。" />
          ) : (
            <ol className="talk" aria-label="留言">
              {entries.map(({ id, side, organisation, text, at, readAt }) => (
                <li key={id} className={side === "teacher" ? "mine" : ""}>
                  <div className="soft">
                    {side === "teacher" ? "我" : (organisation ?? "经办单位")}　{momentText(at)}
                    {side === "teacher" && (readAt === null ? "　对方未读" : "　对方已读")}
                  </div>
                  <p>{text}</p>
                </li>
              ))}
            </ol>
          )}
          {office !== null && <Write {...target} />}
        </>
      )}
    </Fetched>
  );
}

function Write(target: { campaign: string; application: string }) {
  const [words, setWords] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  async function send(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await client.conversation.write({ ...target, text: words }, { context: { idempotencyKey: key } });
      setWords("");
      setKey(crypto.randomUUID());
      await queryClient.invalidateQueries({ queryKey: [["conversation"]] });
    } catch (thrown) {
      noteEnd(thrown);
      setError(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="panel">
      <div className="entry">
        <label htmlFor="words">写留言</label>
        <textarea id="words" maxLength={1000} value={words} onChange={({ target: entry }) => setWords(entry.value)} />
      </div>
      {error !== null && <ProblemAlert error={error} />}
      <Button kind="primary" busy={busy} disabled={words.trim() === ""} onClick={send}>
        发出
      </Button>
    </div>
  );
}
