import type { Plan } from "@shice/rules/plan/plan.ts";
import type pg from "pg";

/** Number of cases that passed each step at least once, in the order of the campaign. */
export interface Step {
  key: string;
  title: string;
  cases: number;
}

/** The acts of one day of the campaign, by transition. */
export interface DayOfActs {
  /** A day in the plan's time zone, 2017-09-20. */
  day: string;
  acts: Record<string, number>;
}

const steps: readonly { key: string; title: string }[] = [
  { key: "submit", title: "提交申请" },
  { key: "confirm", title: "现场确认" },
  { key: "hand-over", title: "报送区县" },
  { key: "decide", title: "初审意见" },
  { key: "publish", title: "公示" },
  { key: "report", title: "上报" },
  { key: "approve", title: "复审通过" },
  { key: "conclude", title: "终审结论" },
  { key: "mark", title: "登记结论" },
  { key: "archive", title: "归档" },
];

/** The steps of the cases through the campaign; a step that the plan lacks (re-review) is omitted. */
export async function countSteps(database: pg.Pool, teachers: number): Promise<Step[]> {
  const { rows } = await database.query<{ transition: string; cases: number }>(`
    select transition, count(distinct application_id)::int as cases from shice.application_history group by transition`);
  const found = new Map(rows.map(({ transition, cases }) => [transition, cases]));
  const { rows: started } = await database.query<{ n: number }>("select count(*)::int as n from shice.application");
  return [
    { key: "invented", title: "教师", cases: teachers },
    { key: "start", title: "开始填报", cases: started[0]?.n ?? 0 },
    ...steps.flatMap(({ key, title }) => {
      const cases = found.get(key);
      return cases === undefined ? [] : [{ key, title, cases }];
    }),
  ];
}

/** All acts by day and transition, counted only from the history. */
export async function countDays(database: pg.Pool, plan: Plan): Promise<DayOfActs[]> {
  const { rows } = await database.query<{ day: string; transition: string; n: number }>(
    `select to_char(at at time zone $1, 'YYYY-MM-DD') as day, transition, count(*)::int as n
     from shice.application_history group by 1, 2 order by 1, 2`,
    [plan.timeZone],
  );
  const days = new Map<string, Record<string, number>>();
  for (const { day, transition, n } of rows) days.set(day, { ...days.get(day), [transition]: n });
  return [...days].map(([day, acts]) => ({ day, acts }));
}
