import { contract } from "@shice/contract/contract.ts";
import { palette, paletteCss } from "@shice/contract/palette.ts";
import type { DayOfActs } from "@shice/rehearsal/figures.ts";
import type { RehearsalResult } from "@shice/rehearsal/rehearse.ts";
import { calendarDayOf } from "@shice/rules/calendar/day.ts";
import type { TransitionName } from "@shice/rules/lifecycle/transition-names.ts";
import { latestPublicationDayOf } from "@shice/rules/notice/period.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { stageTitles, windowedStages } from "@shice/rules/plan/stage.ts";
import { type Html, html, raw } from "@shice/server/platform/http/html.ts";
import { invariantTitleOf, outcomeKindsOf, outcomeTitleOf } from "./rehearsal-text.zh.ts";

const style = `
${paletteCss}
*{box-sizing:border-box}
body{margin:0;font:16px/1.7 "Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--text);background:var(--page)}
main{max-width:76rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.4;margin:.2rem 0}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}
p{margin:.4rem 0}.soft{color:var(--secondary)}
.card{background:var(--surface);border:1px solid var(--line);border-radius:.5rem;padding:1rem;overflow-x:auto}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.8rem;margin:1rem 0;padding:0;list-style:none}
.facts li{background:var(--surface);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .9rem}.facts b{display:block;font-size:1.5rem;line-height:1.3}
table{border-collapse:collapse;width:100%}th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:600;color:var(--secondary)}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tfoot td{font-weight:600;border-top:2px solid var(--line)}
.ok{color:var(--success);font-weight:600}.no{color:var(--error);font-weight:600}
ul.checks{list-style:none;padding:0;margin:0}.checks li{padding:.2rem 0}
svg{display:block;width:100%;min-width:46rem;height:auto}
code{font-size:.9em;color:var(--secondary)}
@media print{body{background:var(--surface)}.card{break-inside:avoid}}
`;

/**
 * A self-contained page about a rehearsal, for the person responsible for the campaign: no script, no external file.
 */
export function rehearsalPage(result: RehearsalResult, plan: Plan): string {
  const broken = result.invariants.filter(({ ok }) => !ok).length;
  const page = html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>演练报告：${plan.title}</title><style>${raw(style)}</style></head><body><main>
<p class="soft">师册 · 演练报告</p>
<h1>${plan.title}</h1>
<p>${result.teachers}名虚拟教师按批次日程，从网上报名到资料归档走完全程；每一步都由相应的人通过接口办理。随机种子${result.seed}，相同的种子得到相同的结果。</p>
<ul class="facts">
${fact(result.teachers, "教师")}${fact(Object.keys(result.byArea).length, "区县")}${fact(result.requests, "次请求")}
${fact(`${Math.round(result.requests / result.seconds)}/秒`, "平均速度")}${fact(durationText(result.seconds), "用时")}${fact(`${result.peakMemoryMb} MB`, "内存最多")}
</ul>
<h2>核对</h2>
<div class="card"><p class="${broken === 0 ? "ok" : "no"}">${broken === 0 ? `${result.invariants.length}项全部成立` : `${broken}项不成立`}</p>
<ul class="checks">${result.invariants.map(
    ({ name, ok, detail }) =>
      html`<li><span class="${ok ? "ok" : "no"}">${ok ? "✓" : "✗"}</span> ${invariantTitleOf(name)}${detail === "" ? "" : html`<br><code>${detail}</code>`}</li>`,
  )}</ul></div>
<h2>从教师到归档</h2>
<div class="card">${funnel(result)}</div>
<h2>按日办理情况</h2>
<div class="card">${days(result.byDay, plan)}</div>
<h2>各区县结果</h2>
<div class="card">${areas(result)}</div>
<h2>未予办理</h2>
<div class="card"><p>演练有意安排了一些不该办成的事，系统都应拒绝，并说明原因。</p>${refusals(result)}</div>
<h2>各项操作用时</h2>
<div class="card">${latency(result)}</div>
</main></body></html>
`;
  return page.toString();
}

function fact(value: string | number, label: string): Html {
  return html`<li><b>${value}</b>${label}</li>`;
}

function durationText(seconds: number): string {
  return seconds < 90 ? `${seconds}秒` : `${Math.floor(seconds / 60)}分${Math.round(seconds % 60)}秒`;
}

function funnel({ steps }: RehearsalResult): Html {
  const most = Math.max(1, ...steps.map(({ cases }) => cases));
  const row = 30;
  const bars = steps.map(({ title, cases }, at) => {
    const width = (cases / most) * 760;
    return html`<text x="0" y="${at * row + 20}" font-size="15">${title}</text>
<rect x="110" y="${at * row + 4}" width="${Math.max(1, Math.round(width))}" height="22" rx="3" fill="${palette.chartBlue}"/>
<text x="${Math.round(118 + width)}" y="${at * row + 20}" font-size="14" fill="${palette.secondary}">${cases}（${Math.round((cases / most) * 1000) / 10}%）</text>`;
  });
  const text = steps.map(({ title, cases }) => `${title}${cases}人`).join("，");
  return html`<svg viewBox="0 0 1000 ${steps.length * row + 6}" role="img" aria-label="${text}">${bars}</svg>`;
}

/** The transitions of one kind of work, shown in one colour in the chart by day. */
const works: readonly { title: string; colour: string; names: readonly (TransitionName | "start")[] }[] = [
  {
    title: "申请（填报、提交、修改、撤回）",
    colour: palette.chartBlue,
    names: ["start", "submit", "recall", "discard", "withdraw", "resubmit"],
  },
  {
    title: "学校（确认、退回、报送）",
    colour: palette.chartTeal,
    names: [
      "withdraw-for-teacher",
      "confirm",
      "return-to-applicant",
      "refuse",
      "unconfirm",
      "hand-over",
      "hand-over-again",
      "pass-on-return",
    ],
  },
  {
    title: "区县（初审、公示、上报）",
    colour: palette.chartAmber,
    names: [
      "decide",
      "send-back",
      "reopen-preliminary",
      "publish",
      "open-inquiry",
      "dismiss",
      "uphold",
      "close-notice",
      "report",
      "answer-unchanged",
      "decide-anew",
    ],
  },
  {
    title: "市级（复审、终审）",
    colour: palette.chartPurple,
    names: ["approve", "return-to-district", "conclude", "return-to-review"],
  },
  { title: "登记、归档", colour: palette.chartGrey, names: ["mark", "archive"] },
  { title: "其他（视为放弃、延期等）", colour: palette.error, names: [] },
];

function days(byDay: readonly DayOfActs[], plan: Plan): Html {
  const windows = windowedStages.flatMap((stage) => plan.stages[stage]?.windows ?? []);
  const known = [...windows.flatMap(({ from, to }) => [from, to]), ...byDay.map(({ day }) => day)].toSorted();
  const first = Temporal.PlainDate.from(known[0] ?? plan.issuedOn);
  const last = Temporal.PlainDate.from(known.at(-1) ?? plan.issuedOn);
  const count = first.until(last, { largestUnit: "day" }).days + 1;
  const all = Array.from({ length: count }, (_, at) => first.add({ days: at }));
  const counts = new Map(byDay.map(({ day, acts }) => [day, workOf(acts)]));
  const most = Math.max(1, ...[...counts.values()].map((work) => work.reduce((sum, n) => sum + n, 0)));
  const latest = latestPublicationDayOf(plan);
  const left = 60;
  const wide = 1080;
  const step = (wide - left) / count;
  const base = 260;
  const stageTop = base + 34;
  const stages = windowedStages.filter((stage) => plan.stages[stage] !== undefined);
  const height = stageTop + stages.length * 20 + 8;
  const x = (at: number) => Math.round((left + at * step) * 10) / 10;
  const width = Math.max(1, Math.round(step * 10) / 10 - 1);
  // The height follows the square root, so that a day of three acts is visible beside one of three thousand.
  const high = (n: number) => Math.round(Math.sqrt(n / most) * (base - 40));
  const columns = all.map((day, at) => {
    const { closed } = calendarDayOf(plan, latest, day);
    const work = counts.get(day.toString()) ?? [];
    const total = work.reduce((sum, n) => sum + n, 0);
    let y = base;
    const parts = work.map((n, kind) => {
      if (n === 0) return undefined;
      const tall = Math.max(1, Math.round((n / total) * high(total)));
      y -= tall;
      return html`<rect x="${x(at)}" y="${y}" width="${width}" height="${tall}" fill="${works[kind]?.colour ?? palette.text}"/>`;
    });
    const shade =
      closed.length === 0
        ? undefined
        : html`<rect x="${x(at)}" y="20" width="${width + 1}" height="${base - 20}" fill="url(#closed)" opacity=".6"/>`;
    const label = total === 0 ? undefined : html`<title>${day.month}月${day.day}日：${total}件次</title>`;
    return html`<g>${shade}${label}${parts}</g>`;
  });
  const months = all.flatMap((day, at) =>
    day.day === 1 || at === 0
      ? [
          html`<line x1="${x(at)}" x2="${x(at)}" y1="14" y2="${height}" stroke="${palette.line}"/><text x="${x(at) + 4}" y="14" font-size="13" fill="${palette.secondary}">${day.month}月${at === 0 ? `${day.day}日` : ""}</text>`,
        ]
      : [],
  );
  const bars = stages.map((stage, line) => {
    const y = stageTop + line * 20;
    const open = (plan.stages[stage]?.windows ?? []).map(({ from, to }) => {
      const start = first.until(Temporal.PlainDate.from(from), { largestUnit: "day" }).days;
      const end = first.until(Temporal.PlainDate.from(to), { largestUnit: "day" }).days + 1;
      return html`<rect x="${x(start)}" y="${y}" width="${Math.round((end - start) * step)}" height="12" rx="2" fill="${palette.chartBlue}" opacity=".85"/>`;
    });
    const shut = plan.closures
      .filter((closure) => closure.stages.includes(stage))
      .map(({ from, to }) => {
        const start = first.until(Temporal.PlainDate.from(from), { largestUnit: "day" }).days;
        const end = first.until(Temporal.PlainDate.from(to), { largestUnit: "day" }).days + 1;
        return html`<rect x="${x(start)}" y="${y}" width="${Math.round((end - start) * step)}" height="12" fill="url(#closed)" stroke="${palette.error}" stroke-width=".5"/>`;
      });
    return html`<text x="0" y="${y + 11}" font-size="12">${stageTitles[stage]}</text>${open}${shut}`;
  });
  const shown = works.filter((_, kind) => [...counts.values()].some((work) => (work[kind] ?? 0) > 0));
  const key = shown.map(
    ({ title, colour }) =>
      html`<span style="white-space:nowrap;margin-right:1.2em"><svg viewBox="0 0 12 12" style="display:inline;width:.8em;min-width:0;vertical-align:-1px"><rect width="12" height="12" fill="${colour}"/></svg> ${title}</span>`,
  );
  return html`<svg viewBox="0 0 ${wide} ${height}" role="img" aria-label="按日办理件次，与批次日程对照">
<defs><pattern id="closed" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="${palette.surface}"/><rect width="3" height="8" fill="${palette.error}" opacity=".5"/></pattern></defs>
${months}${columns}<line x1="${left}" x2="${wide}" y1="${base}" y2="${base}" stroke="${palette.text}"/>
<text x="0" y="36" font-size="12" fill="${palette.secondary}">最多${most}件次</text>${bars}</svg>
<p>${key}</p><p class="soft">柱高为当日办理件次（按平方根比例）；下方横条为各环节开放的日期，红色斜线为全天不开放。</p>`;
}

/** Counts of a day by kind of work; the last count holds the remaining transitions. */
function workOf(acts: Readonly<Record<string, number>>): number[] {
  const sums = works.map(() => 0);
  for (const [name, n] of Object.entries(acts)) {
    const kind = works.findIndex(({ names }) => names.some((known) => known === name));
    const at = kind === -1 ? works.length - 1 : kind;
    sums[at] = (sums[at] ?? 0) + n;
  }
  return sums;
}

function areas({ byArea, outcomes }: RehearsalResult): Html {
  const kinds = outcomeKindsOf(outcomes);
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, n) => total + n, 0);
  return html`<table><thead><tr><th>区县</th>${kinds.map((kind) => html`<th class="n">${outcomeTitleOf(kind)}</th>`)}<th class="n">合计</th></tr></thead>
<tbody>${Object.entries(byArea).map(
    ([area, counts]) =>
      html`<tr><td>${area}</td>${kinds.map((kind) => html`<td class="n">${counts[kind] ?? 0}</td>`)}<td class="n">${sum(counts)}</td></tr>`,
  )}</tbody>
<tfoot><tr><td>合计</td>${kinds.map((kind) => html`<td class="n">${outcomes[kind] ?? 0}</td>`)}<td class="n">${sum(outcomes)}</td></tr></tfoot></table>`;
}

function refusals({ refusals: counts, sentences }: RehearsalResult): Html {
  return html`<table><thead><tr><th>系统的说明（举例）</th><th class="n">次数</th></tr></thead><tbody>${Object.entries(
    counts,
  )
    .toSorted(([, a], [, b]) => b - a)
    .map(
      ([code, n]) => html`<tr><td>${sentences[code] ?? ""}<br><code>${code}</code></td><td class="n">${n}</td></tr>`,
    )}</tbody></table>`;
}

function latency({ calls }: RehearsalResult): Html {
  const titles = titlesOfCalls();
  return html`<table><thead><tr><th>操作</th><th class="n">次数</th><th class="n">中位（毫秒）</th><th class="n">99%以内（毫秒）</th><th class="n">最长（毫秒）</th></tr></thead><tbody>${Object.entries(
    calls,
  )
    .toSorted(([, a], [, b]) => b.calls - a.calls)
    .map(
      ([name, { calls: n, p50Ms, p99Ms, maxMs }]) =>
        html`<tr><td>${titles.get(name) ?? ""} <code>${name}</code></td><td class="n">${n}</td><td class="n">${p50Ms}</td><td class="n">${p99Ms}</td><td class="n">${maxMs}</td></tr>`,
    )}</tbody></table>`;
}

/** The purpose of each call, by method and path with placeholders, as the rehearsal counts them. */
function titlesOfCalls(): Map<string, string> {
  const modules: readonly Record<
    string,
    { "~orpc": { route: { method?: string; path?: string; summary?: string } } }
  >[] = Object.values(contract);
  return new Map(
    modules.flatMap((module) =>
      Object.values(module).map(({ "~orpc": { route } }) => [
        `${route.method ?? "POST"} /api${(route.path ?? "").replace(/\{[^}]*\}/g, "{}")}`,
        route.summary ?? "",
      ]),
    ),
  );
}
