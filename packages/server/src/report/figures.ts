import { institutionTitles } from "@shice/rules/plan/institution.ts";
import { balanceOf, balanceRulesOf, totalViolationsOf } from "@shice/rules/statistics/balance.ts";
import { figureDefinitionsOf } from "@shice/rules/statistics/figures.ts";
import { type Figures, figuresOf, figureTableOf, rowsBehind } from "@shice/rules/statistics/table.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { listCases, listRoster, loadRows } from "./rows.ts";

/** Annex 2 as it stands now, split as asked, with whatever does not add up. */
export async function statisticsOf(ctx: ActContext, by: "area" | "institution-kind" | "none") {
  const { plan } = ctx.campaign;
  const definitions = figureDefinitionsOf(plan);
  const rules = balanceRulesOf(plan);
  const table = figureTableOf(definitions, await loadRows(ctx.tx, ctx.campaign.id), by === "none" ? "area" : by);
  const groups = [...table.groups].map(([key, values]) => ({ key, title: groupTitleOf(ctx, by, key), values }));
  const violations = [
    ...groups.flatMap(({ title, values }) =>
      balanceOf(rules, definitions, values).map(({ text }) => `${title}:${text}`),
    ),
    // Stickers belong to districts and stand in no row by kind of institution: there only the areas add up to the total.
    ...(by === "institution-kind" ? [] : totalViolationsOf(definitions, table).map(({ text }) => text)),
  ];
  const total = { key: "total", title: "合计", values: table.total };
  return {
    figures: definitions.map(({ key, title, counted }) => ({ key, title, definition: counted })),
    rows: (by === "none" ? [total] : [...groups, total]).map((row) => ({ ...row, values: { ...row.values } })),
    violations,
  };
}

/** The figures of the caller's own district, for its table. */
export async function tableToReport(ctx: ActContext): Promise<{ figures: Figures; violations: string[] }> {
  const { plan } = ctx.campaign;
  const definitions = figureDefinitionsOf(plan);
  const figures = figuresOf(definitions, await loadRows(ctx.tx, ctx.campaign.id));
  return { figures, violations: balanceOf(balanceRulesOf(plan), definitions, figures).map(({ text }) => text) };
}

interface CountedPerson {
  key: string;
  application: string | null;
  name: string;
  school: string | null;
  state: string;
}

const batchSize = 2000;

/**
 * The people behind a figure, one more than the page: first those with an application, then those of the roster.
 * Read in batches and judged by the figure's own count, so that list and figure cannot disagree.
 * @throws RefusalError request.not-found for a figure that the plan does not have
 */
export async function listPeopleOf(
  ctx: ActContext,
  query: { figure: string; authority: string | undefined; after: string | undefined; limit: number },
): Promise<CountedPerson[]> {
  const { campaign, tx } = ctx;
  const definition = figureDefinitionsOf(campaign.plan).find(({ key }) => key === query.figure);
  if (definition === undefined) throw new RefusalError({ code: "request.not-found" });
  const { authority, limit } = query;
  const [part, afterId] = (query.after ?? "case:").split(":");
  const people: CountedPerson[] = [];
  const wanted = limit + 1;
  if (part === "case" && definition.ofCase !== undefined) {
    await eachBatch(
      afterId,
      (after) => listCases(tx, campaign.id, { authority, after, limit: batchSize }),
      (rows) => {
        for (const row of rowsBehind(definition, { cases: rows, roster: [] }).cases) {
          people.push({
            key: `case:${row.id}`,
            application: row.id,
            name: row.name,
            school: row.school,
            state: row.state,
          });
        }
        return people.length < wanted;
      },
    );
  }
  if (people.length < wanted && definition.ofRoster !== undefined) {
    const start = part === "roster" ? afterId : "";
    await eachBatch(
      start,
      (after) => listRoster(tx, campaign.id, { authority, after, limit: batchSize }),
      (rows) => {
        for (const row of rowsBehind(definition, { cases: [], roster: rows }).roster) {
          people.push({
            key: `roster:${row.id}`,
            application: null,
            name: row.name,
            school: row.school,
            state: row.standing,
          });
        }
        return people.length < wanted;
      },
    );
  }
  return people.slice(0, wanted);
}

/** Reads on from an id until the batches end or `take` has enough. */
async function eachBatch<Row extends { id: string }>(
  start: string | undefined,
  read: (after: string | undefined) => Promise<Row[]>,
  take: (rows: readonly Row[]) => boolean,
): Promise<void> {
  let after = start === "" ? undefined : start;
  for (;;) {
    const rows = await read(after);
    if (!take(rows) || rows.length < batchSize) return;
    after = rows.at(-1)?.id;
  }
}

function groupTitleOf({ campaign }: ActContext, by: "area" | "institution-kind" | "none", key: string): string {
  if (by === "institution-kind") return Object.entries(institutionTitles).find(([kind]) => kind === key)?.[1] ?? key;
  return campaign.plan.areas.find((area) => area.key === key)?.name ?? key;
}
