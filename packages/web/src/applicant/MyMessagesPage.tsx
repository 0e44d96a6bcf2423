import { momentText } from "@shice/contract/sentences/moment.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, client, queryClient } from "../ui/client.ts";
import { Button } from "../ui/plain/Button.tsx";
import { Fetched, Nothing } from "../ui/problem.tsx";

/** The inbox: whatever was mailed stands here too. */
export function MyMessagesPage() {
  const messages = useQuery(api.messages.listMessages.queryOptions({ input: { limit: 100 } }));
  const read = useMutation({
    mutationFn: (message: string) => client.messages.markRead({ message }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const readAll = useMutation({
    mutationFn: () => client.messages.markAllRead({}),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <p>
        <Link to="/my">回到我的申请</Link>
      </p>
      <h1>我的消息</h1>
      <p className="row">
        {messages.data?.items.some(({ readAt }) => readAt === null) === true && (
          <Button busy={readAll.isPending} onClick={() => readAll.mutate()}>
            全部标为已读
          </Button>
        )}
        <Link to="/account" hash="telling">
          设置接收方式
        </Link>
      </p>
      <Fetched query={messages}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text="还没有消息。" />
          ) : (
            items.map(({ id, title, text, at, readAt }) => (
              <article key={id} className="panel">
                <h2>
                  {readAt === null && <span className="unread">未读</span>}
                  {title}
                </h2>
                <p className="soft">{momentText(at)}</p>
                <p className="lines-kept">{text}</p>
                {readAt === null && <Button onClick={() => read.mutate(id)}>标为已读</Button>}
              </article>
            ))
          )
        }
      </Fetched>
    </>
  );
}
