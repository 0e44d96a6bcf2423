import { palette } from "@shice/contract/palette.ts";
import { stageTitles } from "@shice/rules/plan/stage.ts";
import type { CampaignView } from "../ui/campaign.ts";
import { WideRegion } from "../ui/WideRegion.tsx";

const left = 84;
const row = 34;
const top = 40;

/** Days since 1970 of a date text: for distances in the picture alone. */
function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

/** The campaign's calendar as one picture: a bar for each stage, closures hatched out of it, today as a line. */
export function CalendarPicture({ campaign }: { campaign: CampaignView }) {
  const stages = campaign.schedule.map(({ stage, windows }) => ({
    stage,
    windows,
    closures: campaign.closures.filter((closure) => closure.stages.includes(stage)),
  }));
  const days = stages.flatMap(({ windows }) => windows.flatMap(({ from, to }) => [dayNumber(from), dayNumber(to)]));
  const first = Math.min(...days) - 1;
  const last = Math.max(...days) + 2;
  const width = 1100;
  const x = (day: number) => left + ((day - first) / (last - first)) * (width - left - 10);
  const height = top + stages.length * row + 10;
  const today = (Date.parse(campaign.now) + 8 * 3_600_000) / 86_400_000;
  const months = monthsBetween(first, last);
  return (
    <WideRegion label="批次日程图">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        className="calendar-picture"
        role="img"
        aria-labelledby="calendar-title calendar-text"
      >
        <title id="calendar-title">批次日程</title>
        <desc id="calendar-text">
          {stages
            .map(
              ({ stage, windows, closures }) =>
                `${stageTitles[stage]}：${windows.map(({ from, to }) => `${from}至${to}`).join("、")}${
                  closures.length === 0
                    ? ""
                    : `，其中${closures.map(({ from, to }) => `${from}至${to}`).join("、")}不开放`
                }`,
            )
            .join("；")}
        </desc>
        <defs>
          <pattern id="closed" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="8" height="8" fill={palette.surface} />
            <rect width="3" height="8" fill={palette.error} opacity="0.55" />
          </pattern>
        </defs>
        {months.map(({ day, label }) => (
          <g key={label}>
            <line x1={x(day)} x2={x(day)} y1={18} y2={height} stroke={palette.line} />
            <text x={x(day) + 4} y={16} fontSize="14" fill={palette.secondary}>
              {label}
            </text>
          </g>
        ))}
        {stages.map(({ stage, windows, closures }, at) => (
          <g key={stage}>
            <text x={0} y={top + at * row + 20} fontSize="15" fill={palette.text}>
              {stageTitles[stage]}
            </text>
            {windows.map(({ from, to }) => (
              <rect
                key={from}
                x={x(dayNumber(from))}
                y={top + at * row + 4}
                width={x(dayNumber(to) + 1) - x(dayNumber(from))}
                height={22}
                rx={3}
                fill={palette.chartBlue}
              />
            ))}
            {closures.map(({ from, to }) => (
              <rect
                key={from}
                x={x(dayNumber(from))}
                y={top + at * row + 4}
                width={x(dayNumber(to) + 1) - x(dayNumber(from))}
                height={22}
                fill="url(#closed)"
                stroke={palette.error}
              />
            ))}
          </g>
        ))}
        <line
          x1={x(today)}
          x2={x(today)}
          y1={22}
          y2={height}
          stroke={palette.text}
          strokeWidth={2}
          strokeDasharray="4 3"
        />
        <text x={x(today) + 4} y={34} fontSize="13" fontWeight="600" fill={palette.text}>
          现在
        </text>
      </svg>
      <p className="no-margin">蓝色为开放的日期，红色斜线为全天不开放，虚线为现在。</p>
    </WideRegion>
  );
}

function monthsBetween(first: number, last: number): { day: number; label: string }[] {
  const months: { day: number; label: string }[] = [];
  for (let day = first; day <= last; day++) {
    const date = new Date(day * 86_400_000);
    if (date.getUTCDate() === 1 || day === first) months.push({ day, label: `${date.getUTCMonth() + 1}月` });
  }
  return months.filter(({ day }, at) => at !== 0 || (months[1]?.day ?? last) - day > 3);
}
