import { endText, momentText } from "@shice/contract/sentences/moment.ts";
import { type CalendarDay, calendarDayOf, listCalendarMonths } from "@shice/rules/calendar/day.ts";
import { windowStateOf } from "@shice/rules/calendar/window.ts";
import { latestPublicationDayOf } from "@shice/rules/notice/period.ts";
import { stageTitles, windowedStages } from "@shice/rules/plan/stage.ts";
import type { Campaign } from "../application/campaign.ts";
import { type Html, html, raw } from "../platform/http/html.ts";

const style = `
:root{color-scheme:light;--ink:#1d2733;--soft:#4a5665;--line:#c9d1da;--open:#0b6b3a;--openbg:#e4f4ea;--shut:#8a1f11;--shutbg:#fbe9e6;--rest:#5b6572}
*{box-sizing:border-box}
body{margin:0;font:17px/1.7 "Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);background:#f5f7f9}
main{max-width:68rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.55rem;line-height:1.4;margin:.2rem 0}
h2{font-size:1.2rem;margin:2rem 0 .6rem}
p{margin:.4rem 0}
.soft{color:var(--soft)}
.now{display:grid;gap:.7rem;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));padding:0;list-style:none;margin:.6rem 0}
.now li{background:#fff;border:1px solid var(--line);border-left:.4rem solid var(--rest);border-radius:.4rem;padding:.7rem .9rem}
.now li.open{border-left-color:var(--open)}
.now b{display:block}
.mark{display:inline-block;font-size:.9rem;padding:0 .5rem;border-radius:.3rem;background:#e9edf1;color:var(--soft)}
.open .mark{background:var(--openbg);color:var(--open)}
.months{display:grid;gap:1.2rem;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr))}
table{border-collapse:collapse;width:100%;background:#fff;border:1px solid var(--line);table-layout:fixed}
caption{font-weight:600;text-align:left;padding:.3rem 0}
th,td{border:1px solid var(--line);text-align:center;padding:.25rem 0;font-weight:400;height:2.4rem}
th{background:#eef1f4;color:var(--soft);font-size:.9rem;height:auto}
td.rest{color:var(--rest)}
td.open{background:var(--openbg);color:var(--open);font-weight:600}
td.shut{background:var(--shutbg);color:var(--shut)}
td.today{outline:.2rem solid var(--ink);outline-offset:-.2rem}
td small{display:block;font-size:.68rem;line-height:1.1;font-weight:400}
.key span{display:inline-block;padding:0 .5rem;border:1px solid var(--line);margin-right:.6rem}
.key .open{background:var(--openbg);color:var(--open)}.key .shut{background:var(--shutbg);color:var(--shut)}
.dates{background:#fff;border:1px solid var(--line);width:100%}
.dates th,.dates td{text-align:left;padding:.5rem .7rem;height:auto}
a{color:#0b5394}
@media print{body{background:#fff}}
`;

/** The first page: what is open now, when it opens next, and the campaign's calendar; readable without JavaScript. */
export function calendarPage(campaign: Campaign | undefined, now: Temporal.Instant): Html {
  if (campaign === undefined) return page("师册", html`<h1>中小学教师资格定期注册</h1><p>目前没有正在进行的批次。</p>`);
  const { plan } = campaign;
  const today = now.toZonedDateTimeISO(plan.timeZone).toPlainDate();
  return page(
    campaign.title,
    html`<p class="soft">中小学教师资格定期注册</p>
<h1>${campaign.title}</h1>
<p class="soft">${plan.issuer} · 依据${plan.legalBasis.map((basis) => basis.number).join("、")}</p>
<p>现在是 ${momentText(now.toString())}（北京时间）。</p>
<h2>现在可以办理什么</h2>
<ul class="now">${nowItems(campaign, now)}</ul>
<h2>日程</h2>
<p class="key"><span class="open">网上报名开放</span><span class="shut">网上报名全天不开放</span><span>数字下方标注当日开放的其他环节</span></p>
<div class="months">${listCalendarMonths(plan).map((month) => monthTable(campaign, month, today))}</div>
<h2>各环节时间</h2>
${datesTable(campaign)}
<h2>需要帮助</h2>
<p>不清楚自己是否需要注册、在哪里注册的，请先向所在学校询问。接口使用者请阅读<a href="/api/docs">接口说明</a>。</p>`,
  );
}

function page(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · 师册</title>
<style>${raw(style)}</style>
</head>
<body><main>${body}</main></body>
</html>`;
}

function nowItems(campaign: Campaign, now: Temporal.Instant): Html[] {
  return windowedStages
    .filter((stage) => campaign.plan.stages[stage] !== undefined)
    .map((stage) => {
      const state = windowStateOf(campaign.calendar, stage, now);
      const said = state.open
        ? `到${endText(state.until.toString())}`
        : state.opensAt === undefined
          ? state.why === "over"
            ? "已经结束"
            : "没有开放时间"
          : `${momentText(state.opensAt.toString())}开放`;
      return html`<li class="${state.open ? "open" : "closed"}"><b>${stageTitles[stage]} <span class="mark">${state.open ? "正在开放" : "未开放"}</span></b>${said}</li>`;
    });
}

function monthTable(campaign: Campaign, month: Temporal.PlainDate, today: Temporal.PlainDate): Html {
  const latest = latestPublicationDayOf(campaign.plan);
  const lead = month.dayOfWeek - 1;
  const cells: (CalendarDay | undefined)[] = [
    ...Array.from({ length: lead }, () => undefined),
    ...Array.from({ length: month.daysInMonth }, (_, at) =>
      calendarDayOf(campaign.plan, latest, month.add({ days: at })),
    ),
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, at) => cells.slice(at * 7, at * 7 + 7));
  return html`<table><caption>${month.year}年${month.month}月</caption>
<thead><tr>${["一", "二", "三", "四", "五", "六", "日"].map((name) => html`<th scope="col"><abbr title="星期${name}">${name}</abbr></th>`)}</tr></thead>
<tbody>${weeks.map((week) => html`<tr>${Array.from({ length: 7 }, (_, at) => dayCell(week[at], today))}</tr>`)}</tbody></table>`;
}

function dayCell(day: CalendarDay | undefined, today: Temporal.PlainDate): Html {
  if (day === undefined) return html`<td></td>`;
  const classes = [
    day.open.includes("apply") ? "open" : day.closed.includes("apply") ? "shut" : day.isWorkingDay ? "" : "rest",
    day.day.equals(today) ? "today" : "",
  ];
  const others = day.open.filter((stage) => stage !== "apply").map((stage) => stageTitles[stage].slice(-2));
  const shut = day.closed.includes("apply") ? html`<small>不开放</small>` : undefined;
  return html`<td class="${classes.filter((name) => name !== "").join(" ")}">${day.day.day}${shut}${others.length > 0 ? html`<small>${others.join(" ")}</small>` : undefined}</td>`;
}

function datesTable({ plan }: Campaign): Html {
  const dayText = (day: string) => {
    const { month, day: number } = Temporal.PlainDate.from(day);
    return `${month}月${number}日`;
  };
  const rows = windowedStages.flatMap((stage) => {
    const found = plan.stages[stage];
    if (found === undefined) return [];
    const days = found.windows.map(({ from, to }) => `${dayText(from)}至${dayText(to)}`).join(";");
    const hours =
      found.hours.from === "00:00" && found.hours.to === "24:00"
        ? "全天"
        : `每天${found.hours.from}至${found.hours.to}`;
    return [html`<tr><th scope="row">${stageTitles[stage]}</th><td>${days}</td><td>${hours}</td></tr>`];
  });
  const { notice } = plan.stages;
  const unit = notice.unit === "working" ? "个工作日" : "天";
  return html`<table class="dates"><thead><tr><th scope="col">环节</th><th scope="col">日期</th><th scope="col">时间</th></tr></thead>
<tbody>${rows}<tr><th scope="row">公示</th><td>不少于${notice.days}${unit}</td><td>${notice.countsFirstDay ? "自公布当日起算" : "公布当日不计入"}</td></tr></tbody></table>`;
}
