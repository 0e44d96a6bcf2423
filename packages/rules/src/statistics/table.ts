import type { FigureDefinition } from "./figures.ts";
import type { CaseRow, RosterRow, Rows } from "./rows.ts";

/** Values by figure key. */
export type Figures = Readonly<Record<string, number>>;

/** How a table is divided. Stickers belong to districts and appear only under areas and in the total. */
type Split = "area" | "institution-kind";

export interface FigureTable {
  by: Split;
  /** By area key or institution kind, in order of the key. */
  groups: ReadonlyMap<string, Figures>;
  total: Figures;
}

/** Counts all figures over these rows. */
export function figuresOf(definitions: readonly FigureDefinition[], rows: Rows): Figures {
  return Object.fromEntries(definitions.map((definition) => [definition.key, figureOf(definition, rows)]));
}

function figureOf(definition: FigureDefinition, { cases, roster, stickers }: Rows): number {
  if (definition.distinctSchools) return schoolsBehind(definition, { cases, roster }).size;
  const ofCases = sumOf(cases, (row) => (definition.ofCase?.(row) ?? 0) * (row.count ?? 1));
  const ofRoster = sumOf(roster, (row) => (definition.ofRoster?.(row) ?? 0) * (row.count ?? 1));
  const ofStickers = sumOf(stickers, (row) => definition.ofStickers?.(row) ?? 0);
  return ofCases + ofRoster + ofStickers;
}

function schoolsBehind(definition: FigureDefinition, rows: Pick<Rows, "cases" | "roster">): Set<string> {
  const { cases, roster } = rowsBehind(definition, rows);
  return new Set([...cases, ...roster].map(({ schoolId }) => schoolId));
}

/** The rows that a figure counts. */
export function rowsBehind<C extends CaseRow, R extends RosterRow>(
  definition: FigureDefinition,
  { cases, roster }: { cases: readonly C[]; roster: readonly R[] },
): { cases: C[]; roster: R[] } {
  return {
    cases: cases.filter((row) => (definition.ofCase?.(row) ?? 0) > 0),
    roster: roster.filter((row) => (definition.ofRoster?.(row) ?? 0) > 0),
  };
}

/** The figures of each area or kind of institution, and the total. */
export function figureTableOf(definitions: readonly FigureDefinition[], rows: Rows, by: Split): FigureTable {
  const keyOf = (row: CaseRow | RosterRow) => (by === "area" ? row.areaKey : row.institutionKind);
  const cases = Map.groupBy(rows.cases, keyOf);
  const roster = Map.groupBy(rows.roster, keyOf);
  const stickers = by === "area" ? Map.groupBy(rows.stickers, ({ areaKey }) => areaKey) : new Map<string, never[]>();
  const keys = [...new Set([...cases.keys(), ...roster.keys(), ...stickers.keys()])].sort();
  const groups = new Map(
    keys.map((key) => [
      key,
      figuresOf(definitions, {
        cases: cases.get(key) ?? [],
        roster: roster.get(key) ?? [],
        stickers: stickers.get(key) ?? [],
      }),
    ]),
  );
  return { by, groups, total: figuresOf(definitions, rows) };
}

function sumOf<Row>(rows: readonly Row[], measureOf: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + measureOf(row), 0);
}
