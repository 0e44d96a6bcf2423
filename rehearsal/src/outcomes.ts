import type pg from "pg";
import { expectedOutcomes, type StoryOutcome } from "./stories.ts";
import type { Teacher } from "./teachers.ts";
import type { World } from "./world.ts";

export type OutcomeTable = Record<string, Record<string, number>>;

interface Row {
  id: string;
  state: string;
  final_conclusion: string | null;
  submitted: boolean;
}

/** The outcome of each teacher, read from the database: archived with a conclusion, or ended otherwise. */
export async function listOutcomes(
  database: pg.Pool,
  teachers: readonly Teacher[],
): Promise<Map<Teacher, StoryOutcome | "lost">> {
  const { rows } = await database.query<Row>(
    "select id, state, final_conclusion, submitted_at is not null as submitted from shice.application",
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    teachers.map((teacher) => {
      const row = teacher.application === undefined ? undefined : byId.get(teacher.application);
      return [teacher, row === undefined ? "not-applied" : outcomeOf(row)] as const;
    }),
  );
}

function outcomeOf(row: Row): StoryOutcome | "lost" {
  if (row.state === "archived" && isConclusion(row.final_conclusion)) return row.final_conclusion;
  if (!row.submitted && (row.state === "lapsed" || row.state === "withdrawn")) return "not-applied";
  if (row.state === "withdrawn" || row.state === "lapsed" || row.state === "refused") return row.state;
  return "lost";
}

function isConclusion(text: string | null): text is "pass" | "defer" | "fail" {
  return text === "pass" || text === "defer" || text === "fail";
}

export async function countOutcomes(database: pg.Pool, world: World, teachers: readonly Teacher[]) {
  const found = await listOutcomes(database, teachers);
  const outcomes: Record<string, number> = {};
  const byArea: OutcomeTable = Object.fromEntries(world.districts.map(({ name }) => [name, {}]));
  for (const [teacher, outcome] of found) {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    const row = byArea[teacher.district.name] ?? {};
    row[outcome] = (row[outcome] ?? 0) + 1;
    byArea[teacher.district.name] = row;
  }
  return { outcomes: Object.fromEntries(Object.entries(outcomes).sort(([a], [b]) => (a < b ? -1 : 1))), byArea };
}

/** The expected outcome under this plan: without a re-review, nobody changes the case that the centre would change. */
export function expectedOf(world: World, { story }: Teacher): StoryOutcome {
  if (story === "centre-changed" && world.centres.length === 0) return "pass";
  return expectedOutcomes[story];
}
