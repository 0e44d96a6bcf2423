import { momentText } from "@shice/contract/sentences/moment.ts";
import { type Html, html } from "../platform/http/html.ts";

/** What every public page is drawn with. */
export interface PageSetting {
  /** The path of the page, without its query. */
  path: string;
  now: Temporal.Instant;
  large: boolean;
  training: boolean;
}

const ways: readonly (readonly [string, string])[] = [
  ["/home", "首页"],
  ["/calendar", "日程"],
  ["/notice", "通知原文"],
  ["/check", "我要不要注册"],
  ["/materials", "带什么材料"],
  ["/notices", "公示名单"],
  ["/verify", "核验结论"],
  ["/help", "帮助"],
];

/** A whole page: readable without JavaScript, by keyboard and screen reader, on any phone, on paper. */
export function page({ path, now, large, training }: PageSetting, title: string, body: Html): Html {
  const back = encodeURIComponent(path);
  return html`<!doctype html>
<html lang="zh-CN" class="${large ? "large" : ""}" data-now="${now.toString()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${title} · 师册</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/public.css">
<script type="module" src="/public.js"></script>
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header><div><a class="site" href="/home">师册 · 中小学教师资格定期注册</a><a href="/my">我的申请</a><a href="/sign-in">登录</a><a href="/type?large=${large ? "no" : "yes"}&amp;back=${back}" rel="nofollow">${large ? "标准字号" : "大字号"}</a></div></header>
${training ? html`<p class="training">演练模式：人员均为虚构。现在是 ${momentText(now.toString())}。<a href="/welcome">调整时钟、更换身份</a></p>` : undefined}
<nav aria-label="主导航"><ul>${ways.map(([href, name]) => html`<li><a href="${href}"${isHere(path, href) ? html` aria-current="page"` : undefined}>${name}</a></li>`)}</ul></nav>
<main id="main">
${body}
</main>
<footer><div><span>时间均为北京时间。现在是 ${momentText(now.toString())}。</span><a href="/help/privacy">个人信息处理告知</a><a href="/help/accessibility">无障碍</a><a href="/api/docs">接口说明</a></div></footer>
</body>
</html>`;
}

function isHere(path: string, href: string): boolean {
  return path === href || (href !== "/home" && path.startsWith(`${href}/`));
}

/** Something worth knowing, by its weight. */
export function note(kind: "info" | "good" | "heed" | "bad", title: string, more?: Html): Html {
  return html`<div class="note ${kind}"${kind === "bad" ? html` role="alert"` : undefined}><b>${title}</b>${more}</div>`;
}
