import { useMutation, useQuery } from "@tanstack/react-query";
import { Badge, Button, Card, Typography } from "antd";
import { useState } from "react";
import { api, client, queryClient } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { Fetched, Nothing } from "../../ui/problem.tsx";

/** Everything that was told to this account, the newest first. */
export function MessagesPage() {
  const [after, setAfter] = useState<string>();
  const query = useQuery(
    api.messages.listMessages.queryOptions({ input: { limit: 30, ...(after === undefined ? {} : { after }) } }),
  );
  const read = useMutation({
    mutationFn: (message: string) => client.messages.markRead({ message }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <Typography.Title level={2}>消息</Typography.Title>
      <Fetched query={query}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <Nothing text="没有消息。" />}
            <div className="stack-m">
              {items.map(({ id, title, text, at, readAt }) => (
                <Card
                  key={id}
                  size="small"
                  title={<Badge dot={readAt === null}>{title}</Badge>}
                  extra={momentText(at)}
                  actions={
                    readAt === null
                      ? [
                          <Button key="read" type="link" onClick={() => read.mutate(id)}>
                            标为已读
                          </Button>,
                        ]
                      : []
                  }
                >
                  <div className="lines-kept">{text}</div>
                </Card>
              ))}
            </div>
            <Button className="above" disabled={next === null} onClick={() => setAfter(next ?? undefined)}>
              更早的消息
            </Button>
          </>
        )}
      </Fetched>
    </>
  );
}
