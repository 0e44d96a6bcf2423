import type { styleText } from "node:util";
import { type CalendarDay, calendarDayOf, listCalendarMonths } from "@shice/rules/calendar/day.ts";
import { latestPublicationDayOf } from "@shice/rules/notice/period.ts";
import type { PlanCheck } from "@shice/rules/plan/check.ts";
import { dayText } from "@shice/rules/plan/check-messages.zh.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { stageTitles, type WindowedStage, windowedStages } from "@shice/rules/plan/stage.ts";
import { padTo, widthOf } from "./terminal-text.ts";

type Format = Parameters<typeof styleText>[0];
/** Colours a text; returns it unchanged if the output takes no colour. */
export type Paint = (format: Format, text: string) => string;

const stageMarks: Record<WindowedStage, { mark: string; format: Format }> = {
  apply: { mark: "报", format: "green" },
  confirm: { mark: "确", format: "cyan" },
  preliminary: { mark: "初", format: "blue" },
  review: { mark: "复", format: "magenta" },
  final: { mark: "终", format: ["bold", "magenta"] },
};
const closedMark = { mark: "停", format: "red" } as const;
const noticeMark = { mark: "公", format: "yellow" } as const;
const deadlineMark = { mark: "截", format: ["bold", "red"] } as const;
const leastCellWidth = 10;

/** The plan as month grids, Monday first: open stages by day, closed days, notice and deadlines. */
export function planCalendar(plan: Plan, paint: Paint): string[] {
  const latest = latestPublicationDayOf(plan);
  const months = listCalendarMonths(plan).map((month) => {
    const days = Array.from({ length: month.daysInMonth }, (_, index) => month.add({ days: index }));
    return { month, cells: days.map((day) => cellOf(calendarDayOf(plan, latest, day), paint)) };
  });
  const cellWidth = Math.max(leastCellWidth, ...months.flatMap(({ cells }) => cells.map((cell) => widthOf(cell) + 1)));
  const rowOf = (cells: string[]) =>
    cells
      .map((cell) => padTo(cell, cellWidth))
      .join("")
      .trimEnd();
  const weekdays = rowOf(["一", "二", "三", "四", "五", "六", "日"].map((name) => ` ${paint("dim", name)}`));
  const lines = months.flatMap(({ month, cells }) => {
    const row = [...Array.from({ length: month.dayOfWeek - 1 }, () => ""), ...cells];
    const weeks = Array.from({ length: Math.ceil(row.length / 7) }, (_, week) =>
      rowOf(row.slice(week * 7, week * 7 + 7)),
    );
    return [paint("bold", `${month.year}年${month.month}月`), weekdays, ...weeks, ""];
  });
  return [...lines, ...legendOf(plan, paint)];
}

function cellOf(day: CalendarDay, paint: Paint): string {
  const marks = [
    ...day.open.map((stage) => stageMarks[stage]),
    ...(day.closed.length > 0 ? [closedMark] : []),
    ...(day.isOnNotice ? [noticeMark] : []),
    ...(day.deadlines.length > 0 ? [deadlineMark] : []),
  ];
  const date = String(day.day.day).padStart(2);
  return (day.isWorkingDay ? date : paint("dim", date)) + marks.map(({ mark, format }) => paint(format, mark)).join("");
}

function legendOf(plan: Plan, paint: Paint): string[] {
  const stages = windowedStages.filter((stage) => plan.stages[stage] !== undefined);
  const closed = stages
    .filter((stage) => plan.closures.some((closure) => closure.stages.includes(stage)))
    .map((stage) => stageTitles[stage]);
  const marks = [
    ...stages.map((stage) => ({ ...stageMarks[stage], text: stageTitles[stage] })),
    ...(closed.length > 0 ? [{ ...closedMark, text: `${closed.join("、")}全天不开放` }] : []),
    { ...noticeMark, text: "公示（按最迟公布日）" },
    { ...deadlineMark, text: "上报截止" },
  ];
  return [marks.map(({ mark, format, text }) => `${paint(format, mark)} ${text}`).join("  ")];
}

/** One line for each stage: windows, daily hours, open days and hours. Notice and report follow. */
export function planStages(plan: Plan, check: PlanCheck, paint: Paint): string[] {
  const lines: string[] = [];
  for (const stage of windowedStages) {
    const stagePlan = plan.stages[stage];
    const figures = check.stages[stage];
    if (stagePlan === undefined || figures === undefined) {
      continue;
    }
    const { from, to } = stagePlan.hours;
    const hours = from === "00:00" && to === "24:00" ? "全天" : `每天 ${from}–${to}`;
    const title = paint(stageMarks[stage].format, padTo(stageTitles[stage], 10));
    const [first, ...others] = stagePlan.windows.map((window) => `${dayText(window.from)} — ${dayText(window.to)}`);
    const sums = `${padTo(hours, 18)}${`${figures.openDays} 天`.padStart(6)}${`${figures.openHours} 小时`.padStart(11)}`;
    lines.push(`${title}${padTo(first ?? "", 42)}${sums}`);
    for (const other of others) {
      lines.push(`${" ".repeat(10)}${other}`);
    }
    if (stage === "preliminary" && check.notice !== null) {
      lines.push(...noticeLines(check.notice, paint), ...reportLines(plan, paint));
    }
  }
  return lines;
}

function noticeLines(notice: NonNullable<PlanCheck["notice"]>, paint: Paint): string[] {
  const unit = notice.unit === "working" ? "个工作日" : "天";
  const counted = notice.countsFirstDay ? "公布当日计入" : "公布当日不计入";
  const latest = paint("bold", dayText(notice.latestPublicationDay));
  const working =
    notice.latestWorkingDay === notice.latestPublicationDay
      ? ""
      : `；最后一个工作日 ${paint("bold", dayText(notice.latestWorkingDay))}`;
  return [
    `${paint(noticeMark.format, padTo("公示", 10))}不少于 ${notice.days} ${unit}，${counted}`,
    `${" ".repeat(10)}最迟 ${latest} 公布${working}`,
    `${" ".repeat(10)}到 ${dayText(notice.lastDay)} 24:00 期满，距上报截止 ${notice.slackHours} 小时`,
  ];
}

function reportLines(plan: Plan, paint: Paint): string[] {
  const { electronicBy, paperBy } = plan.stages.report;
  const paper = paperBy === undefined ? "" : `；纸质版 ${dayText(paperBy)}`;
  return [`${paint(deadlineMark.format, padTo("上报截止", 10))}电子版 ${dayText(electronicBy)}${paper}`];
}
