import type { DirectClient } from "@shice/contract/contract.ts";
import { dayText, fullDayText } from "@shice/contract/sentences/days.zh.ts";
import { endText, momentText } from "@shice/contract/sentences/moment.ts";
import { titleOf } from "@shice/rules/keys.ts";
import { certificateTitles } from "@shice/rules/plan/institution.ts";
import type { Campaign } from "../case/campaign.ts";
import { type Html, html } from "../platform/http/html.ts";
import { note, type PageSetting, page } from "./layout.ts";

type Notices = Awaited<ReturnType<DirectClient["notice"]["listNotices"]>>;
type Notice = Awaited<ReturnType<DirectClient["notice"]["getNotice"]>>;

export function noticesPage(setting: PageSetting, { items, next }: Notices): Html {
  const running = items.filter(({ closedAt }) => closedAt === null);
  const over = items.filter(({ closedAt }) => closedAt !== null);
  const table = (title: string, rows: Notices["items"]) =>
    rows.length === 0
      ? undefined
      : html`<div class="wide"><table><caption>${title}</caption><thead><tr><th scope="col">公示</th><th scope="col">机构</th><th scope="col">人数</th><th scope="col">公示期</th></tr></thead>
<tbody>${rows.map((row) => html`<tr><td><a href="/notices/${row.id}">${row.number}</a></td><td>${row.authority}</td><td>${row.entries}</td><td>${dayText(row.firstDay)}至${dayText(row.lastDay)}</td></tr>`)}</tbody></table></div>`;
  return page(
    setting,
    "公示名单",
    html`<h1>公示名单</h1>
${items.length === 0 ? html`<p class="none">现在没有公示。初审结束后在这里公示拟注册结论。</p>` : undefined}
${table("正在公示", running)}${table("公示已结束", over)}
${next === null ? undefined : html`<p class="row"><a href="/notices?after=${encodeURIComponent(next)}">更多</a></p>`}`,
  );
}

/** One list, its rows masked, found by whole name and by school. */
export function noticePage(
  setting: PageSetting,
  { plan }: Campaign,
  notice: Notice,
  search: { name: string; school: string },
): Html {
  const open =
    notice.closedAt === null && Temporal.Instant.compare(setting.now, Temporal.Instant.from(notice.endsAt)) < 0;
  const conclusionOf = (key: string) => plan.conclusions.find((known) => known.key === key)?.name ?? key;
  const more = new URLSearchParams({
    ...(search.name === "" ? {} : { name: search.name }),
    ...(search.school === "" ? {} : { school: search.school }),
    ...(notice.page.next === null ? {} : { after: notice.page.next }),
  });
  return page(
    setting,
    `${notice.number}`,
    html`<p><a href="/notices">公示名单</a></p>
<h1>${notice.number}</h1>
<p>${notice.authority}，${momentText(notice.publishedAt)}公布，公示期${fullDayText(notice.firstDay)}至${fullDayText(notice.lastDay)}，共${notice.entries}人。</p>
${
  open
    ? note("info", `正在公示，到${endText(notice.endsAt)}。对名单有异议的，请在公示期内实名提出。`)
    : note("heed", "公示期已满，不再接受异议。")
}
<form method="get" action="/notices/${notice.id}" class="panel">
<div class="entry"><label class="title" for="name">姓名（全名）</label><input type="search" id="name" name="name" maxlength="50" value="${search.name}"></div>
<div class="entry"><label class="title" for="school">学校（一部分即可）</label><input type="search" id="school" name="school" maxlength="60" value="${search.school}"></div>
<button class="button">查找</button>
</form>
<div class="wide"><table class="stack" role="table"><caption>名单（姓名隐去一字）</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">序号</th><th scope="col" role="columnheader">姓名</th><th scope="col" role="columnheader">任教学校</th><th scope="col" role="columnheader">资格种类</th><th scope="col" role="columnheader">任教学科</th><th scope="col" role="columnheader">注册类型</th><th scope="col" role="columnheader">拟注册结论</th>${open ? html`<th scope="col" role="columnheader">异议</th>` : undefined}</tr></thead>
<tbody role="rowgroup">${notice.page.items.map(
      (entry) =>
        html`<tr role="row"><td role="cell" data-t="序号">${entry.position}</td><td role="cell" data-t="姓名">${entry.name}</td><td role="cell" data-t="任教学校">${entry.school}</td><td role="cell" data-t="资格种类">${titleOf(certificateTitles, entry.certificateKind)}</td><td role="cell" data-t="任教学科">${entry.subject}</td><td role="cell" data-t="注册类型">${entry.registrationKind === "first" ? "首次注册" : "定期注册"}</td><td role="cell" data-t="拟注册结论">${conclusionOf(entry.conclusion)}</td>${open ? html`<td role="cell" data-t="异议"><a href="/notices/${notice.id}/object?position=${entry.position}" rel="nofollow">提出异议<span class="away">：第${entry.position}号</span></a></td>` : undefined}</tr>`,
    )}</tbody></table></div>
${notice.page.items.length === 0 ? html`<p class="none">没有找到相符的人员。姓名要写全名。</p>` : undefined}
${notice.page.next === null ? undefined : html`<p class="row"><a href="/notices/${notice.id}?${more.toString()}">下一页</a></p>`}
<p class="soft">名单校验值 ${notice.listHash}</p>`,
  );
}

interface ObjectionEntered {
  position: string;
  name: string;
  contact: string;
  statement: string;
}

/** The form for an objection: real name, contact, statement; whatever was typed stays when something is wrong. */
export function objectPage(
  setting: PageSetting,
  notice: Notice,
  entered: ObjectionEntered,
  errors: Readonly<Record<string, string>>,
): Html {
  const entry = notice.page.items.find(({ position }) => String(position) === entered.position);
  const wrong = Object.values(errors);
  const error = (name: string) =>
    errors[name] === undefined ? undefined : html`<div class="error" id="${name}-error">${errors[name]}</div>`;
  const described = (name: string) =>
    errors[name] === undefined ? undefined : html` aria-invalid="true" aria-describedby="${name}-error"`;
  return page(
    setting,
    "提出异议",
    html`<p><a href="/notices/${notice.id}">${notice.number}</a></p>
<h1>对公示名单提出异议</h1>
<p>第${entered.position}号${entry === undefined ? "" : `，${entry.name}，${entry.school}`}。请实名提出，写明事实和理由；区县核查后答复，并为您保密。</p>
${wrong.length > 0 ? note("bad", `有${wrong.length}处需要改正：`, html`<ul>${wrong.map((sentence) => html`<li>${sentence}</li>`)}</ul>`) : undefined}
<form method="post" enctype="multipart/form-data" action="/notices/${notice.id}/object?position=${entered.position}" class="panel">
<input type="hidden" name="position" value="${entered.position}">
<p class="away" aria-hidden="true"><label>请不要填写<input type="text" name="website" tabindex="-1" autocomplete="off"></label></p>
<div class="entry ${errors["name"] === undefined ? "" : "wrong"}"><label class="title" for="name">您的真实姓名</label><input type="text" id="name" name="name" maxlength="50" autocomplete="name" value="${entered.name}"${described("name")}>${error("name")}</div>
<div class="entry ${errors["contact"] === undefined ? "" : "wrong"}"><label class="title" for="contact">联系电话或电子邮箱</label><input type="text" id="contact" name="contact" maxlength="100" value="${entered.contact}"${described("contact")}>${error("contact")}</div>
<div class="entry ${errors["statement"] === undefined ? "" : "wrong"}"><label class="title" for="statement">异议的事实和理由</label><textarea id="statement" name="statement" maxlength="2000"${described("statement")}>${entered.statement}</textarea>${error("statement")}</div>
<div class="entry ${errors["pictures"] === undefined ? "" : "wrong"}"><label class="title" for="pictures">证明材料的图片（可以不附）</label><div class="soft" id="pictures-hint">最多3张，JPG或PNG格式，每张不超过8MB，合计不超过10MB。${wrong.length > 0 ? "改正后请重新选择图片。" : ""}</div><input type="file" id="pictures" name="pictures" accept="image/jpeg,image/png,image/webp" multiple aria-describedby="pictures-hint${errors["pictures"] === undefined ? "" : " pictures-error"}">${error("pictures")}</div>
<button class="button">提交异议</button>
</form>`,
  );
}

export function objectedPage(setting: PageSetting, notice: string, answerBy: string): Html {
  return page(
    setting,
    "异议已收到",
    html`<h1>异议已收到</h1>
${note("good", `区县将在${endText(answerBy)}前核查答复，届时按您留下的方式联系。`)}
<p><a href="/notices/${notice}">回到公示名单</a></p>`,
  );
}
