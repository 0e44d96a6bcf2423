import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, client, queryClient } from "../ui/client.ts";
import { momentText } from "../ui/moment.ts";
import { Button } from "../ui/plain/Button.tsx";
import { Fetched, Nothing } from "../ui/problem.tsx";

/** The inbox: whatever was mailed stands here too. */
export function MyMessagesPage() {
  const messages = useQuery(api.messages.listMessages.queryOptions({ input: { limit: 100 } }));
  const read = useMutation({
    mutationFn: (message: string) => client.messages.markRead({ message }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <p>
        <Link to="/my">回到我的申请</Link>
      </p>
      <h1>我的消息</h1>
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
                <p>{text}</p>
                {readAt === null && <Button onClick={() => read.mutate(id)}>标为已读</Button>}
              </article>
            ))
          )
        }
      </Fetched>
    </>
  );
}
