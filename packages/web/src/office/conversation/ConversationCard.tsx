import { contract } from "@shice/contract/contract.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Card, Input, Space, Tag, Typography } from "antd";
import { useEffect, useState } from "react";
import { api, client, noteEnd, queryClient } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { Fetched, ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";

/** Words between the teacher and the office on a case, where it is shown; for those who answer them alone. */
export function ConversationCard(target: { campaign: string; application: string }) {
  const { may } = useOffice();
  return may(contract.conversation.settle) ? <Conversation {...target} /> : null;
}

function Conversation({ campaign, application }: { campaign: string; application: string }) {
  const target = { campaign, application };
  const query = useQuery(api.conversation.list.queryOptions({ input: target }));
  const unread = query.data?.entries.some(({ side, readAt }) => side === "teacher" && readAt === null) === true;
  useEffect(() => {
    if (unread) client.conversation.noteRead({ campaign, application }).catch(noteEnd);
  }, [unread, campaign, application]);
  const settle = useMutation({
    mutationFn: () => client.conversation.settle(target),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <Card title="教师留言" size="small">
      <Fetched query={query} rows={2}>
        {({ entries }) => (
          <>
            {entries.length === 0 && <Typography.Paragraph>还没有留言。</Typography.Paragraph>}
            <ol className="plain-list">
              {entries.map(({ id, side, organisation, author, text, at, readAt, settled }) => (
                <li key={id} className="below-s">
                  <div>
                    <strong>{side === "teacher" ? author : `${organisation ?? ""}　${author ?? ""}`}</strong>
                    {`　${momentText(at)}　`}
                    {side === "office" && (readAt === null ? "教师未读" : "教师已读")}
                    {side === "teacher" && !settled && <Tag color="warning">待答复</Tag>}
                  </div>
                  <div className="lines-kept">{text}</div>
                </li>
              ))}
            </ol>
            <Answer {...target} />
            {entries.some(({ settled }) => !settled) && (
              <Button className="above-s" loading={settle.isPending} onClick={() => settle.mutate()}>
                无须答复
              </Button>
            )}
            {settle.error !== null && <ProblemAlert error={settle.error} />}
          </>
        )}
      </Fetched>
    </Card>
  );
}

function Answer(target: { campaign: string; application: string }) {
  const [words, setWords] = useState("");
  const [key, setKey] = useState(() => crypto.randomUUID());
  const write = useMutation({
    mutationFn: () => client.conversation.write({ ...target, text: words }, { context: { idempotencyKey: key } }),
    onSuccess: async () => {
      setWords("");
      setKey(crypto.randomUUID());
      await queryClient.invalidateQueries();
    },
  });
  return (
    <Space direction="vertical" className="full">
      <Input.TextArea
        aria-label="给教师留言"
        placeholder="答复或询问教师，教师会收到消息"
        rows={3}
        maxLength={1000}
        value={words}
        onChange={({ target: entry }) => setWords(entry.value)}
      />
      {write.error !== null && <ProblemAlert error={write.error} />}
      <Button type="primary" loading={write.isPending} disabled={words.trim() === ""} onClick={() => write.mutate()}>
        发给教师
      </Button>
    </Space>
  );
}
