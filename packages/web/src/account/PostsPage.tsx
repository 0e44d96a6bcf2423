import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, List, Typography } from "antd";
import { findDefaultCampaign } from "../ui/campaign.ts";
import { queryClient } from "../ui/client.ts";
import { PlainPage } from "../ui/PlainPage.tsx";
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
    <PlainPage title={`${me.name}，请选择岗位`} width={560}>
      {me.posts.length === 0 ? (
        <Nothing text="您目前没有岗位。请联系本单位的系统管理员。" />
      ) : (
        <List
          dataSource={me.posts}
          renderItem={(post) => (
            <List.Item
              actions={[
                <Button key="take" type="primary" onClick={() => take(post.id)}>
                  进入
                </Button>,
              ]}
            >
              <List.Item.Meta title={post.roleTitle} description={post.organisation} />
            </List.Item>
          )}
        />
      )}
      <Typography.Paragraph type="secondary" style={{ marginTop: 12 }}>
        办理事项以所选岗位的名义记录。
      </Typography.Paragraph>
    </PlainPage>
  );
}
