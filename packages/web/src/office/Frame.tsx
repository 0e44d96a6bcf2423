import { BellOutlined, MenuOutlined } from "@ant-design/icons";
import { contract } from "@shice/contract/contract.ts";
import { closedText } from "@shice/contract/sentences/closed.zh.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { Button, Drawer, Dropdown, Layout, Menu, Typography } from "antd";
import { useState } from "react";
import { ConnectionBar } from "../ui/ConnectionBar.tsx";
import { useCampaign } from "../ui/campaign.ts";
import { api } from "../ui/client.ts";
import { menuGroups, useMenu } from "../ui/menu.ts";
import { Note } from "../ui/plain/Note.tsx";
import { SignInAgain } from "../ui/SignInAgain.tsx";
import { signOut, useOffice } from "../ui/session.ts";
import { TrainingBar } from "../ui/TrainingBar.tsx";

/** The office around every page: whose post it is, where one is, the way to the other pages, messages, the end. */
export function Frame() {
  const campaign = useCampaign();
  const { me, post, may } = useOffice();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const shown = useMenu();
  const hrefOf = (path: string) => path.replace("$campaign", campaign.key).replace(/\/$/, "");
  const items = menuGroups.flatMap((group) => {
    const links = shown.filter((item) => item.group === group);
    return [
      ...(links.length === 0 || group === "entry" || group === "work"
        ? []
        : [{ key: `divider ${group}`, type: "divider" as const }]),
      ...links.map(({ path, title }) => ({
        key: hrefOf(path),
        label: (
          <Link to={path} params={{ campaign: campaign.key }}>
            {title}
          </Link>
        ),
      })),
    ];
  });
  const base = `/office/${campaign.key}`;
  const chosen = pathname.startsWith(`${base}/case`)
    ? `${base}/queue`
    : (items
        .map(({ key }) => key)
        .filter((key) => pathname.startsWith(key))
        .toSorted((a, b) => a.length - b.length)
        .at(-1) ?? base);
  const menu = <Menu mode="inline" selectedKeys={[chosen]} items={items} onClick={() => setOpen(false)} />;

  return (
    <Layout className="office-frame">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <Layout.Header className="office-header">
        <Button
          className="narrow-only"
          type="text"
          aria-label="打开菜单"
          icon={<MenuOutlined />}
          onClick={() => setOpen(true)}
        />
        <span className="office-name">师册</span>
        <span className="wide-only office-campaign">{campaign.title}</span>
        <span className="grow" />
        <MessagesBell />
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              ...(me.posts.length > 1 ? [{ key: "posts", label: "切换岗位" }] : []),
              { key: "account", label: "我的账号" },
              {
                key: "help",
                label: (
                  <a
                    href={`/help/${may(contract.confirmation.takeUp) ? "school" : "district"}`}
                    target="_blank"
                    rel="noreferrer"
                  >
                    帮助
                  </a>
                ),
              },
              { key: "out", label: "退出登录" },
            ],
            onClick: async ({ key }) => {
              if (key === "posts") await navigate({ to: "/posts" });
              if (key === "account") await navigate({ to: "/account" });
              if (key !== "out") return;
              await signOut();
              await navigate({ to: "/sign-in" });
            },
          }}
        >
          <Button type="text" className="office-person">
            {me.name} · {post.roleTitle}
            <span className="wide-only"> · {post.organisation}</span>
          </Button>
        </Dropdown>
      </Layout.Header>
      <TrainingBar />
      <ConnectionBar />
      {campaign.closedAt !== null && <Note kind="heed" title={closedText(campaign.closedAt)} />}
      <Layout>
        <Layout.Sider width={200} className="wide-only" theme="light">
          <nav aria-label="办公菜单">{menu}</nav>
        </Layout.Sider>
        <Drawer title="菜单" placement="left" size={260} open={open} onClose={() => setOpen(false)}>
          {menu}
        </Drawer>
        <Layout.Content id="main" tabIndex={-1} className="content">
          <Outlet />
        </Layout.Content>
      </Layout>
      <Layout.Footer className="office-footer">
        <Typography.Text>
          批次方案第{campaign.planVersion}版 · {campaign.issuer}
        </Typography.Text>
      </Layout.Footer>
      <SignInAgain />
    </Layout>
  );
}

function MessagesBell() {
  const campaign = useCampaign();
  const { data } = useQuery(api.messages.listMessages.queryOptions({ input: { limit: 20 }, refetchInterval: 60_000 }));
  const unread = data?.items.filter(({ readAt }) => readAt === null).length ?? 0;
  return (
    <Link
      to="/office/$campaign/messages"
      params={{ campaign: campaign.key }}
      className="header-link"
      aria-label={`消息，${unread}条未读`}
    >
      <BellOutlined aria-hidden /> {unread > 0 ? unread : ""}
    </Link>
  );
}
