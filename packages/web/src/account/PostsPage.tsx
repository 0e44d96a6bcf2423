import { useNavigate, useSearch } from "@tanstack/react-router";
import { findDefaultCampaign } from "../ui/campaign.ts";
import { queryClient } from "../ui/client.ts";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Button } from "../ui/plain/Button.tsx";
import { choosePost } from "../ui/post.ts";
import { Nothing } from "../ui/problem.tsx";
import { useMe } from "../ui/session.ts";

/** Under which post to work: a person may hold several, and acts under one at a time. */
export function PostsPage() {
  const me = useMe();
  const navigate = useNavigate();
  const { back } = useSearch({ strict: false });
  if (me === undefined) return null;

  async function take(post: string): Promise<void> {
    choosePost(post);
    const me = queryClient.getQueriesData({ queryKey: [["accounts", "me"]] });
    queryClient.removeQueries({ predicate: ({ queryKey }) => !me.some(([known]) => known === queryKey) });
    const campaign = await findDefaultCampaign();
    if (typeof back === "string" && /^\/office\//.test(back)) await navigate({ to: back });
    else if (campaign === undefined) await navigate({ to: "/account" });
    else await navigate({ to: "/office/$campaign", params: { campaign } });
  }

  return (
    <PlainPage title={`${me.name}，请选择岗位`}>
      {me.posts.length === 0 ? (
        <Nothing text="您目前没有岗位。请联系本单位的系统管理员。" />
      ) : (
        <ul className="posts">
          {me.posts.map((post) => (
            <li key={post.id}>
              <div>
                <strong>{post.roleTitle}</strong>
                <div className="soft">{post.organisation}</div>
              </div>
              <Button kind="primary" onClick={() => take(post.id)}>
                进入
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p className="soft">办理事项以所选岗位的名义记录。</p>
    </PlainPage>
  );
}
