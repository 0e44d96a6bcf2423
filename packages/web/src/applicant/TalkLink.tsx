import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../ui/client.ts";

/** The way to the words with the office, and how many of its words are new. */
export function TalkLink({ campaign, application }: { campaign: string; application: string }) {
  const { data } = useQuery(api.conversation.list.queryOptions({ input: { campaign, application } }));
  const unread = data?.entries.filter(({ side, readAt }) => side === "office" && readAt === null).length ?? 0;
  return (
    <Link to="/my/talk">
      给学校（区县）留言
      {unread > 0 && <strong>（{unread}条新留言）</strong>}
    </Link>
  );
}
