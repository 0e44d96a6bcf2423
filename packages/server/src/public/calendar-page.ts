import { dayText, hourText, windowDaysText } from "@shice/contract/sentences/days.zh.ts";
import { type CalendarDay, calendarDayOf, listCalendarMonths } from "@shice/rules/calendar/day.ts";
import { windowStateOf } from "@shice/rules/calendar/window.ts";
import { latestPublicationDayOf } from "@shice/rules/notice/period.ts";
import { stageTitles, type WindowedStage, windowedStages } from "@shice/rules/plan/stage.ts";
import type { Campaign } from "../case/campaign.ts";
import { windowViewOf } from "../case/window-view.ts";
import { type Html, html } from "../platform/http/html.ts";
import { type PageSetting, page } from "./layout.ts";

/** The campaign's calendar: what is open now, when it opens next, every day of every stage. */
export function calendarPage(setting: PageSetting, campaign: Campaign): Html {
  const { plan } = campaign;
  const today = setting.now.toZonedDateTimeISO(plan.timeZone).toPlainDate();
  return page(
    setting,
    "日程",
    html`<h1>${campaign.title}：日程</h1>
<h2>现在可以办理什么</h2>
${nowList(campaign, setting.now, windowedStages)}
<h2>日历</h2>
<p class="key"><span class="open">网上报名开放</span><span class="shut">网上报名全天不开放</span><span>数字下方标注当日开放的其他环节</span></p>
<div class="months">${listCalendarMonths(plan).map((month) => monthTable(campaign, month, today))}</div>
<h2>各环节时间</h2>
${datesTable(campaign)}`,
  );
}

/** What is open now and until when, and what opens when; with a countdown where the browser can count. */
export function nowList(campaign: Campaign, now: Temporal.Instant, stages: readonly WindowedStage[]): Html {
  return html`<ul class="now">${nowItems(campaign, now, stages)}</ul>`;
}

/** What a teacher has to do with, and whatever else is open: the first page leaves the rest to the calendar. */
export function nearStagesOf({ calendar }: Campaign, now: Temporal.Instant): WindowedStage[] {
  return windowedStages.filter(
    (stage) => stage === "apply" || stage === "confirm" || windowStateOf(calendar, stage, now).open,
  );
}

function nowItems(campaign: Campaign, now: Temporal.Instant, stages: readonly WindowedStage[]): Html[] {
  return stages
    .filter((stage) => campaign.plan.stages[stage] !== undefined)
    .map((stage) => {
      const { open, title, sentence } = windowViewOf(campaign, stage, now);
      const state = windowStateOf(campaign.calendar, stage, now);
      const counts = state.open ? state.until : state.opensAt;
      const countdown =
        counts === undefined
          ? undefined
          : html`<div class="count" data-until="${counts.toString()}" data-words="${open ? "还有" : "距开放还有"}"></div>`;
      return html`<li class="${open ? "open" : "closed"}"><b>${title} <span class="mark">${open ? "正在开放" : "未开放"}</span></b>${sentence}${hoursToday(campaign, stage, now)}${countdown}</li>`;
    });
}

/** 今日开放时间：7:00至24:00; that a day is closed is worth a line too. */
function hoursToday({ plan }: Campaign, stage: WindowedStage, now: Temporal.Instant): Html | undefined {
  const found = plan.stages[stage];
  const today = now.toZonedDateTimeISO(plan.timeZone).toPlainDate().toString();
  const covers = ({ from, to }: { from: string; to: string }) => from <= today && today <= to;
  if (found === undefined || !found.windows.some(covers)) return undefined;
  const closure = plan.closures.find((entry) => entry.stages.includes(stage) && covers(entry));
  if (closure !== undefined)
    return html`<div>今日全天不开放${closure.reason === undefined ? "" : `（${closure.reason}）`}</div>`;
  const { from, to } = found.hours;
  if (from === "00:00" && to === "24:00") return undefined;
  return html`<div>今日开放时间：${hourText(from)}至${hourText(to)}</div>`;
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
  return html`<table class="cal"><caption>${month.year}年${month.month}月</caption>
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
  const rows = windowedStages.flatMap((stage) => {
    const found = plan.stages[stage];
    if (found === undefined) return [];
    const days = windowDaysText({ windows: found.windows, hours: { from: "00:00", to: "24:00" } });
    const { from, to } = found.hours;
    const hours = from === "00:00" && to === "24:00" ? "全天" : `每天${hourText(from)}至${hourText(to)}`;
    const closed = plan.closures
      .filter((entry) => entry.stages.includes(stage))
      .map((entry) => `${dayText(entry.from)}至${dayText(entry.to)}`);
    return [
      html`<tr role="row"><th scope="row" role="rowheader" data-t="环节">${stageTitles[stage]}</th><td role="cell" data-t="日期">${days}</td><td role="cell" data-t="时间">${hours}${closed.length > 0 ? `；${closed.join("、")}全天不开放` : ""}</td></tr>`,
    ];
  });
  const { notice } = plan.stages;
  const unit = notice.unit === "working" ? "个工作日" : "天";
  return html`<div class="wide"><table class="stack" role="table"><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">环节</th><th scope="col" role="columnheader">日期</th><th scope="col" role="columnheader">时间</th></tr></thead>
<tbody role="rowgroup">${rows}<tr role="row"><th scope="row" role="rowheader" data-t="环节">公示</th><td role="cell" data-t="日期">不少于${notice.days}${unit}</td><td role="cell" data-t="时间">${notice.countsFirstDay ? "自公布当日起算" : "公布当日不计入"}</td></tr></tbody></table></div>`;
}
